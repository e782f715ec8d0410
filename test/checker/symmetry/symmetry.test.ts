/** The search up to symmetry against the one of every state, on textbook systems. */
import { describe, expect, it } from 'vitest';
import { setup } from 'xstate';
import type { Property, System } from '../../../checker/model/system.ts';
import { searchReduced } from '../../../checker/quotient/quotient.ts';
import { replay } from '../../../checker/replay/replay.ts';
import type { Symmetry } from '../../../checker/symmetry/symmetry.ts';
import { type Renaming, renamerOf } from '../../../checker/symmetry/symmetry-names.ts';
import { comparedBothWays, renaming, swaps } from '../support/both-ways.ts';
import { component } from '../support/components.ts';
import { table } from '../support/philosophers.ts';

const TOKENS = /\w+/g;

const symmetry = (renamings: readonly Renaming[], keeps: Symmetry['keeps'] = {}): Symmetry => ({
  tokens: TOKENS,
  renamings,
  keeps,
});

const compared = (system: System, properties: readonly Property[], declared: Symmetry) =>
  comparedBothWays(system, properties, declared, 100_000)!; // none of these is larger

describe('names are exchanged', () => {
  const both = renamerOf(/[\w.-]+(?:>[\w.-]+#\d+)?/g, swaps(['alice', 'bob'])[0]!);

  it('in whole tokens, in values and in the names of fields, and in nothing else', () => {
    const before = { alice: ['alice/wire', 'alice2', 'alice>front#1'], user: null, at: 3 };
    expect(both(before)).toEqual({
      bob: ['bob/wire', 'alice2', 'alice>front#1'],
      user: null,
      at: 3,
    });
    expect(both(both(before))).toEqual(before);
  });

  it('by a permutation alone, and whole', () => {
    const onto = renaming('alice', ['alice', 'bob']);
    expect(() => renamerOf(TOKENS, onto)).toThrow(
      'alice: the renaming is not a permutation of names',
    );
    expect(() => renamerOf(TOKENS, swaps(['a b', 'c'])[0]!)).toThrow('a b is not one token');
  });

  it('only where a text can still be read as it was', () => {
    const grown = renamerOf(/a+/g, swaps(['a', 'aa'])[0]!);
    expect(grown('a-b')).toBe('aa-b');
    const joined = renamerOf(/x>y|\w/g, swaps(['z', 'x'])[0]!);
    expect(() => joined('z>y')).toThrow("'z>y' becomes 'x>y', which has different names");
  });
});

describe('five philosophers, turned round the table', () => {
  const turned = (seats: number) =>
    renaming(
      'the seats',
      ...['philosopher', 'fork'].flatMap((what) =>
        [...Array(seats).keys()].map((i): [string, string] => [
          `${what}${i}`,
          `${what}${(i + 1) % seats}`,
        ]),
      ),
    );
  const eats = (i: number): Property => ({
    kind: 'sometimes',
    name: `${i} eats while ${i + 2} holds a fork`,
    reads: [`philosopher${i}`, `philosopher${i + 2}`],
    holds: (one, other) => one?.value === 'eating' && other?.value === 'holding',
  });
  const someoneCanEat: Property = {
    kind: 'reachable',
    name: 'some philosopher can eat',
    reads: [0, 1, 2, 3, 4].map((i) => `philosopher${i}`),
    holds: (...all) => all.some(({ value }) => value === 'eating'),
  };

  it('are 18 states of 82, with the same deadlock after five steps', () => {
    const system = table(5);
    const reduced = compared(system, [eats(0), eats(2), someoneCanEat], symmetry([turned(5)]));
    expect(reduced).toMatchObject({ order: 5, leftOut: [] });
    expect([reduced.states, reduced.whole.states]).toEqual([18, 82]);
    expect(reduced.deadlock).toHaveLength(5);
    for (const { component, event, deliveries } of reduced.deadlock!)
      expect([component, event.type, deliveries.length]).toEqual([
        expect.stringMatching(/^philosopher\d$/),
        'reach',
        1,
      ]);
    for (const trace of [reduced.deadlock!, ...reduced.witnessed.values()]) replay(system, trace);
  });

  it('cannot be exchanged if one of them is left-handed', () => {
    expect(compared(table(5, 1), [], symmetry([turned(5)]))).toMatchObject({
      order: 1,
      leftOut: [
        'the seats cannot be exchanged: philosopher0 and philosopher1 differ in their ports',
      ],
    });
  });
});

const bit = setup({}).createMachine({
  id: 'bit',
  initial: 'off',
  states: { off: { on: { flip: 'on' } }, on: { on: { flip: 'off' } } },
});
const names = [...'abcdefg'];
const bits: System = names.map((name) => component(name, bit, { offers: [{ type: 'flip' }] }));

describe('seven bits', () => {
  it('are 4 states of 8, as many as can be on, where three of them may be exchanged', () => {
    const reduced = compared(bits.slice(0, 3), [], symmetry(swaps(names.slice(0, 3))));
    expect([reduced.states, reduced.whole.states, reduced.order]).toEqual([4, 8, 6]);
  });

  it('make a group that is too large, so that the last bit is left out', () => {
    const reduced = compared(bits, [], symmetry(swaps(names)));
    expect([reduced.states, reduced.whole.states, reduced.order]).toEqual([14, 128, 720]);
    expect(reduced.leftOut).toHaveLength(6);
    expect(reduced.leftOut[0]).toBe('a and g: the group would be too large');
  });

  it('are not searched beyond the limit', () => {
    expect(() => searchReduced(bits, [], symmetry(swaps(names)), { statesMax: 13 })).toThrow(
      'more than 13 states: nothing was proved',
    );
  });

  it('may differ in properties of single states', () => {
    const isOn = (kind: 'always' | 'sometimes', name: string): Property => ({
      kind,
      name: `${name} is on, ${kind}`,
      reads: [name],
      holds: (one) => one?.value === 'on',
    });
    const { order, violated, witnessed } = compared(
      bits.slice(0, 3),
      [isOn('always', 'c'), isOn('sometimes', 'b')],
      symmetry(swaps(names.slice(0, 3))),
    );
    expect(order).toBe(6);
    expect([...violated.values()][0]).toEqual([]);
    expect([...witnessed.values()][0]).toMatchObject([{ component: 'b' }]);
  });

  it('may not differ in a `reachable` property or a response', () => {
    const isAOff = { name: 'a is off', reads: ['a'], holds: isOff };
    const reachable: Property = { ...isAOff, kind: 'reachable' };
    const differing = compared(bits.slice(0, 3), [reachable], symmetry(swaps(names.slice(0, 3))));
    expect(differing.order).toBe(2);
    expect(differing.leftOut.toSorted()).toEqual([
      "a and b cannot be exchanged: property 'a is off' is not the same for each of them",
      "a and c cannot be exchanged: property 'a is off' is not the same for each of them",
    ]);
    const late: Property = {
      kind: 'reachable',
      name: 'a is off, or alone',
      reads: names.slice(0, 3),
      holds: (a, ...others) => isOff(a) || others.every(isOff), // the same until two are on
    };
    const apart = compared(bits.slice(0, 3), [late], symmetry(swaps(names.slice(0, 3))));
    expect([apart.order, apart.leftOut.length]).toEqual([2, 2]);
    const response: Property = { ...isAOff, kind: 'response', fairness: () => 'free' };
    const { order, leftOut, loops } = compared(bits, [response], symmetry(swaps(names)));
    expect([order, leftOut]).toEqual([1, ["no names are exchanged: 'a is off' is a response"]]);
    expect(loops.get('a is off')).toBe(1);
  });
});

const isOff = (one?: { readonly value: unknown }): boolean => one?.value === 'off';
