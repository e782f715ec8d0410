/** Systems without the symmetry that they declare: the search names the first difference. */
import { describe, expect, it } from 'vitest';
import { assign, emit, setup } from 'xstate';
import type { Component, System } from '../../../checker/model/system.ts';
import type { Symmetry } from '../../../checker/symmetry/symmetry.ts';
import { comparedBothWays, swaps } from '../support/both-ways.ts';
import { component } from '../support/components.ts';

const bit = setup({}).createMachine({
  id: 'bit',
  initial: 'off',
  states: { off: { on: { flip: 'on' } }, on: { on: { flip: 'off' } } },
});
const bits: System = ['a', 'b'].map((name) => component(name, bit, { offers: [{ type: 'flip' }] }));

const refusal = (system: System, keeps: Symmetry['keeps'] = {}) =>
  comparedBothWays(system, [], { tokens: /\w+/g, renamings: swaps(['a', 'b']), keeps }, 1000)!
    .leftOut[0];
const REFUSED = 'a and b cannot be exchanged:';

describe('two components', () => {
  const [a, b] = bits as [Component, Component];
  const silent = { offers: [], monitor: true };
  const other = setup({}).createMachine({ id: 'other' });
  const first = setup({ types: { context: {} as object, input: {} as string } }).createMachine({
    id: 'first',
    context: ({ input }) => ({ isFirst: input === 'a' }),
  });

  it.each<readonly [string, System]>([
    ['a would become b, which is not a component', [a]],
    ['a and b differ in their machines', [a, { ...b, machine: other }]],
    [
      'a and b differ in being a monitor',
      [
        { ...a, offers: [] },
        { ...b, ...silent },
      ],
    ],
    ['a and b differ in their offers', [a, { ...b, offers: [] }]],
    ['a and b differ in their ports', [a, { ...b, ports: { out: null } }]],
    ['a and b differ in their inputs', [a, { ...b, input: {} }]],
    [
      'a and b differ in the signals they hear',
      [a, b].map((one) => ({ ...one, ...silent, hears: { by: 'a' } })),
    ],
    [
      'a and its image have different initial states',
      ['a', 'b'].map((name) => component(name, first, { input: name })),
    ],
  ])('cannot be exchanged: %s', (why, system) => {
    expect(refusal(system)).toBe(`${REFUSED} ${why}`);
  });
});

describe('a machine that does not keep a declared symmetry', () => {
  type Named = { readonly name: string; readonly rank: number };
  const isA = 'isA' as const;
  /** In its state `on`, it behaves differently if its name is `a` or its rank is 2. */
  const partial = setup({
    types: { context: {} as Named & { readonly spent: boolean }, input: {} as Named },
    actions: {
      spend: assign({ spent: true, rank: 0 }),
      say: emit((_, event: { type: string }) => event),
    },
    guards: {
      isA: ({ context }) => context.name === 'a',
      isSecond: ({ context }) => context.rank === 2,
    },
  }).createMachine({
    id: 'partial',
    context: ({ input }) => ({ ...input, spent: false }),
    initial: 'off',
    states: {
      off: { on: { flip: 'on' } },
      on: {
        on: {
          flip: 'off',
          stop: { guard: isA, target: 'off' },
          turn: [{ guard: isA, target: 'off' }, { target: 'gone' }],
          tell: [
            { guard: isA, actions: { type: 'say', params: { type: 'one' } } },
            { actions: { type: 'say', params: { type: 'other' } } },
          ],
          jump: { guard: 'isSecond', target: 'off' },
        },
      },
      gone: {},
    },
    on: { spend: { actions: 'spend' } },
  });
  const pair = (ranks: readonly [number, number], ...offers: readonly string[]): System =>
    ['a', 'b'].map((name, i) =>
      component(name, partial, {
        input: { name, rank: ranks[i]! },
        offers: offers.map((type) => ({ type })),
      }),
    );
  const partialOn = (event: string) =>
    `${REFUSED} machine partial in state "on" on {"type":"${event}"}`;

  it.each([
    ['stop', 'accepts the event only before the exchange, or only after it'],
    ['turn', 'enters a different state'],
    ['tell', 'sends or emits something different'],
  ])('is named with its state and the event: on %s it %s', (event, what) => {
    expect(refusal(pair([1, 1], 'flip', event))).toBe(`${partialOn(event)} ${what}`);
  });

  it('is refused if its input differs in a field that is not declared to be kept', () => {
    expect(refusal(pair([1, 2], 'flip'))).toBe(`${REFUSED} a and b differ in their inputs`);
    expect(refusal(pair([1, 2], 'flip'), { partial: ['rank'] })).toBeUndefined();
  });

  it('is refused if one field of its input may differ and another may not', () => {
    const inputs = [
      { name: 'a', rank: 1 },
      { name: 'a', rank: 2 }, // the name should have become b
    ];
    const both = pair([1, 2], 'flip').map((one, i) => ({ ...one, input: inputs[i] }));
    expect(refusal(both, { partial: ['rank'] })).toBe(`${REFUSED} a and b differ in their inputs`);
  });

  it('may have a list of names in another order, and no other list', () => {
    const listing = setup({
      types: { context: {} as object, input: {} as object },
    }).createMachine({ id: 'listing', context: ({ input }) => input });
    const listed = (...lists: readonly (readonly unknown[])[]) =>
      lists.map((peers, i) => component('ab'[i]!, listing, { input: { peers } }));
    expect(refusal(listed(['a', 'b'], ['a', 'b']))).toBeUndefined();
    const differ = `${REFUSED} a and b differ in their inputs`;
    expect(refusal(listed(['a', 'b'], ['a', 'a']))).toBe(differ);
    expect(refusal(listed([1, 2], [2, 1]))).toBe(differ);
  });

  it('may end with its own name as its output', () => {
    const ending = setup({
      types: {
        context: {} as { name: string },
        input: {} as { name: string },
        output: {} as string,
      },
    }).createMachine({
      id: 'ending',
      context: ({ input }) => input,
      initial: 'on',
      states: { on: { on: { end: 'ended' } }, ended: { type: 'final' } },
      output: ({ context }) => context.name,
    });
    const both = ['a', 'b'].map((name) =>
      component(name, ending, { input: { name }, offers: [{ type: 'end' }] }),
    );
    expect(refusal(both)).toBeUndefined();
  });

  it('is refused if a kept field makes a difference', () => {
    expect(refusal(pair([1, 2], 'flip', 'jump'), { partial: ['rank'] })).toBe(
      `${partialOn('jump')} accepts the event only before the exchange, or only after it`,
    );
    expect(refusal(pair([1, 2], 'spend'), { partial: ['rank'] })).toBe(
      `${REFUSED} state "off" of a has no image among the states of b`,
    );
  });
});
