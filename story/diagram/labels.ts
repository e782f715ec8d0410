/** Labels of diagrams: on an arrow, and in a note. */
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { Challenge, Response, Secret } from '../../machines/vocabulary/terms.ts';
import { purposeNamed } from '../clauses/program-clauses.ts';
import { refusedInShort } from '../clauses/refusal-reasons.ts';
import {
  browserIn,
  type Connection,
  connectionBetween,
  connectionIn,
  connectionOf,
} from '../component-names.ts';
import type { Participants } from '../participants.ts';
import type { Message, Named, StoryEvent } from '../story-events.ts';
import { schemeNote } from './scheme-notes.ts';

type Host = Pick<Connection, 'to'>; // at the server end

/** In the protocol's own terms. A password appears as its user's name only. */
export function messageText(message: Message, at: Host): string {
  switch (message.type) {
    case 'http.request':
      return `GET ${message.path}`;
    case 'http.request.basic': {
      const { user, secret } = message.credential;
      return `GET ${message.path} + Basic ${user}:${secretText(secret, user)}`;
    }
    case 'NEGOTIATE_MESSAGE':
      return 'NEGOTIATE';
    case 'CHALLENGE_MESSAGE': {
      const { computer, flags } = message.info;
      const [name, put] = [
        computer === null ? ', without a name' : '',
        flags ? ', with flags' : '',
      ];
      return `CHALLENGE ${challengeText(message.challenge, at)}${name}${put}`;
    }
    case 'AUTHENTICATE_MESSAGE':
      return `AUTHENTICATE as ${responseText(message.response, at)}`;
    case 'http.ok':
      return '200';
    case 'http.redirect':
      return `302 to ${message.to}`;
    case 'http.forbidden':
      return '403';
    case 'http.unauthorized':
      return '401';
  }
}

/** With its issuer, where that is not the server at this end. */
function challengeText(challenge: Challenge, { to }: Host): string {
  if (isStatic(challenge)) return '(static)';
  const issuer = connectionIn(challenge.connection)?.to ?? to;
  return `#${challenge.serial + 1}${issuer === to ? '' : ` of ${issuer}`}`;
}

function responseText(response: Response, at: Host): string {
  const { user, key, challenge, pairs, mic, altered } = response;
  if (user === null) return 'anonymous';
  const to = challengeText(challenge, at);
  const remarks = [
    ...(key?.passwordOf === user ? [] : ['wrong password']),
    ...(pairs === null ? ['NTLMv1'] : []),
    ...(pairs !== null && mic === null ? ['no MIC'] : []),
    ...(altered ? ['altered'] : []),
  ];
  const foreign = to.includes(' of ') ? `, to ${to}` : '';
  return `${user}${foreign}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
}

const secretText = (secret: Secret | null, user: string) =>
  secret?.passwordOf === user ? 'password' : 'wrong-password';

export type Note = {
  readonly parties: readonly [string] | readonly [string, string];
  readonly text: string;
};
type Way = { readonly from: string; readonly to: string };

/** Null: the event needs no note. It goes between components, or from one to the monitors. */
export function noteText(
  event: StoryEvent,
  { from, to }: Way,
  participants: Participants,
): Note | null {
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
      return { parties: [event.server], text: acceptedText(event, participants) };
    case 'learned':
      return { parties: [event.by], text: learnedText(event.secret) };
    case 'rejected':
      return { parties: [connectionOf(event.connection).to], text: refusedInShort(event) };
    case 'program.requests':
      return {
        parties: [from],
        text: `requests with ${purposeNamed(event.purpose, connectionOf(event.via).to)}`,
      };
    case 'moved': {
      const [one, other] = [connectionOf(event.connection), connectionOf(event.to)];
      return {
        parties: [participants.party(one, 'client')],
        text: `answers the challenge of connection ${one.number} on connection ${other.number}`,
      };
    }
    case 'served':
      return servedNote(event, participants);
    case 'browser.navigated':
      return event.carried === null
        ? null
        : { parties: [browserIn(to)?.user ?? to], text: 'carries the password over' };
    case 'wire.close': {
      const connection = connectionBetween({ from, to });
      const ends = [
        participants.party(connection, 'client'),
        participants.party(connection, 'server'),
      ] as const;
      return { parties: ends[0] === ends[1] ? [ends[0]] : ends, text: 'the connection closes' };
    }
    default:
      return schemeNote(event, from, participants);
  }
}

function acceptedText({ user, connection }: Named<'commit'>, participants: Participants): string {
  const mallory = participants.adversaryAt(connectionOf(connection), 'client');
  return mallory === null || user === null || user === connectionOf(connection).from
    ? `authenticates ${user ?? 'an anonymous user'}`
    : `takes ${mallory} for ${user}`;
}

/** Where the connection does not say whose request it was. */
function servedNote(
  { user, server, connection }: Named<'served'>,
  participants: Participants,
): Note | null {
  const here = connectionOf(connection);
  const isOwn =
    participants.client(here) !== here.from && participants.adversaryAt(here, 'client') === null;
  const isWorker =
    participants.isHost(here.from) &&
    !participants.isProxy(here.from) &&
    !participants.owns(here.from);
  return user === null || user === here.from || isOwn || isWorker
    ? null
    : { parties: [server], text: `serves ${user}` };
}

function learnedText(secret: Secret | null): string {
  if (secret === null) return 'has a token';
  return secret.passwordOf === null
    ? 'has a wrong password'
    : `has the password of ${secret.passwordOf}`;
}
