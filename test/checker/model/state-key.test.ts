/** A state's key: equal exactly when the states are, and never a guess. */

import { isDeepStrictEqual } from 'node:util';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMachine, initialTransition, transition } from 'xstate';
import { deepFreeze, snapshotKey, stateKey } from '../../../checker/model/state-key.ts';

const plain = fc.jsonValue({ noUnicodeString: false, maxDepth: 3 });

describe('stateKey', () => {
  it('ignores the order of fields, at every depth', () => {
    expect(stateKey({ a: 1, b: [{ c: null, d: '' }] })).toBe(
      stateKey({ b: [{ d: '', c: null }], a: 1 }),
    );
  });

  it('is equal for two random values exactly when they are', () => {
    fc.assert(
      fc.property(plain, plain, (one, two) => {
        expect(stateKey(one) === stateKey(two)).toBe(isDeepStrictEqual(one, two));
        expect(stateKey(one)).toBe(stateKey(structuredClone(one)));
      }),
    );
  });

  it('is the same for frozen data and for data that contains it', () => {
    fc.assert(
      fc.property(plain, (value) => {
        const key = stateKey([value]);
        deepFreeze(value);
        expect([stateKey([value]), stateKey([value])]).toEqual([key, key]);
      }),
    );
  });

  it.each([
    [0, -0],
    [1, '1'],
    [null, 'null'],
    [[], {}],
    [['a', 'b'], ['a,b']],
    [{ a: 'x","b":"y' }, { a: 'x', b: 'y' }],
    [
      [[1], 2],
      [1, [2]],
    ],
  ])('tells %j from %j', (one, two) => expect(stateKey(one)).not.toBe(stateKey(two)));

  class Point {
    readonly x = 0;
  }
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  it.each([
    [new Set([1]), /field must be plain data, found an instance of Set/],
    [new Map(), /field must be plain data, found an instance of Map/],
    [new Date(0), /found an instance of Date/],
    [new Point(), /found an instance of Point/],
    [Object.create(null), /found an object of no class/],
    [undefined, /found undefined/],
    [Number.NaN, /found NaN/],
    [Number.POSITIVE_INFINITY, /found Infinity/],
    [1n, /found 1/],
    [() => 0, /found a function/],
    [Symbol('s'), /found Symbol\(s\)/],
    [new Array(2), /found an array with holes/],
    [{ [Symbol('s')]: 1 }, /found an object with symbols/],
    [cycle, /field\.self must be plain data, found a cycle/],
  ])('refuses %o rather than confuse it with another value', (field, message) => {
    expect(() => stateKey({ field })).toThrow(TypeError);
    expect(() => stateKey({ field })).toThrow(message);
  });

  it('names the path of the offending field', () => {
    const state = { users: [{ name: 'u' }, { seen: new Set() }] };
    expect(() => stateKey(state, 'context')).toThrow(/^context\.users\[1\]\.seen must be plain/);
  });

  it('accepts one value in two places, which is no cycle', () => {
    const shared = { a: 1 };
    expect(stateKey([shared, shared])).toBe('[{"a":1},{"a":1}]');
  });
});

describe('snapshotKey', () => {
  it('tells two histories apart although value and context agree', () => {
    const machine = createMachine({
      initial: 'on',
      states: {
        on: {
          initial: 'slow',
          on: { off: 'off' },
          states: { slow: { on: { shift: 'fast' } }, fast: {}, past: { type: 'history' } },
        },
        off: { on: { on: 'on.past' } },
      },
    });
    const past = (...types: string[]) =>
      types.reduce(
        (snapshot, type) => transition(machine, snapshot, { type })[0],
        initialTransition(machine)[0],
      );
    const [slow, fast] = [past('off'), past('shift', 'off')];
    expect(slow).toMatchObject({ value: fast.value, context: fast.context });
    expect(snapshotKey(slow)).not.toBe(snapshotKey(fast));
    expect(snapshotKey(past('off', 'on'))).toBe(snapshotKey(past('off', 'on', 'off', 'on')));
  });
});
