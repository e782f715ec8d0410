/** One component's behaviour as a table: XState evaluates each state and event once. */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  initialTransition,
  transition,
} from 'xstate';
import { type Effect, effectsOf } from './effects.ts';
import { deepFreeze, snapshotKey, stateKey } from './state-key.ts';

/** The state after an event, and the messages and signals of the transition, in order. */
export type Reaction = { readonly next: number; readonly effects: readonly Effect[] };

/** A machine that cannot be tabulated. The message names the machine, the state and the event. */
export class MachineError extends TypeError {
  override name = 'MachineError';
}

/** A machine whose reaction depends on more than its state and the event, or that edits either. */
export class ImpureMachineError extends MachineError {
  override name = 'ImpureMachineError';
}

type Outcome = {
  readonly key: string;
  readonly effectsKey: string;
  readonly next: AnyMachineSnapshot;
  readonly effects: readonly Effect[];
};

/** States and events are numbered from 0 in the order met; state 0 is the initial one. */
export class Table {
  readonly snapshots: AnyMachineSnapshot[] = [];
  readonly events: AnyEventObject[] = [];
  /** Pairs of a state and an event that XState has evaluated. */
  evaluations = 0;
  readonly #machine: AnyStateMachine;
  readonly #states = new Map<string, number>();
  readonly #eventIds = new Map<string, number>();
  readonly #reactions: (Reaction | null)[][] = [];

  constructor(machine: AnyStateMachine, input: unknown) {
    this.#machine = machine;
    const once = this.#guarded(null, null, () => this.#start(input));
    const again = this.#guarded(null, null, () => this.#start(input));
    this.#compare(once, again, null, null);
    this.#intern(once);
  }

  /**
   * The number of a snapshot of this machine. A state not met before gets a new number.
   *
   * @throws TypeError for a snapshot with child actors, an error, or data that is not plain.
   */
  stateId(snapshot: AnyMachineSnapshot): number {
    return this.#intern(outcomeOf(snapshot, []));
  }

  /** @throws TypeError when the event is not plain data. */
  eventId(event: AnyEventObject): number {
    const key = eventKey(event);
    const known = this.#eventIds.get(key);
    if (known !== undefined) return known;
    this.#eventIds.set(key, this.events.length);
    return this.events.push(event) - 1;
  }

  /**
   * Null: the state refuses the event. A transition that has only actions is no refusal.
   *
   * @throws MachineError when the machine throws, or does what a table cannot hold.
   */
  react(state: number, event: number): Reaction | null {
    this.#reactions[state] ??= [];
    const row = this.#reactions[state];
    const known = row[event];
    if (known !== undefined) return known;
    const snapshot = this.snapshots[state]!;
    const heard = this.events[event]!;
    this.evaluations += 1;
    const once = this.#guarded(snapshot, heard, () => this.#answer(snapshot, heard));
    const again = this.#guarded(snapshot, heard, () => this.#answer(snapshot, heard));
    this.#compare(once, again, snapshot, heard);
    const reaction = once && { next: this.#intern(once), effects: deepFreeze(once.effects) };
    row[event] = reaction;
    return reaction;
  }

  /** The pairs of a state and an event that XState was asked about. */
  asked(): readonly (readonly [AnyMachineSnapshot, AnyEventObject])[] {
    return this.#reactions.flatMap((row, state) =>
      // `flatMap` passes over the events that were not asked about.
      row.flatMap((_, event) => [[this.snapshots[state]!, this.events[event]!] as const]),
    );
  }

  #start(input: unknown): Outcome {
    // A machine's type declares its input, and machines of all types are tabulated here.
    const [next, actions] = initialTransition(this.#machine, input as never);
    const outcome = outcomeOf(next, effectsOf(actions));
    if (outcome.effects.length === 0) return outcome;
    throw new TypeError(
      'it sends or emits before its first event, when no component can receive it',
    );
  }

  #answer(snapshot: AnyMachineSnapshot, event: AnyEventObject): Outcome | null {
    // An action-only transition returns the same snapshot: only `can` tells it from a refusal.
    if (!snapshot.can(event)) return null;
    const [next, actions] = transition(this.#machine, snapshot, event);
    return outcomeOf(next, effectsOf(actions));
  }

  #intern({ key, next }: Outcome): number {
    const known = this.#states.get(key);
    if (known !== undefined) return known;
    this.#states.set(key, this.snapshots.length);
    deepFreeze(next.context);
    return this.snapshots.push(next) - 1;
  }

  #compare<Answer extends Outcome | null>(
    once: Answer,
    again: Answer,
    snapshot: AnyMachineSnapshot | null,
    event: AnyEventObject | null,
  ): void {
    if (once?.key === again?.key && once?.effectsKey === again?.effectsKey) return;
    const where = this.#place(snapshot, event);
    throw new ImpureMachineError(`${where} is impure: asked twice, it answers differently`);
  }

  #guarded<Answer>(
    snapshot: AnyMachineSnapshot | null,
    event: AnyEventObject | null,
    ask: () => Answer,
  ): Answer {
    try {
      return ask();
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      const where = this.#place(snapshot, event);
      if (/read only|not extensible|Cannot delete/.test(message)) {
        throw new ImpureMachineError(`${where} is impure, it edits frozen data: ${message}`, {
          cause,
        });
      }
      throw new MachineError(`${where}: ${message}`, { cause });
    }
  }

  #place(snapshot: AnyMachineSnapshot | null, event: AnyEventObject | null): string {
    const state = snapshot ? `in state ${JSON.stringify(snapshot.value)}` : 'at its start';
    return `machine ${this.#machine.id} ${state}${event ? ` on ${JSON.stringify(event)}` : ''}`;
  }
}

const eventKeys = new WeakMap<AnyEventObject, string>();

/** The key of an event, computed once per object because many tables number it. Freezes it. */
function eventKey(event: AnyEventObject): string {
  const known = eventKeys.get(event);
  if (known !== undefined) return known;
  const key = stateKey(event, event.type);
  eventKeys.set(deepFreeze(event), key);
  return key;
}

const tables = new WeakMap<AnyStateMachine, Map<string, Table>>();

/** The table of this machine object with this input, shared by all systems. */
export function tableOf(machine: AnyStateMachine, input: unknown): Table {
  const ofMachine = tables.get(machine) ?? new Map<string, Table>();
  tables.set(machine, ofMachine);
  const key = input === undefined ? 'none' : stateKey(input, `input of machine ${machine.id}`);
  const table = ofMachine.get(key) ?? new Table(machine, deepFreeze(input));
  ofMachine.set(key, table);
  return table;
}

function outcomeOf(next: AnyMachineSnapshot, effects: readonly Effect[]): Outcome {
  if (Object.keys(next.children).length > 0) throw new TypeError('it has child actors');
  if (next.status === 'error' || next.status === 'stopped') {
    throw new TypeError(`its status is '${next.status}'`);
  }
  return { key: snapshotKey(next), effectsKey: stateKey(effects, 'effects'), next, effects };
}
