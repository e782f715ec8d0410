/** Exhaustive breadth-first search, so that what it reports is shortest, or nearly so for loops. */

import { type CheckedProperty, checkedProperties } from './explore/checked-property.ts';
import type { Explored, SweepOptions } from './explore/explored.ts';
import type { Progress } from './explore/limits.ts';
import { PlainSweep } from './explore/plain-sweep.ts';
import { finished } from './explore/search-progress.ts';
import { findingsOf } from './findings.ts';
import { javascriptEngine } from './kernel/javascript.ts';
import { KernelSweep } from './kernel/kernel-sweep.ts';
import { groupingFor } from './kernel/memory/grouping.ts';
import type { ThreadOptions } from './kernel/threads/thread-options.ts';
import { hasWasm, wasmEngine } from './kernel/wasm.ts';
import { type Composition, compose } from './model/composition.ts';
import type { Refusal } from './model/refusals.ts';
import type { Property, System, Trace } from './model/system.ts';

/**
 * What goes through the states. All report the same, but for the time and the memory it takes.
 *
 * - `plain`: the search as it is meant, a row of numbers a state.
 * - `javascript`: packed states, and a kernel in JavaScript.
 * - `wasm`: the same with the kernel in WebAssembly.
 */
export type EngineName = 'plain' | 'javascript' | 'wasm';

export type SearchOptions = SweepOptions &
  ThreadOptions & {
    readonly engine?: EngineName; // default: `wasm`, or `javascript` where there is no WebAssembly
    /** States that are searched plainly first, to learn how to pack them. Default: 5,000. */
    readonly scout?: number;
  };

export type SearchResult = Progress & {
  readonly exhausted: boolean; // false: stopped at a violation, and absence means nothing
  readonly violated: ReadonlyMap<string, Trace>; // properties and monitors, by name
  /**
   * By violated response: how many steps of its trace come before the loop, which is the rest of
   * it. All of them: the loop is empty, and the last state can be kept for ever.
   */
  readonly loops: ReadonlyMap<string, number>;
  readonly witnessed: ReadonlyMap<string, Trace>; // each `sometimes` that holds somewhere
  readonly unwitnessed: readonly string[];
  readonly deadlock: Trace | null; // to a state in which no offer is enabled
  readonly refusals: readonly Refusal[];
  readonly evaluations: number; // states and events XState was asked about for this search alone
};

export const SCOUT = 5_000; // states
export const OFFERS_MAX = 2 ** 16; // a kernel keeps the number of an offer in two bytes

/**
 * Visits every state the system can reach and judges `properties` and monitors in each.
 *
 * `transitions` counts pairs of a state and an offer enabled in it; `depth` is the number of steps
 * to the furthest state. Every trace has been replayed through XState itself. All are shortest but
 * that of a response: it comes to its loop by a shortest way, and goes round once (`fairLoop`).
 *
 * @throws LimitReached when a limit of the options is reached: nothing is then proved.
 * @throws TypeError for a system or a property that is not well formed.
 */
export function search(
  system: System,
  properties: readonly Property[],
  options: SearchOptions & { readonly onProgress?: (progress: Progress) => void },
): SearchResult {
  return finished(searching(system, properties, options), options.onProgress);
}

/**
 * The same in turns, for whoever has something else to do meanwhile: it yields about every 20,000
 * states, and a search that is not resumed is given up.
 */
export function* searching(
  system: System,
  properties: readonly Property[],
  options: SearchOptions,
): Generator<Progress, SearchResult, void> {
  const composition = compose(system);
  const before = composition.evaluations;
  const checked = checkedProperties(composition, properties);
  const explored = yield* explore(composition, checked, options);
  const findings = findingsOf(composition, checked, explored);
  return { ...findings, evaluations: composition.evaluations - before };
}

/** A small system is done before it pays to pack its states. */
function* explore(
  composition: Composition,
  properties: readonly CheckedProperty[],
  options: SearchOptions,
): Generator<Progress, Explored, void> {
  const { engine = hasWasm() ? 'wasm' : 'javascript', scout = SCOUT } = options;
  const isPlain = engine === 'plain' || composition.offers.length > OFFERS_MAX;
  const plain = new PlainSweep(composition, properties, options);
  if (yield* plain.run(isPlain ? undefined : scout)) return plain;
  const { sample } = plain;
  const groups = groupingFor(composition.system, sample.rows, sample.count);
  const engineIn = engine === 'wasm' ? wasmEngine : javascriptEngine;
  const scouted = { ...sample, groups };
  const fast = new KernelSweep(composition, properties, options, engineIn, scouted);
  yield* fast.run();
  return fast;
}
