/** The things that parties hold and messages carry in the network picture. */
import { isStatic } from '../../../../machines/ntlm/acceptor.ts';
import type { Challenge } from '../../../../machines/vocabulary/terms.ts';
import type { Message } from '../../../../story/story-events.ts';

/** `user`: the owner. Null: anonymous; of a password, that it is wrong. */
export type Item =
  | { readonly kind: 'person'; readonly user: string | null }
  | { readonly kind: 'password'; readonly user: string | null }
  | { readonly kind: 'token'; readonly user: string | null }
  | { readonly kind: 'challenge'; readonly number: string }
  | { readonly kind: 'response'; readonly user: string | null; readonly number: string }
  | { readonly kind: 'status'; readonly text: string };

export const challengeItem = (challenge: Challenge): Item => ({
  kind: 'challenge',
  number: numberOf(challenge),
});

/** From 1 on each connection. A static challenge has no number. */
const numberOf = (challenge: Challenge): string =>
  isStatic(challenge) ? '=' : `${challenge.serial + 1}`;

/** @param sender - the user for whom the client end of the connection writes. */
export function itemsIn(message: Message, sender: string | null): readonly Item[] {
  switch (message.type) {
    case 'http.request':
      return [{ kind: 'person', user: sender }];
    case 'NEGOTIATE_MESSAGE':
      return [
        { kind: 'person', user: sender },
        { kind: 'status', text: '…' },
      ];
    case 'http.request.basic':
      return [{ kind: 'password', user: message.credential.secret?.passwordOf ?? null }];
    case 'AUTHENTICATE_MESSAGE': {
      const { key, challenge } = message.response;
      return [{ kind: 'response', user: key?.passwordOf ?? null, number: numberOf(challenge) }];
    }
    case 'CHALLENGE_MESSAGE':
      return [challengeItem(message.challenge)];
    case 'http.ok':
      return [{ kind: 'status', text: '200' }];
    case 'http.redirect':
      return [{ kind: 'status', text: '302' }];
    case 'http.forbidden':
      return [{ kind: 'status', text: '403' }];
    case 'http.unauthorized':
      return [{ kind: 'status', text: '401' }];
  }
}

/** "alice's password", for readers who cannot see the picture. */
export function itemText(item: Item): string {
  switch (item.kind) {
    case 'person':
      return `a request for ${item.user ?? 'an anonymous user'}`;
    case 'password':
      return item.user === null ? 'a wrong password' : `${item.user}'s password`;
    case 'token':
      return `a token for ${item.user ?? 'an anonymous user'}`;
    case 'challenge':
      return `challenge ${item.number}`;
    case 'response':
      return item.user === null
        ? 'an anonymous response'
        : `${item.user}'s response to challenge ${item.number}`;
    case 'status':
      return item.text;
  }
}
