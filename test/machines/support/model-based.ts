/**
 * Model-based testing through `@xstate/test`, imported here and nowhere else.
 *
 * The model is a machine; the subject is a live actor of it, or of a mutant, whose effects are
 * really performed. `@xstate/test` passes in silence where an executor or an assertion is missing
 * or misspelt, so here that is an error.
 */
import { TestModel } from '@xstate/test';
import {
  type ActorLogic,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  initialTransition,
  transition,
} from 'xstate';
import { stateKey } from '../../../checker/model/state-key.ts';

export type Effect = { readonly type: string; readonly params: unknown };

export type Plan = {
  readonly model: AnyStateMachine;
  readonly input: unknown;
  /** Every event, with payload, that the paths may use. */
  readonly events: readonly AnyEventObject[];
  /** What must be true in each state, by its dotted name. Every state reached needs one. */
  readonly states: Readonly<Record<string, (context: Record<string, unknown>) => void>>;
};

/** What the live actors were seen to do. */
export type Coverage = {
  readonly taken: Set<string>; // transitions, see `transitionsOf`
  readonly guards: Set<string>; // 'name: true' or 'name: false'
};

export const noCoverage = (): Coverage => ({ taken: new Set(), guards: new Set() });

type Resolved = { readonly type: string; readonly params?: unknown };

/** Messages in order, then signals in order: a live actor emits when all its actions are done. */
const effectsOf = (actions: readonly Resolved[]): Effect[] => [
  ...actions
    .filter(({ type }) => !type.startsWith('xstate.'))
    .map(({ type, params }) => ({ type, params })),
  ...actions
    .filter(({ type }) => type === 'xstate.emit')
    .map(({ params }) => emitted((params as { readonly event: AnyEventObject }).event)),
];

const emitted = (event: AnyEventObject): Effect => ({ type: 'emit', params: event });

export const stateName = ({ value }: AnyMachineSnapshot): string =>
  typeof value === 'string' ? value : leaves(value).join(' ');

const leaves = (value: AnyMachineSnapshot['value']): string[] =>
  typeof value === 'string'
    ? [value]
    : Object.entries(value).flatMap(([name, inner]) =>
        inner === undefined ? [] : leaves(inner).map((leaf) => `${name}.${leaf}`),
      );

const keyOf = ({ value, context, status }: AnyMachineSnapshot) =>
  stateKey({ value, context, status });

/** A live actor that performs its effects into `performed`, and is watched for coverage. */
class Subject {
  readonly performed: Effect[] = [];
  readonly #actor;

  constructor(machine: AnyStateMachine, input: unknown, coverage: Coverage) {
    this.#actor = createActor(machine.provide(this.#instrumented(machine, coverage)), {
      input,
      inspect: (event) => {
        if (event.type === '@xstate.microstep')
          for (const taken of event._transitions) coverage.taken.add(nameOf(taken));
      },
    });
    this.#actor.on('*', (event) => this.performed.push(emitted(event)));
    this.#actor.subscribe({ error: () => {} }); // a broken mutant shows in its state: it stops
    this.#actor.start();
    this.performed.length = 0;
  }

  /** Updates stay as they are; every other action does something now, and says so. */
  #instrumented({ implementations }: AnyStateMachine, { guards }: Coverage) {
    const actions = Object.entries(implementations.actions)
      .filter(([, action]) => !(typeof action === 'function' && 'resolve' in action))
      .map(([type]) => [
        type,
        (_: unknown, params: unknown) => this.performed.push({ type, params }),
      ]);
    const watched = Object.entries(implementations.guards).map(([name, guard]) => [
      name,
      (args: unknown, params: unknown) => {
        const outcome = (guard as (...all: unknown[]) => boolean)(args, params);
        guards.add(`${name}: ${outcome}`);
        return outcome;
      },
    ]);
    return { actions: Object.fromEntries(actions), guards: Object.fromEntries(watched) };
  }

  get snapshot(): AnyMachineSnapshot {
    return this.#actor.getSnapshot();
  }

  /** Sends `event`, and returns what was performed because of it. */
  send(event: AnyEventObject): readonly Effect[] {
    this.performed.length = 0;
    this.#actor.send(event);
    return [...this.performed];
  }
}

/**
 * Drives live actors of `subject` along paths that cover every transition of every state of the
 * model, and compares state, context and performed effects with the model after each step. Where
 * the model refuses an event, so must the subject, without a trace.
 *
 * @returns the number of steps taken.
 * @throws Error at the first difference, and for an assertion or event that is missing or unused.
 */
export function testAgainstModel(
  { model, input, events, states }: Plan,
  subject: AnyStateMachine,
  coverage: Coverage,
): number {
  const [initial] = initialTransition(model, input);
  const paths = pathsOf({ model, input, events });
  let steps = 0;
  for (const path of paths) {
    const live = new Subject(subject, input, coverage);
    let before = initial as AnyMachineSnapshot;
    compareStates(before, live);
    const execute = ({ event, state }: { event: AnyEventObject; state: AnyMachineSnapshot }) => {
      if (event.type === 'xstate.init') return;
      steps += 1;
      const [, actions] = transition(model, before, event);
      same(`effects of ${event.type}`, effectsOf(actions as readonly Resolved[]), live.send(event));
      compareStates(state, live);
      before = state;
      refusesWhatTheModelRefuses(before, live, events);
    };
    path.testSync({
      events: Object.fromEntries([
        ...events.map(({ type }) => [type, execute]),
        ['xstate.init', execute],
      ]),
      states: Object.fromEntries(
        Object.entries(states).map(([name, assert]) => [
          name,
          () => assert(live.snapshot.context as Record<string, unknown>),
        ]),
      ),
    });
  }
  everyStateIsAsserted(
    paths.flatMap(({ steps }) => steps.map(({ state }) => state)),
    states,
  );
  return steps;
}

/** Paths over which `events` take every transition of every state that they lead to. */
export function pathsOf({ model, input, events }: Omit<Plan, 'states'>) {
  const [initial] = initialTransition(model, input);
  return new TestModel(pure(model, initial), {
    fromState: initial,
    events: (state: AnyMachineSnapshot) => events.filter((event) => state.can(event)),
    // A vertex is a transition, so that the paths to all vertices cover all transitions.
    serializeState: (state, event, before) =>
      `${before ? keyOf(before) : ''} ${JSON.stringify(event ?? null)} ${keyOf(state)}`,
    stateMatcher: (state, name) => stateName(state) === name,
  }).getShortestPaths();
}

/**
 * The machine as plain logic. `@xstate/test` would step the machine itself with a scope that has
 * no executor of actions, which XState 5.33 calls; the public `transition` needs none.
 */
function pure(
  model: AnyStateMachine,
  initial: AnyMachineSnapshot,
): ActorLogic<AnyMachineSnapshot, AnyEventObject, unknown> {
  return {
    config: model.config,
    transition: (state, event) => transition(model, state, event)[0],
    getInitialSnapshot: () => initial,
    getPersistedSnapshot: (state) => state,
  };
}

function same(what: string, expected: unknown, found: unknown): void {
  const [wanted, got] = [JSON.stringify(expected), JSON.stringify(found)];
  if (wanted !== got) throw new Error(`${what}: expected ${wanted}, found ${got}`);
}

function compareStates(expected: AnyMachineSnapshot, live: Subject): void {
  if (keyOf(expected) !== keyOf(live.snapshot))
    throw new Error(`state: expected ${keyOf(expected)}, found ${keyOf(live.snapshot)}`);
}

function refusesWhatTheModelRefuses(
  state: AnyMachineSnapshot,
  live: Subject,
  events: readonly AnyEventObject[],
): void {
  for (const event of events.filter((event) => !state.can(event))) {
    if (live.snapshot.can(event)) throw new Error(`accepts ${event.type}, which the model refuses`);
    same(`effects of the refused ${event.type}`, [], live.send(event));
    compareStates(state, live);
  }
}

function everyStateIsAsserted(
  reached: readonly AnyMachineSnapshot[],
  states: Plan['states'],
): void {
  const names = new Set(reached.map(stateName));
  for (const name of names)
    if (!(name in states)) throw new Error(`no assertion for the state ${name}`);
  for (const name of Object.keys(states))
    if (!names.has(name)) throw new Error(`no path reaches the state ${name}, which is asserted`);
}

type Definition = {
  readonly source: { readonly id: string };
  readonly eventType: string;
  readonly target?: readonly { readonly id: string }[] | undefined;
  readonly guard?: unknown;
};

function nameOf({ source, eventType, target, guard }: Definition): string {
  const guarded = guard === undefined ? '' : ` [${guardName(guard)}]`;
  return `${source.id}: ${eventType}${guarded} -> ${target?.map(({ id }) => id).join() ?? 'same'}`;
}

const guardName = (guard: unknown): string =>
  typeof guard === 'string' ? guard : (guard as { type: string }).type;

/** Every transition that a machine has, named as the live actors' are. */
export function transitionsOf(machine: AnyStateMachine): readonly string[] {
  const names = new Set<string>();
  const visit = (node: AnyStateMachine['root']): void => {
    for (const transitions of node.transitions.values())
      for (const definition of transitions) names.add(nameOf(definition as Definition));
    for (const always of node.always ?? []) names.add(nameOf(always as Definition));
    for (const child of Object.values(node.states)) visit(child);
  };
  visit(machine.root);
  return [...names].sort();
}

/** Every outcome that a machine's guards can have. */
export const guardOutcomesOf = ({ implementations }: AnyStateMachine): readonly string[] =>
  Object.keys(implementations.guards)
    .flatMap((name) => [`${name}: false`, `${name}: true`])
    .sort();
