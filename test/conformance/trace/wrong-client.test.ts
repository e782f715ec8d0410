/** Recordings in which a client does what the model's client never does, with the reason. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { challenged, LAST, two, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, recorded } from './support/making.ts';

describe('the judge rejects a client', () => {
  const rows: readonly [string, Recording, readonly string[]][] = [
    [
      'an AUTHENTICATE that answers a challenge of connection 2',
      two((first, second) => {
        challenged(first);
        challenged(second);
        first.authenticate(ALICE, second.challenge());
      }),
      [LAST],
    ],
    [
      'an AUTHENTICATE that answers a challenge that connection 2 never received',
      two((_, second) => {
        challenged(second);
        second.authenticate(ALICE, elsewhere());
      }),
      [LAST],
    ],
    [
      'an AUTHENTICATE that answers an earlier challenge of the connection, not the last',
      recorded((c) => {
        challenged(c);
        const first = c.challenge();
        c.authenticate(MISTYPED);
        c.unauthorized();
        challenged(c);
        c.authenticate(ALICE, first);
      }),
      [LAST],
    ],
    [
      'an AUTHENTICATE, although no challenge to this request came before',
      recorded((c) => {
        challenged(c);
        c.authenticate(ALICE);
        c.ok();
        c.authenticate(ALICE);
      }),
      ['a new request of alice'],
    ],
    [
      'a NEGOTIATE, although no 401 to this request came before',
      recorded((c) => {
        c.negotiate();
        c.challenges();
      }),
      ['a new request'],
    ],
    [
      'a request before the last one is answered',
      recorded((c) => {
        c.bare();
        c.unauthorized();
        c.bare();
        c.bare();
      }),
      ['a reply to the last request'],
    ],
    [
      'a request without credentials in the middle of a handshake',
      recorded((c) => {
        challenged(c);
        c.bare();
      }),
      ['an AUTHENTICATE of somebody that answers the last challenge'],
    ],
    [
      'a request of bob, although the connection is signed in as alice',
      recorded((c) => {
        c.signsIn(ALICE);
        c.bare('bob');
      }),
      ['a new request of alice'],
    ],
    [
      'a request of bob with the credentials of alice',
      recorded((c) => {
        c.bare('bob');
        c.unauthorized();
        c.negotiate('bob');
        c.challenges();
        c.authenticate(ALICE, c.challenge(), {}, 'bob');
      }),
      ['an AUTHENTICATE of bob that answers the last challenge'],
    ],
    [
      'a Basic password, although it signs in by NTLM there',
      recorded((c) => {
        c.signsIn(ALICE);
        c.basic(ALICE);
      }),
      ['a new request of alice'],
    ],
  ];
  it.each(rows)('that sends %s', (what, recording, expected) => {
    const { isBehaviour, refused, accepted, ...verdict } = verdictOf(recording);
    const connection = recording.connections.findIndex(({ id }) => id === refused?.connection) + 1;
    const client = recording.connections[connection - 1]?.client;
    const why = `on connection ${connection}, ${client} sends ${what}`;
    expect({ why: verdict.why, expected: verdict.expected }).toEqual({ why, expected });
    expect(isBehaviour).toBe(false);
    expect(refused).toBe(recording.observations[accepted]);
    expect(refused).toMatchObject({ what: 'request' });
    expect(verdictOf(recording, { sides: 'server' }).refused?.what).not.toBe('reply');
  });
});

/** A challenge that is not in the recording. */
function elsewhere(): Uint8Array {
  let bytes = new Uint8Array();
  recorded(
    (c) => {
      challenged(c);
      challenged(c);
      bytes = Uint8Array.from(c.challenge());
    },
    { timestamp: 133_600_000_000_000_000n },
  );
  return bytes;
}
