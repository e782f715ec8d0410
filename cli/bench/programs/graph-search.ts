/**
 * Searches a system with `getAdjacencyMap` of xstate/graph. XState takes every step, without our
 * tables. It is as fast as we could make it: each step is taken once, only changed components are
 * turned into text, and the text of a state is short.
 */
import { type AnyMachineSnapshot, fromTransition } from 'xstate';
import { getAdjacencyMap } from 'xstate/graph';
import type { System } from '../../../checker/model/system.ts';
import { plainStart, plainStep, type Snapshots } from '../../../checker/replay/replay.ts';
import type { AdjacencyCounts } from './found.ts';

/** Holds a text for each transition in memory. */
export function countsBy(system: System): AdjacencyCounts {
  const names = system.map(({ name }) => name);
  const offers = system.flatMap(({ name, offers: own }) =>
    own.map((event) => ({ component: name, event })),
  );
  const events = offers.map((_, offer) => ({ type: String(offer) }));
  const numbers = new Numbers();
  const successors: string[] = []; // by offer, of the last state that `enabledIn` saw

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

  /** A state is a text of numbers, one for each component. */
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

/** Numbers for snapshots; equal snapshots have the same number. */
class Numbers {
  readonly #numbers = new Map<string, number>();
  readonly #snapshots: AnyMachineSnapshot[] = [];

  snapshot(number: number): AnyMachineSnapshot {
    return this.#snapshots[number]!;
  }

  /**
   * The text identifies a snapshot: these machines have no history states, and a fixed field order.
   */
  of(snapshot: AnyMachineSnapshot): number {
    const { value, context, status } = snapshot;
    const text = JSON.stringify([value, context, status]);
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    this.#numbers.set(text, this.#snapshots.length);
    return this.#snapshots.push(snapshot) - 1;
  }
}
