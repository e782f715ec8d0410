/** Small machines and systems of them, at random: legal, and otherwise without sense. */
import * as fc from 'fast-check';
import { type AnyEventObject, type AnyStateMachine, assign, emit, setup } from 'xstate';
import type { Component, Peer, System } from '../../../checker/model/system.ts';

/** A message by one of the ports or, where that is null, a signal. */
type Effect = { readonly port: number | null; readonly type: number };

/** What a state does with an event. Numbers of states and ports are taken modulo their number. */
type Rule = {
  readonly from: number | null; // only where the event came by this port
  readonly count: number | null; // only at this count
  readonly target: number | null; // null: stay, without leaving
  readonly increments: boolean;
  readonly effects: readonly Effect[];
  readonly forbids: boolean; // `{}`: neither target nor action
};
export type MachineSpec = {
  readonly states: number;
  readonly rules: Readonly<Record<string, readonly Rule[]>>; // by state and event, `0 go`
};
export type SystemSpec = {
  readonly machines: readonly MachineSpec[];
  readonly monitors: readonly MachineSpec[];
  readonly links: readonly (readonly [number, number])[]; // between machines, modulo their number
};

/** An event causes only messages of the next kind, so every cascade ends. */
const KINDS = [['go', 'run'], ['ask', 'tell'], ['end']] as const;
const SIGNALS = ['done', 'odd'] as const;
export const OFFERS: readonly AnyEventObject[] = [{ type: 'go' }, { type: 'run' }];

const rule = (canSend: boolean): fc.Arbitrary<Rule> =>
  fc.record({
    from: canSend ? fc.option(fc.nat(3), { freq: 1 }) : fc.constant(null),
    count: fc.option(fc.nat(1), { freq: 1 }),
    target: fc.option(fc.nat(2), { freq: 4 }),
    increments: fc.boolean(),
    effects: canSend
      ? fc.array(fc.record({ port: fc.option(fc.nat(3)), type: fc.nat(1) }), { maxLength: 2 })
      : fc.constant([]),
    forbids: fc.nat(9).map((n) => n === 0),
  });

const machine = (events: readonly string[], states: number, canSend = true) =>
  fc.record({
    states: fc.constant(states),
    rules: fc
      .tuple(
        ...[...Array(states).keys()].flatMap((state) =>
          events.map((event) =>
            fc.tuple(fc.constant(`${state} ${event}`), rulesFor(event, canSend)),
          ),
        ),
      )
      .map((entries) => Object.fromEntries(entries)),
  });

/** Fewer for offers, so that a system can get deadlock. */
const rulesFor = (event: string, canSend: boolean) =>
  OFFERS.some(({ type }) => type === event)
    ? fc.oneof(
        { weight: 2, arbitrary: fc.array(rule(canSend), { minLength: 1, maxLength: 2 }) },
        { weight: 1, arbitrary: fc.constant([]) },
      )
    : fc.array(rule(canSend), { minLength: 1, maxLength: 2 });

export const anyMachine: fc.Arbitrary<MachineSpec> = machine(KINDS.flat(), 3);

export const anySystem: fc.Arbitrary<SystemSpec> = fc.record({
  machines: fc.array(machine(KINDS.flat(), 2), { minLength: 2, maxLength: 4 }),
  monitors: fc.array(machine(SIGNALS, 3, false), { maxLength: 2 }),
  links: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), { minLength: 1, maxLength: 5 }),
});

const blank = setup({
  types: { context: {} as { count: number }, events: {} as AnyEventObject },
  actions: {
    increment: assign(({ context }) => ({ count: 1 - context.count })),
    send: (_, _effect: { to: string; event: AnyEventObject }) => {},
    signal: emit((_, event: AnyEventObject) => event),
    ignore: () => {},
  },
  guards: {
    applies: ({ context, event }, { from, count }: { from: string | null; count: number | null }) =>
      (from === null || event.from === from) && (count === null || context.count === count),
  },
});

const NAMES = ['calm', 'alert', 'violated'];

/** A machine whose third state, if it has one, is called `violated`. */
export function build({ states, rules }: MachineSpec, ports: readonly string[]): AnyStateMachine {
  const on = (state: number) =>
    Object.fromEntries(
      Object.entries(rules)
        .map(([key, list]) => ({ at: key.split(' '), list }))
        .filter(({ at }) => at[0] === String(state))
        .map(({ at: [, event = ''], list }) => [
          event,
          list.map((rule) => transitionBy(rule, event, states, ports)),
        ]),
    );
  return blank.createMachine({
    id: 'random',
    context: { count: 0 },
    initial: 'calm',
    states: Object.fromEntries(NAMES.slice(0, states).map((name, i) => [name, { on: on(i) }])),
  });
}

function transitionBy(rule: Rule, event: string, states: number, ports: readonly string[]) {
  const { from, count, target, increments, effects, forbids } = rule;
  const port = from === null ? null : (ports[from % ports.length] ?? null);
  const guard = { type: 'applies' as const, params: { from: port, count } };
  if (forbids) return { guard };
  return {
    guard,
    ...(target === null ? {} : { target: NAMES[target % states]! }),
    actions: [
      increments ? ('increment' as const) : ('ignore' as const),
      ...effects.flatMap((effect) => sendBy(effect, event, ports)),
    ],
  };
}

type Counting = { context: { count: number } };
type Counted = { type: string; count: number };
type Sending =
  | { type: 'signal'; params: (now: Counting) => Counted }
  | { type: 'send'; params: (now: Counting) => { to: string; event: Counted } };

/** A signal, a message of the next kind, or nothing where there is no port or no such kind. */
function sendBy({ port, type }: Effect, event: string, ports: readonly string[]): Sending[] {
  const kind = KINDS.findIndex((types: readonly string[]) => types.includes(event));
  const next = KINDS[kind + 1];
  const to = port === null ? null : ports[port % ports.length];
  if (to !== null && (to === undefined || next === undefined)) return [];
  if (to === null) {
    const params = ({ context: { count } }: Counting) => ({ type: SIGNALS[type]!, count });
    return [{ type: 'signal', params }];
  }
  const params = ({ context: { count } }: Counting) => ({
    to,
    event: { type: next![type % next!.length]!, count },
  });
  return [{ type: 'send', params }];
}

/** Links a component to others and to itself; one port of each leads nowhere. */
export function buildSystem({ machines, monitors, links }: SystemSpec): System {
  const ports = machines.map((): Record<string, Peer | null> => ({ nowhere: null }));
  links.forEach(([one, two], i) => {
    const [a, b] = [one % machines.length, two % machines.length];
    ports[a]![`a${i}`] = { component: `c${b}`, port: `b${i}` };
    ports[b]![`b${i}`] = { component: `c${a}`, port: `a${i}` };
  });
  return [
    ...machines.map((spec, i): Component => {
      const machine = build(spec, Object.keys(ports[i]!).reverse());
      const part = { name: `c${i}`, input: undefined, offers: OFFERS, monitor: false };
      return { ...part, machine, ports: ports[i]! };
    }),
    ...monitors.map((spec, i): Component => {
      const part = { name: `m${i}`, input: undefined, offers: [], ports: {}, monitor: true };
      return { ...part, machine: build(spec, []) };
    }),
  ];
}
