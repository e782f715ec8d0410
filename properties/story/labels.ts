/** The short words of diagrams: what stands on an arrow, and in a note. */
import type { Secret } from '../../machines/terms.ts';
import { browserIn, connectionOf } from './cast.ts';
import type { Message, StoryEvent } from './events.ts';

/** In the protocol's own terms. Passwords by their user's name only: there are no others here. */
export function messageText(message: Message): string {
  switch (message.type) {
    case 'http.request':
      return `GET ${message.path}`;
    case 'http.request.basic': {
      const { user, secret } = message.credential;
      return `GET ${message.path} + Basic ${user}:${secretText(secret, user)}`;
    }
    case 'NEGOTIATE_MESSAGE':
      return 'NEGOTIATE';
    case 'CHALLENGE_MESSAGE':
      return `CHALLENGE #${message.challenge.serial + 1}`;
    case 'AUTHENTICATE_MESSAGE': {
      const { user, key } = message.response;
      if (user === null) return 'AUTHENTICATE as nobody';
      return `AUTHENTICATE as ${user}${key?.passwordOf === user ? '' : ' (wrong password)'}`;
    }
    case 'http.ok':
      return '200';
    case 'http.unauthorized':
      return '401';
  }
}

const secretText = (secret: Secret | null, user: string) =>
  secret?.passwordOf === user ? 'password' : 'wrong-password';

type Note = {
  readonly parties: readonly [string] | readonly [string, string];
  readonly text: string;
};

/** Null for all that needs no note. `from` is the component that sends, claims or does it. */
export function noteText(event: StoryEvent, from: string): Note | null {
  switch (event.type) {
    case 'user.types': {
      const user = browserIn(from)?.user ?? from;
      const isRight = event.secret.passwordOf === user;
      return { parties: [user], text: isRight ? 'types the password' : 'mistypes the password' };
    }
    case 'user.cancels':
      return { parties: [browserIn(from)?.user ?? from], text: 'cancels' };
    case 'prompted':
      return { parties: [event.user], text: `is asked to sign in at ${event.server}` };
    case 'commit':
      return { parties: [event.server], text: `accepts ${event.user ?? 'nobody by name'}` };
    case 'learned':
      return { parties: [event.by], text: learnedText(event.secret) };
    case 'rejected': {
      const { user } = event.response;
      const text = user === null ? 'refuses: proves nobody' : `refuses: does not prove ${user}`;
      return { parties: [connectionOf(event.connection).to], text };
    }
    case 'wire.close': {
      const connection = connectionOf(from);
      return { parties: [connection.from, connection.to], text: 'the connection closes' };
    }
    default:
      return null;
  }
}

function learnedText(secret: Secret | null): string {
  if (secret === null) return 'is left with a token';
  return secret.passwordOf === null
    ? 'has a wrong password'
    : `has the password of ${secret.passwordOf}`;
}
