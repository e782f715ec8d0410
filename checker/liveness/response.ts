/**
 * Response under fairness: finds a fair run that owes a response for ever, as a loop.
 *
 * A loop does a duty if one of its states does not enable it or one of its edges takes it. More
 * states and edges never undo that. So a strongly connected component is fair as a whole or in no
 * part, and needs no decomposition into smaller ones (strong fairness would).
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (fairness)
 */
import type { Edges } from './edges.ts';
import { type Duties, NONE } from './fairness.ts';
import { forEachComponent } from './strongly-connected.ts';

/** A state and the offers that lead back to it. No offers: a run may rest in it for ever. */
export type Loop = { readonly start: number; readonly offers: readonly number[] };

/** Edges to look at for a shorter lasso once one is known. */
const EFFORT_MAX = 5_000_000;

/**
 * A fair loop through states that owe a response, or null.
 *
 * It tries the states of fair components as starts, in the order of their depth. Each loop goes to
 * the nearest state or edge that does another duty, until none is left, and back by a shortest
 * path. The least sum of depth and loop length wins. So the path to the start is shortest; the loop
 * is short, but not always the shortest.
 *
 * @param edges - of all reachable states, with their offers.
 * @param owes - by state: 1 if it owes a response, 0 if the property holds.
 * @param depthOf - steps from the initial state; never less for a greater number.
 */
export function fairLoop(
  edges: Edges,
  owes: Uint8Array,
  duties: Duties,
  depthOf: (state: number) => number,
): Loop | null {
  const graph = new FairGraph(edges, owes, duties);
  let best: Loop | null = null;
  let least = Number.POSITIVE_INFINITY;
  for (const start of graph.starts()) {
    const depth = depthOf(start);
    if (depth >= least || (best !== null && graph.effort > EFFORT_MAX)) break;
    const offers = graph.loopFrom(start, least - depth);
    if (offers === null) continue;
    best = { start, offers };
    least = depth + offers.length;
    if (offers.length === 0) break;
  }
  return best;
}

class FairGraph {
  effort = 0; // edges looked at so far
  readonly #edges: Edges;
  readonly #duties: Duties;
  /** By state: the number of its fair component, from 1; 0: it is in none. */
  readonly #component: Int32Array;

  constructor(edges: Edges, owes: Uint8Array, duties: Duties) {
    this.#edges = edges;
    this.#duties = duties;
    this.#component = new Int32Array(edges.states);
    const current = new Int32Array(edges.states); // the last component visited that it is in
    let components = 0;
    forEachComponent(
      edges,
      (state) => owes[state] === 1,
      (edge) => !duties.isFinite[edges.offer(edge)],
      (states) => {
        components += 1;
        for (const state of states) current[state] = components;
        if (!this.#isFair(states, current, components)) return;
        for (const state of states) this.#component[state] = components;
      },
    );
  }

  /** The states of fair components, ascending. */
  *starts(): Generator<number> {
    for (let state = 0; state < this.#edges.states; state += 1)
      if (this.#component[state] !== 0) yield state;
  }

  /** Whether each duty is somewhere not enabled in the component, or done by an edge inside it. */
  #isFair(states: Int32Array, current: Int32Array, component: number): boolean {
    const enabled = new Map<number, number>(); // by duty: in how many of the states
    const done = new Set<number>();
    for (const state of states) {
      const here = this.#enabledIn(state); // in the whole system, not only within the component
      for (const duty of here.keys()) enabled.set(duty, (enabled.get(duty) ?? 0) + 1);
      for (const [duty, edges] of here)
        if (edges.some((edge) => current[this.#edges.end(edge)] === component)) done.add(duty);
    }
    return [...enabled].every(([duty, times]) => times < states.length || done.has(duty));
  }

  /** The edges that do each duty that is enabled in the state. */
  #enabledIn(state: number): ReadonlyMap<number, readonly number[]> {
    const enabled = new Map<number, number[]>();
    const until = this.#edges.first(state + 1);
    for (let edge = this.#edges.first(state); edge < until; edge += 1) {
      const duty = this.#duties.of[this.#edges.offer(edge)]!;
      if (duty === NONE) continue;
      const others = enabled.get(duty);
      if (others) others.push(edge);
      else enabled.set(duty, [edge]);
    }
    return enabled;
  }

  /** The offers of a fair loop from `start`, fewer than `max`. Null: none was found. */
  loopFrom(start: number, max: number): readonly number[] | null {
    const owed = new Set(this.#enabledIn(start).keys());
    const offers: number[] = [];
    let at = start;
    const go = (isGoal: (duty: number, end: number) => boolean): boolean => {
      const way = this.#nearest(at, isGoal, max - offers.length);
      for (const edge of way ?? []) {
        const offer = this.#edges.offer(edge);
        at = this.#edges.end(edge);
        offers.push(offer);
        owed.delete(this.#duties.of[offer]!);
        for (const other of owed) if (!this.#enables(at, other)) owed.delete(other);
      }
      return way !== null;
    };
    while (owed.size > 0) {
      const helps = (duty: number, end: number) =>
        owed.has(duty) || [...owed].some((other) => !this.#enables(end, other));
      if (!go(helps)) return null;
    }
    if (at !== start && !go((_, end) => end === start)) return null;
    return offers.length < max ? offers : null;
  }

  #enables(state: number, duty: number): boolean {
    const until = this.#edges.first(state + 1);
    for (let edge = this.#edges.first(state); edge < until; edge += 1)
      if (this.#duties.of[this.#edges.offer(edge)] === duty) return true;
    return false;
  }

  /** A shortest path within the component to a goal edge: fewer than `max` edges. Null: none. */
  #nearest(
    from: number,
    isGoal: (duty: number, end: number) => boolean,
    max: number,
  ): readonly number[] | null {
    const ways = new Map<number, { readonly edge: number; readonly from: number } | null>();
    ways.set(from, null);
    const wayBack = (state: number, last: number): readonly number[] => {
      const way = [last];
      for (let step = ways.get(state); step; step = ways.get(step.from)) way.push(step.edge);
      return way.reverse();
    };
    let level = [from];
    for (let length = 1; length < max && level.length > 0; length += 1) {
      const following: number[] = [];
      for (const state of level) {
        const until = this.#edges.first(state + 1);
        for (let edge = this.#edges.first(state); edge < until; edge += 1) {
          this.effort += 1;
          const end = this.#edges.end(edge);
          const offer = this.#edges.offer(edge);
          if (this.#component[end] !== this.#component[from]) continue;
          if (this.#duties.isFinite[offer]) continue;
          if (isGoal(this.#duties.of[offer]!, end)) return wayBack(state, edge);
          if (ways.has(end)) continue;
          ways.set(end, { edge, from: state });
          following.push(end);
        }
      }
      level = following;
    }
    return null;
  }
}
