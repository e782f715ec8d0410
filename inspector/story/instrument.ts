/**
 * Instruments a machine: records the transitions that XState takes, the values of guards, and the
 * resolved actions, updates of the context among them.
 *
 * Where transitions of parallel states conflict, XState drops one silently. No machine of the
 * project has such transitions.
 */
import {
  type AnyActorScope,
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
  createActor,
  initialTransition,
} from 'xstate';
import { type Effect, effectsOf } from '../../checker/model/effects.ts';
import { transitionId } from './chart.ts';
import type { Reaction } from './story.ts';

export type ObservedReaction = {
  readonly next: AnyMachineSnapshot;
  readonly isEnabled: boolean; // exactly when the snapshot `can` take the event; else `next` is it
  readonly taken: readonly string[];
  readonly guards: Reaction['guards'];
  readonly actions: readonly string[];
  readonly effects: readonly Effect[];
};

export type InstrumentedMachine = {
  readonly start: (input: unknown) => AnyMachineSnapshot;
  /** Changes nothing. The snapshot must come from this machine. */
  readonly react: (snapshot: AnyMachineSnapshot, event: AnyEventObject) => ObservedReaction;
};

type Notes = {
  readonly transitions: (readonly AnyTransitionDefinition[])[]; // a list a microstep
  readonly guards: { name: string; held: boolean }[];
  readonly actions: string[];
  readonly effects: { type: string; params: unknown }[];
};

const known = new WeakMap<AnyStateMachine, InstrumentedMachine>();

/** Always the same object for the same machine. */
export function instrumented(machine: AnyStateMachine): InstrumentedMachine {
  const made = known.get(machine) ?? instrument(machine);
  known.set(machine, made);
  return made;
}

function instrument(machine: AnyStateMachine): InstrumentedMachine {
  let notes: Notes | null = null; // null: a guard is evaluated, but no step is taken
  const observed = noting(machine, {
    guard: (name, held) => notes?.guards.push({ name, held }),
    update: (name) => notes?.actions.push(name),
  });
  const scope = scopeOf(observed, (transitions) => notes?.transitions.push(transitions));
  return {
    start: (input) => initialTransition(observed, input as never)[0],
    react(snapshot, event) {
      const taking: Notes = { transitions: [], guards: [], actions: [], effects: [] };
      notes = taking;
      try {
        const next = observed.transition(snapshot, event, {
          ...scope,
          actionExecutor({ type, params }) {
            if (!type.startsWith('xstate.')) taking.actions.push(type);
            taking.effects.push({ type, params });
          },
        });
        return resultOf(snapshot, next, taking);
      } finally {
        notes = null;
      }
    },
  };
}

function resultOf(
  before: AnyMachineSnapshot,
  next: AnyMachineSnapshot,
  notes: Notes,
): ObservedReaction {
  const [selected = []] = notes.transitions;
  const isEnabled = selected.some(
    ({ target, actions }) => target !== undefined || actions.length > 0,
  );
  return {
    next: isEnabled ? next : before,
    isEnabled,
    taken: isEnabled ? notes.transitions.flat().map(transitionId) : [],
    guards: notes.guards,
    actions: notes.actions,
    effects: isEnabled ? effectsOf(notes.effects) : [],
  };
}

type Recording = {
  readonly guard: (name: string, held: boolean) => void;
  readonly update: (name: string) => void;
};
type Guard = (...of: readonly unknown[]) => boolean;
/** The result of `assign`: XState resolves it without an event. */
type Update = { readonly resolve: (...of: readonly unknown[]) => unknown };

/** The machine with guards and updates that do the same, and are recorded. */
function noting(machine: AnyStateMachine, record: Recording): AnyStateMachine {
  const { guards, actions } = machine.implementations;
  const noted = Object.entries(guards).map(([name, guard]) => [
    name,
    (...of: readonly unknown[]) => {
      const held = (guard as Guard)(...of);
      record.guard(name, held);
      return held;
    },
  ]);
  const updates = Object.entries(actions).flatMap(([name, action]) =>
    isUpdate(action) ? [[name, notingUpdate(action, () => record.update(name))] as const] : [],
  );
  return machine.provide({
    guards: Object.fromEntries(noted),
    actions: Object.fromEntries(updates),
  });
}

export const isUpdate = (action: unknown): action is Update =>
  typeof action === 'function' && 'resolve' in action;

const notingUpdate = (update: Update, record: () => void) =>
  Object.assign(() => {}, update, {
    resolve(...of: readonly unknown[]) {
      record();
      return update.resolve(...of);
    },
  });

/** The scope in which XState's own `transition` steps a machine, with a listener. */
function scopeOf(
  machine: AnyStateMachine,
  onTaken: (transitions: readonly AnyTransitionDefinition[]) => void,
): AnyActorScope {
  const self = createActor(machine);
  self.system.inspect((event) => {
    if (event.type === '@xstate.microstep') onTaken(event._transitions);
  });
  return {
    self,
    id: '',
    sessionId: '',
    system: self.system,
    logger: () => {},
    defer: () => {},
    emit: () => {},
    stopChild: () => {},
    actionExecutor: () => {},
  };
}
