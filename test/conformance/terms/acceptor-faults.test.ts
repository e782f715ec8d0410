/**
 * The comparison of model and bytes is one that can fail: each mistake, made on purpose in what
 * decides or in what reads, is found by it.
 */
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNtResponseV2 } from '../../../conformance/codec/crypto/responses.ts';
import { decodeAs3, isV2, verify } from '../../../conformance/codec/crypto/verify.ts';
import { AV, AV_FLAGS, flagsIn, pairsWith } from '../../../conformance/codec/messages/av-pairs.ts';
import { encode } from '../../../conformance/codec/messages/message.ts';
import type { Bytes } from '../../../conformance/codec/messages/message-types.ts';
import {
  type AcceptorChecks,
  type AcceptorParts,
  CHECKS,
  decide,
  find,
} from '../../../conformance/terms/concrete-acceptor.ts';
import { namesIn } from '../../../conformance/terms/interpretation.ts';
import { RESPONSE_CHECK_ORDER } from '../../../machines/ntlm/acceptor.ts';
import { runs, WORLD } from './runs.ts';
import { both, READER, type Reader } from './term-acceptors.ts';

const SAMPLE = fc.sample(runs, { numRuns: 1000, seed: 20260101 });
const CASES = SAMPLE.slice(0, 400).flatMap((run) => both(run).cases);

type Fault = readonly [string, Partial<AcceptorParts>];

const inOrder = (order: readonly (keyof AcceptorChecks)[]): Partial<AcceptorParts> => ({
  checks: Object.fromEntries(order.map((check) => [check, CHECKS[check]])) as AcceptorChecks,
});
const swapped = (one: keyof AcceptorChecks, other: keyof AcceptorChecks) =>
  inOrder(RESPONSE_CHECK_ORDER.map((each) => (each === one ? other : each === other ? one : each)));
const checking = (checks: Partial<AcceptorChecks>): Partial<AcceptorParts> => ({
  checks: { ...CHECKS, ...checks },
});
const verifying = (
  change: (message: ReturnType<typeof decodeAs3>) => ReturnType<typeof decodeAs3>,
): Partial<AcceptorParts> => ({
  verify: (password, nonce, bytes, messages) =>
    verify(password, nonce, encode(change(decodeAs3(bytes))), messages),
});
const flagsFrom = (choose: (flags: readonly number[]) => number): Partial<AcceptorParts> => ({
  find: (bytes: Bytes) => {
    const message = decodeAs3(bytes);
    const pairs = isV2(message) ? decodeNtResponseV2(message.ntResponse).pairs : [];
    return { ...find(bytes), flags: choose(pairsWith(pairs, AV.FLAGS).map(flagsIn)) };
  },
});

const FAULTS: readonly Fault[] = [
  ...RESPONSE_CHECK_ORDER.map(
    (check): Fault => [`leaves out ${check}`, checking({ [check]: () => false })],
  ),
  ['checks in the reverse order', inOrder([...RESPONSE_CHECK_ORDER].reverse())],
  ['checks the MIC before the binding', swapped('isBoundElsewhere', 'isTamperedWith')],
  ['checks the version before the proof', swapped('isUnproven', 'isOutdated')],
  [
    'accepts an LM response always',
    checking({ isUnproven: (_, { proof }) => proof === null || !(proof.nt || proof.lm) }),
  ],
  ['accepts an LM response never', checking({ isUnproven: (_, { proof }) => proof?.nt !== true })],
  [
    'wants a MIC where none is flagged',
    checking({
      isTamperedWith: ({ defences }, { proof }) =>
        defences.mic === 'checkedIfFlagged' && proof?.mic !== 'right',
    }),
  ],
  [
    'is content with no MIC where one is flagged',
    checking({
      isTamperedWith: ({ defences }, { flags, proof }) =>
        defences.mic === 'checkedIfFlagged' &&
        (flags & AV_FLAGS.MIC) !== 0 &&
        proof?.mic === 'wrong',
    }),
  ],
  ['reads the last MsvAvFlags', flagsFrom((flags) => flags.at(-1) ?? 0)],
  ['reads all MsvAvFlags', flagsFrom((flags) => flags.reduce((all, each) => all | each, 0))],
  ['trusts every target name', flagsFrom((flags) => (flags[0] ?? 0) | AV_FLAGS.UNVERIFIED)],
  ['trusts no target name', flagsFrom((flags) => (flags[0] ?? 0) & ~AV_FLAGS.UNVERIFIED)],
  [
    'takes any binding for its own',
    checking({
      isBoundElsewhere: ({ defences }, { isV2, binding }) =>
        isV2 && defences.channelBinding === 'required' && binding === null,
    }),
  ],
  [
    'compares a binding although it has no channel of its own',
    checking({
      isBoundElsewhere: ({ defences, binding: own }, { isV2, binding }) =>
        isV2 &&
        defences.channelBinding !== 'ignored' &&
        (binding === null
          ? defences.channelBinding === 'required'
          : own === null || Buffer.compare(binding, own) !== 0),
    }),
  ],
  [
    'takes an all-zero binding for none',
    {
      find: (bytes) => {
        const { binding, ...others } = find(bytes);
        return { ...others, binding: binding?.some((byte) => byte !== 0) ? binding : null };
      },
    },
  ],
  [
    'takes no binding for another',
    { find: (bytes) => ({ ...find(bytes), binding: find(bytes).binding ?? new Uint8Array(16) }) },
  ],
  [
    'refuses all that is computed on its own machine',
    checking({
      isFromHere: ({ defences, machine }, found) =>
        defences.loopback === 'checked' &&
        found.machine !== null &&
        Buffer.compare(found.machine, machine) === 0,
    }),
  ],
  [
    'has the key of domain and user',
    verifying((it) => ({ ...it, user: it.domain, domain: it.user })),
  ],
  [
    'has the key of a domain in upper case',
    verifying((it) => ({ ...it, domain: it.domain.toUpperCase() })),
  ],
  ['has the key of no domain', verifying((it) => ({ ...it, domain: '' }))],
  ['does not care for the password', { verify: (_, ...rest) => verify('Wonderland1!', ...rest) }],
  [
    'does not care for the challenge',
    {
      verify: (password, _, bytes, messages) =>
        verify(password, new Uint8Array(8), bytes, messages),
    },
  ],
  [
    'has a MIC over two messages',
    {
      verify: (password, nonce, bytes, messages) =>
        verify(password, nonce, bytes, messages && { ...messages, negotiate: new Uint8Array() }),
    },
  ],
  ['takes every MIC for right', { verify: (...given) => ({ ...verify(...given), mic: 'right' }) }],
  [
    'has a MIC by the key of the wire',
    verifying((it) => ({ ...it, encryptedRandomSessionKey: new Uint8Array() })),
  ],
];

const isFound = (parts: Partial<AcceptorParts>) =>
  CASES.some(
    ({ self, messages, bytes, model }) =>
      !isDeepStrictEqual(decide(self, messages, bytes, parts), model),
  );

describe('an acceptor of bytes that', () => {
  it('is as it should be decides all cases as the model does', () => {
    expect(CASES.length).toBeGreaterThan(400);
    for (const { self, messages, bytes, model } of CASES)
      expect(decide(self, messages, bytes)).toEqual(model);
  });

  it('goes round by messages that are taken apart decides all the same', () => {
    expect(isFound(verifying((message) => message))).toBe(false);
    expect(isFound(flagsFrom(([first = 0]) => first))).toBe(false);
  });

  it.each(FAULTS)('%s is found', (_, parts) => {
    expect(isFound(parts)).toBe(true);
  });
});

const READERS: readonly (readonly [string, Reader])[] = [
  ['lacks a password', { ...READER, secrets: new Map([['alice', 'Wonderland1!']]) }],
  [
    'has two passwords the wrong way round',
    {
      ...READER,
      secrets: new Map([
        ['bob', 'Wonderland1!'],
        ['alice', 'Builder2?x'],
      ]),
    },
  ],
  ['takes every MIC for right', { ...READER, negotiate: null }],
  ['has a MIC over other messages', { ...READER, negotiate: new Uint8Array(40) }],
  [
    'takes static challenges for fresh ones',
    { ...READER, options: () => ({ names: namesIn(WORLD), challenges: 'fresh' }) },
  ],
  [
    'takes fresh challenges for static ones',
    { ...READER, options: () => ({ names: namesIn(WORLD), challenges: 'static' }) },
  ],
  ...(['computers', 'certificates', 'machines'] as const).map(
    (kind) =>
      [
        `does not know the names of ${kind}`,
        {
          ...READER,
          options: (run) => {
            const options = READER.options(run);
            return { ...options, names: { ...namesIn(WORLD), [kind]: new Map() } };
          },
        } satisfies Reader,
      ] as const,
  ),
];

describe('a dictionary that', () => {
  it.each(READERS)('%s is found', (_, reader) => {
    expect(SAMPLE.some((run) => both(run, reader).differences.length > 0)).toBe(true);
  });
});
