/** Random systems of one hub and some leaves that are alike: every leaf is the same machine. */
import * as fc from 'fast-check';
import { type AnyEventObject, type AnyStateMachine, assign, emit, setup } from 'xstate';
import type { System } from '../../../checker/model/system.ts';
import { component } from './components.ts';
import { anyMachine, build, type MachineSpec, OFFERS } from './random-systems.ts';

/** The hub's reaction to an event of a leaf. The hub knows a leaf only by its events. */
type HubRule = {
  readonly from: 'any' | 'last' | 'another'; // compared with the last remembered leaf
  readonly favours: boolean; // for the first leaf only, which breaks the symmetry
  readonly target: number | null; // null: stay
  readonly remembers: boolean;
  readonly replies: readonly { readonly to: 'sender' | 'last'; readonly type: number }[];
  readonly signals: boolean;
};
export type StarSpec = {
  readonly leaves: number;
  readonly leaf: MachineSpec;
  readonly hub: Readonly<Record<string, readonly HubRule[]>>; // by state and event, `calm go`
};

const STATES = ['calm', 'alert'] as const;
const HEARD = ['call', 'ask', 'tell', 'end'] as const;
/** An event causes only messages of the next kind, so every cascade ends. */
const NEXT: Readonly<Record<string, readonly string[]>> = {
  call: ['ask', 'tell'],
  ask: ['end'],
  tell: ['end'],
};

const rule = (mayFavour: boolean): fc.Arbitrary<HubRule> =>
  fc.record({
    from: fc.constantFrom('any', 'any', 'last', 'another'),
    favours: mayFavour ? fc.nat(5).map((n) => n === 0) : fc.constant(false),
    target: fc.option(fc.nat(1)),
    remembers: fc.boolean(),
    replies: fc.array(fc.record({ to: fc.constantFrom('sender', 'last'), type: fc.nat(1) }), {
      maxLength: 2,
    }),
    signals: fc.boolean(),
  });

/** @param mayFavour - whether the hub may know one leaf by its name. */
export const anyStar = (mayFavour: boolean): fc.Arbitrary<StarSpec> =>
  fc.record({
    leaves: fc.integer({ min: 2, max: 3 }),
    leaf: anyMachine.map((spec) => ({ ...spec, states: 2 })), // of the rules of three
    hub: fc
      .tuple(
        ...STATES.flatMap((state) =>
          HEARD.map((event) =>
            fc.tuple(
              fc.constant(`${state} ${event}`),
              fc.array(rule(mayFavour), { minLength: 1, maxLength: 2 }),
            ),
          ),
        ),
      )
      .map((entries) => Object.fromEntries(entries)),
  });

type Context = { readonly last: string | null };
type Sender = { readonly sender: string };

/** The leaf of an event: its sender, or the leaf named in the hub's own offer. */
const senderOf = ({ leaf, from }: AnyEventObject): Sender => ({ sender: leaf ?? from });

const blank = setup({
  types: { context: {} as Context, events: {} as AnyEventObject },
  actions: {
    remember: assign((_, { sender }: Sender) => ({ last: sender })),
    tell: (_, _effect: { to: string; event: AnyEventObject }) => {},
    signal: emit((_, event: AnyEventObject) => event),
    ignore: () => {},
  },
  guards: {
    applies: (
      { context: { last } },
      { sender, from, favours }: Sender & Pick<HubRule, 'from' | 'favours'>,
    ) =>
      (!favours || sender === 'leaf0') &&
      (from === 'any' || (from === 'last') === (sender === last)),
  },
});

const transitionBy = (
  { from, favours, target, remembers, replies, signals }: HubRule,
  event: string,
) => ({
  guard: {
    type: 'applies' as const,
    params: ({ event }: { event: AnyEventObject }) => ({ ...senderOf(event), from, favours }),
  },
  ...(target === null ? {} : { target: STATES[target]! }),
  actions: [
    'ignore' as const,
    ...replies.flatMap(({ to, type }) => {
      const next = NEXT[event];
      if (next === undefined) return [];
      const params = ({ context, event }: { context: Context; event: AnyEventObject }) => ({
        to: to === 'sender' ? senderOf(event).sender : (context.last ?? 'nowhere'),
        event: { type: next[type % next.length]!, count: 0 },
      });
      return [{ type: 'tell' as const, params }];
    }),
    ...(signals
      ? [
          {
            type: 'signal' as const,
            params: ({ event }: { event: AnyEventObject }) => ({
              type: 'met',
              leaf: senderOf(event).sender,
            }),
          },
        ]
      : []),
    ...(remembers
      ? [
          {
            type: 'remember' as const,
            params: ({ event }: { event: AnyEventObject }) => senderOf(event),
          },
        ]
      : []),
  ],
});

function hubBy(rules: StarSpec['hub']): AnyStateMachine {
  const on = (state: string) =>
    Object.fromEntries(
      HEARD.map((event) => [event, rules[`${state} ${event}`]!.map((r) => transitionBy(r, event))]),
    );
  return blank.createMachine({
    id: 'hub',
    context: { last: null },
    initial: 'calm',
    states: { calm: { on: on('calm') }, alert: { on: on('alert') } },
  });
}

/** Violated when its leaf is met for the third time. */
const met = setup({ types: { events: {} as { type: 'met'; leaf: string } } }).createMachine({
  id: 'met',
  initial: 'never',
  states: {
    never: { on: { met: 'once' } },
    once: { on: { met: 'twice' } },
    twice: { on: { met: 'violated' } },
    violated: {},
  },
});

export const leafNames = ({ leaves }: StarSpec): readonly string[] =>
  Array.from({ length: leaves }, (_, i) => `leaf${i}`);

/** The hub, its leaves, and for each leaf a monitor that hears when it is met. */
export function buildStar(spec: StarSpec): System {
  const names = leafNames(spec);
  const leaf = build(spec.leaf, ['hub', 'nowhere']);
  const hubPorts = Object.fromEntries(
    names.map((name) => [name, { component: name, port: 'hub' }]),
  );
  return [
    component('hub', hubBy(spec.hub), {
      offers: names.map((name) => ({ type: 'call', leaf: name })),
      ports: { ...hubPorts, nowhere: null },
    }),
    ...names.map((name) =>
      component(name, leaf, {
        offers: OFFERS,
        ports: { hub: { component: 'hub', port: name }, nowhere: null },
      }),
    ),
    ...names.map((name) => ({
      ...component(`meeting ${name}`, met),
      monitor: true,
      hears: { leaf: name },
    })),
  ];
}
