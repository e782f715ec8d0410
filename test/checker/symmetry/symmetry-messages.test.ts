/** Machines that differ only in the messages they send: the search finds the difference. */
import { describe, expect, it } from 'vitest';
import { type AnyEventObject, emit, setup } from 'xstate';
import type { Message, System } from '../../../checker/model/system.ts';
import { comparedBothWays, swaps } from '../support/both-ways.ts';
import { at, component } from '../support/components.ts';

const refusals = (system: System) =>
  comparedBothWays(system, [], { tokens: /\w+/g, renamings: swaps(['a', 'b']), keeps: {} }, 1_000)!
    .leftOut;

const lamp = setup({}).createMachine({
  id: 'lamp',
  initial: 'off',
  states: {
    off: { on: { light: 'on', dim: 'low' } },
    low: { on: { light: 'on', dim: 'off' } },
    on: { on: { light: 'low', dim: 'off' } },
  },
});

type Named = { readonly name: string };
const base = setup({
  types: { context: {} as Named, input: {} as Named, events: {} as AnyEventObject },
  actions: {
    send: (_, _message: Message) => {},
    signal: emit((_, event: AnyEventObject) => event),
  },
});

const to = (port: string, event: AnyEventObject = { type: 'light' }) => ({
  type: 'send' as const,
  params: { to: port, event },
});
const signal = (event: AnyEventObject) => ({ type: 'signal' as const, params: event });
type Act = ReturnType<typeof to> | ReturnType<typeof signal>;

/** Two switches, each wired to both lamps; `a` does `some` when pressed, and `b` does `others`. */
function switches(some: readonly Act[], others: readonly Act[]): System {
  const machine = base.createMachine({
    id: 'switch',
    context: ({ input }) => input,
    on: {
      press: [
        { guard: ({ context }) => context.name === 'a', actions: [...some] },
        { actions: [...others] },
      ],
    },
  });
  const pair = [
    ['a', 'b'],
    ['b', 'a'],
  ] as const;
  return pair.flatMap(([own, other]) => [
    component(own, machine, {
      input: { name: own },
      offers: [{ type: 'press' }],
      ports: { near: at(`lamp ${own}.near`), far: at(`lamp ${other}.far`) },
    }),
    component(`lamp ${own}`, lamp, { ports: { near: at(`${own}.near`), far: at(`${other}.far`) } }),
  ]);
}

const DIFFERENT =
  'a and b cannot be exchanged: machine switch in state {} on {"type":"press"} ' +
  'sends or emits something different';

describe('two switches that send', () => {
  it('the same messages may be exchanged', () => {
    const both = [to('near'), to('far', { type: 'dim' }), signal({ type: 'pressed' })];
    expect(refusals(switches(both, both))).toEqual([]);
    const [some, others] = ['a', 'b'].map((by) => [to('near', { type: 'light', by })]);
    expect(refusals(switches(some!, others!))).toEqual([]);
  });

  it.each<readonly [string, readonly Act[], readonly Act[]]>([
    ['to another port', [to('near')], [to('far')]],
    ['another message', [to('near')], [to('near', { type: 'dim' })]],
    [
      'a name that is not exchanged',
      [to('near', { type: 'light', by: 'a' })],
      [to('near', { type: 'light', by: 'a' })],
    ],
    ['more messages', [to('near')], [to('near'), to('near')]],
    ['fewer messages', [to('near'), to('near')], [to('near')]],
    [
      'the same messages in another order',
      [to('near'), to('near', { type: 'dim' })],
      [to('near', { type: 'dim' }), to('near')],
    ],
    ['a signal instead of a message', [to('near')], [signal({ type: 'light' })]],
    ['a message instead of a signal', [signal({ type: 'light' })], [to('near')]],
    ['another signal', [signal({ type: 'light' })], [signal({ type: 'dim' })]],
    [
      'a signal with a name that is not exchanged',
      [signal({ type: 'light', by: 'a' })],
      [signal({ type: 'light', by: 'a' })],
    ],
  ])('%s may not be exchanged', (_, some, others) => {
    expect(refusals(switches(some, others))).toEqual([DIFFERENT]);
  });
});

/** A hub that lights the lamp named in the offer, or always the one in `fixed`. */
function hubOf(fixed: string | null): System {
  const hub = base.createMachine({
    id: 'hub',
    context: { name: 'hub' },
    on: {
      press: {
        actions: { type: 'send', params: ({ event }) => to(fixed ?? event.lamp).params },
      },
    },
  });
  return [
    component('hub', hub, {
      offers: ['a', 'b'].map((name) => ({ type: 'press', lamp: name })),
      ports: { a: at('a.hub'), b: at('b.hub') },
    }),
    ...['a', 'b'].map((name) => component(name, lamp, { ports: { hub: at(`hub.${name}`) } })),
  ];
}

describe('two lamps of one hub', () => {
  it('may be exchanged if each is lit by its own offer', () => {
    expect(refusals(hubOf(null))).toEqual([]);
  });

  it('may not be exchanged if the hub lights the same lamp for both offers', () => {
    expect(refusals(hubOf('a'))).toEqual([
      expect.stringMatching(/^a and b .* machine hub .* sends or emits something different$/),
    ]);
  });
});
