/** Recordings as they are met in the field, each with its right verdict and words. */
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { redacted } from '../../../conformance/recording/redact.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import {
  type JudgeOptions,
  judge,
  type TraceVerdict,
} from '../../../conformance/trace/trace-validation.ts';
import { fixture, fixturePath } from './support/fixtures.ts';

const EXAMPLE = new Map([['user', 'Password']]); // of MS-NLMP 4.2.1
const ALICE = new Map([['alice', 'Wonderland1!']]);
const NONE = new Map<string, string>();

const cut = (number: number) =>
  `no connection was signed in: connection ${number} closed after the challenge, ` +
  'and NTLM needs both messages on one connection';

type Row = readonly [string, Partial<JudgeOptions>, Partial<TraceVerdict>];

const ROWS: readonly Row[] = [
  ['v1-with-extended-session-security', { secrets: EXAMPLE }, { isBehaviour: true, notes: [] }],
  ['v1-with-extended-session-security', { secrets: NONE }, { isBehaviour: true }],
  ['v2-without-lm-response', { secrets: EXAMPLE }, { isBehaviour: true, notes: [] }],
  ['v2-without-lm-response', { secrets: NONE }, { isBehaviour: true }],
  [
    'challenge-without-target-info',
    {},
    {
      isBehaviour: true,
      notes: [
        'the challenge of 127.0.0.1:8990 on connection 1 names no server: it has no TargetInfo',
      ],
    },
  ],
  [
    'server-that-asks-no-user',
    {},
    {
      isBehaviour: true,
      used: ['curl-negotiates-at-once', 'httpntlm-negotiates-at-once'],
      notes: ['127.0.0.1:8990 never offers NTLM, so it may ignore the NTLM of connection 1'],
    },
  ],
  [
    'basic-with-a-control-character',
    {},
    {
      isBehaviour: false,
      why:
        'on connection 1, 127.0.0.1:8990 answers 200, although the credentials ' +
        'have a control character',
    },
  ],
  [
    'response-accepted-twice',
    {},
    {
      isBehaviour: false,
      accepted: 14,
      why:
        'what was said on connection 1 is accepted once more on connection 2: ' +
        'its challenge is a nonce, for one sign-in',
      notes: [
        'intranet.example sends the same ServerChallenge 2 times, on connections 1 and 2: ' +
          'it has to be a nonce (MS-NLMP 3.2.5.1.1), or a response can be replayed',
      ],
    },
  ],
  ['response-accepted-twice', { sides: 'server' }, { isBehaviour: false, accepted: 14 }],
  ['response-accepted-twice', { sides: 'client' }, { isBehaviour: true }],
  [
    'bound-elsewhere',
    { secrets: ALICE },
    {
      isBehaviour: true,
      notes: [
        'on connection 1, a response with the right password of alice is refused; it has ' +
          'a channel binding (hash 07070707070707070707070707070707), no target name and a MIC, ' +
          'which the server may compare with its own',
      ],
    },
  ],
  ['bound-elsewhere', { secrets: NONE }, { isBehaviour: true, notes: [] }],
  [
    'before-a-sharing-proxy',
    {},
    {
      isBehaviour: false,
      why:
        'on connection 2, portal.test answers 200 as alice, although no user ' +
        'is signed in on the connection',
    },
  ],
  [
    'behind-a-sharing-proxy',
    {},
    {
      isBehaviour: false,
      why:
        'on connection 1, proxy sends an AUTHENTICATE of bob, on a connection ' +
        'that its client holds for alice',
    },
  ],
  ...['no-keep-alive-400', 'no-keep-alive-401'].map(
    (name): Row => [
      name,
      {},
      {
        isBehaviour: false,
        why:
          'on connection 3, alice sends an AUTHENTICATE that answers a challenge ' +
          'of connection 2',
        notes: [cut(2)],
      },
    ],
  ),
  [
    'no-keep-alive-400',
    { sides: 'server' },
    { isBehaviour: true, used: ['http-sys-refuses-with-400'], notes: [cut(2)] },
  ],
  ['no-keep-alive-401', { sides: 'server' }, { isBehaviour: true, used: [], notes: [cut(2)] }],
  [
    'no-ntlm-in-negotiate',
    {},
    {
      isBehaviour: true,
      notes: [
        'app.test takes no NTLM in scheme Negotiate (RFC 4559 4.1), ' +
          'so it may refuse the NTLM of connection 1',
      ],
    },
  ],
  ['closed-with-the-challenge', {}, { isBehaviour: true, notes: [cut(1)] }],
  ['proxy-closes-after-407', {}, { isBehaviour: true, notes: [] }],
];

const judged = (recording: Recording, options: Partial<JudgeOptions>) =>
  judge(recording, { sides: 'both', secrets: NONE, divergences: DIVERGENCES, ...options });
const verdictOf = (name: string, options: Partial<JudgeOptions>) => judged(fixture(name), options);

describe('a recording from the field', () => {
  it.each(ROWS)('gets its verdict: %s %j', (name, options, expected) => {
    expect(verdictOf(name, options)).toMatchObject(expected);
  });
  it.each(ROWS.filter(([, { secrets }]) => secrets === undefined))(
    'gets the same verdict when it is redacted: %s %j',
    (name, options, { isBehaviour }) => {
      const { accepted } = verdictOf(name, options);
      const safe = redacted(fixture(name));
      expect(judged(safe, options)).toMatchObject({ isBehaviour, accepted });
    },
  );
  it('is judged here, if it is a fixture', () => {
    const files = readdirSync(dirname(fixturePath('x'))).map((file) => file.replace('.json', ''));
    expect([...new Set(ROWS.map(([name]) => name))].sort()).toEqual(files.sort());
  });
});
