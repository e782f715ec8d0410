/**
 * A system searched by `getAdjacencyMap` of xstate/graph. Every step is taken by XState alone,
 * without our tables. What can be spared is: each step is taken once, only the components that a
 * step has changed are turned into text, and what the map keeps of a state is a short text.
 */
import { type AnyMachineSnapshot, fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { System } from '../../../checker/model/system.ts';
import { plainStart, plainStep, type Snapshots } from '../../../checker/replay/replay.ts';
import type { Mapped } from './found.ts';

/** Holds a text for each transition in memory. */
export function countsBy(system: System): Mapped {
  const names = system.map(({ name }) => name);
  const offers = system.flatMap(({ name, offers: own }) =>
    own.map((event) => ({ component: name, event })),
  );
  const events = offers.map((_, offer) => ({ type: String(offer) }));
  const numbers = new Numbers();
  const successors: string[] = []; // by offer, of the state whose events were asked for last

  /** The offers that are enabled. `getAdjacencyMap` then asks for the state after each of them. */
  const enabledIn = (state: string) => {
    const before = state.split(',').map(Number);
    const from: Snapshots = new Map(names.map((name, i) => [name, numbers.snapshot(before[i]!)]));
    return events.filter((_, offer) => {
      const { component, event } = offers[offer]!;
      const taken = plainStep(system, from, component, event);
      if (taken === null) return false;
      const after = [...taken.after.values()].map((snapshot, i) =>
        snapshot === numbers.snapshot(before[i]!) ? before[i] : numbers.of(snapshot),
      );
      successors[offer] = after.join();
      return true;
    });
  };

  /** A state is a text of numbers, one a component. */
  const logic = fromTransition(
    (_state: string, event: { readonly type: string }) => successors[Number(event.type)]!,
    [...plainStart(system).values()].map((snapshot) => numbers.of(snapshot)).join(),
  );
  const map = getAdjacencyMap(logic, {
    events: ({ context }) => enabledIn(context),
    serializeState: ({ context }) => context,
    serializeEvent: ({ type }) => type,
  });
  const steps = Object.values(map).map(({ transitions }) => Object.keys(transitions).length);
  return { states: steps.length, transitions: steps.reduce((a, b) => a + b, 0) };
}

/** Snapshots by number: the same for equal ones. */
class Numbers {
  readonly #numbers = new Map<string, number>();
  readonly #snapshots: AnyMachineSnapshot[] = [];

  snapshot(number: number): AnyMachineSnapshot {
    return this.#snapshots[number]!;
  }

  /** These machines have no history and write their fields in one order, so the text is enough. */
  of(snapshot: AnyMachineSnapshot): number {
    const { value, context, status } = snapshot;
    const text = JSON.stringify([value, context, status]);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#snapshots.length);
    return this.#snapshots.push(snapshot) - 1;
  }
}
