import { describe, expect, it } from 'vitest';
import { unhex } from '../../../conformance/codec/bytes.ts';
import {
  AV,
  flagsPair,
  pairOf,
  singleHostPair,
  textPair,
} from '../../../conformance/codec/messages/av-pairs.ts';
import type { AvPair } from '../../../conformance/codec/messages/message-types.ts';
import { CodecError } from '../../../conformance/codec/reader.ts';
import { hostMeant, hostOfOrigin, NO_NAMES } from '../../../conformance/terms/names.ts';
import { pairsFrom } from '../../../conformance/terms/pairs.ts';

const read = (...pairs: readonly AvPair[]) =>
  pairsFrom(pairs, { names: NO_NAMES, computerOf: (name) => `<${name}>`, servers: [] });

describe('AV pairs', () => {
  it('of none say nothing', () => {
    expect(read()).toEqual({
      computer: null,
      machine: '?',
      binding: null,
      target: '',
      unverified: false,
      mic: 'none',
    });
  });

  it('without a known name go by their digits', () => {
    const binding = unhex('00112233445566778899aabbccddeeff');
    const machine = new Uint8Array(32).fill(7);
    const pairs = read(pairOf(AV.CHANNEL_BINDINGS, binding), singleHostPair(machine));
    expect(pairs).toMatchObject({
      binding: '00112233445566778899aabbccddeeff',
      machine: '07'.repeat(32),
    });
  });

  it('that are there twice count the first time', () => {
    const names = ['A', 'B'].map((name) => textPair(AV.NB_COMPUTER, name));
    const targets = ['HTTP/a', 'HTTP/b'].map((name) => textPair(AV.TARGET_NAME, name));
    expect(read(...names, ...targets)).toMatchObject({ computer: '<A>', target: 'a' });
  });

  it.each([
    [[0], false, 'none'],
    [[2], false, 'flagged'],
    [[4, 0], true, 'none'],
    [[0, 4], false, 'none'],
    [[0, 2], false, 'ambiguous'],
    [[0, 0, 6], false, 'ambiguous'],
    [[6, 0], true, 'flagged'],
    [[2, 2], false, 'flagged'],
  ] as const)('with MsvAvFlags %j', (flags, unverified, mic) => {
    expect(read(...flags.map(flagsPair))).toMatchObject({ unverified, mic });
  });

  it.each([
    [AV.FLAGS, '020000'],
    [AV.NB_COMPUTER, '41'],
    [AV.TARGET_NAME, '410042'],
    [AV.SINGLE_HOST, '00000000'],
  ])('of id %d with the value %s cannot be', (id, value) => {
    expect(() => read(pairOf(id, unhex(value)))).toThrow(CodecError);
  });
});

describe('a target name', () => {
  const SERVERS = ['http://127.0.0.2:8081', 'http://127.0.0.2:8082', 'frontEnd', 'http://[::1]:80'];

  it.each([
    ['HTTP/127.0.0.2', 'http://127.0.0.2:8081'],
    ['HTTP/FRONTEND', 'frontEnd'],
    ['HTTP/frontend:8081', 'frontEnd'],
    ['HTTP/frontend/instance', 'frontEnd'],
    ['frontend', 'frontEnd'],
    ['HTTP/[::1]', 'http://[::1]:80'],
    ['HTTP/Elsewhere', 'Elsewhere'],
    ['', ''],
  ])('%j means %j', (principal, host) => {
    expect(hostMeant(principal, SERVERS)).toBe(host);
  });

  it('is compared with the host of an origin', () => {
    expect(SERVERS.map(hostOfOrigin)).toEqual(['127.0.0.2', '127.0.0.2', 'frontEnd', '[::1]']);
  });
});
