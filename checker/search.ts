/** Exhaustive breadth-first search: traces are shortest, and loops nearly so. */

import { type CheckedProperty, checkedProperties } from './explore/checked-property.ts';
import type { Explored, SweepOptions } from './explore/explored.ts';
import { buildWatch, type Progress } from './explore/limits.ts';
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
 * All engines report the same; they differ in time and memory.
 *
 * - `plain`: the search as defined, with a row of numbers per state.
 * - `javascript`: packed states, and a kernel in JavaScript.
 * - `wasm`: packed states, and a kernel in WebAssembly.
 */
export type EngineName = 'plain' | 'javascript' | 'wasm';

export type SearchOptions = SweepOptions &
  ThreadOptions & {
    readonly engine?: EngineName; // default: `wasm`, or `javascript` without WebAssembly
    /** States to search plainly first, to learn how to pack states. Default: 5,000. */
    readonly scout?: number;
    /** Receives the milliseconds so far while the system is composed, before there is a state. */
    readonly onBuilding?: (milliseconds: number) => void;
  };

export type SearchResult = Progress & {
  readonly exhausted: boolean; // false: stopped at a violation, and absence means nothing
  readonly violated: ReadonlyMap<string, Trace>; // properties and monitors, by name
  /**
   * By violated response: the number of steps of its trace before the loop. The remaining steps are
   * the loop; if there are none, a run may rest in the last state for ever.
   */
  readonly loops: ReadonlyMap<string, number>;
  readonly witnessed: ReadonlyMap<string, Trace>; // each `sometimes` that holds somewhere
  readonly unwitnessed: readonly string[];
  readonly deadlock: Trace | null; // to a state in which no offer is enabled
  readonly refusals: readonly Refusal[];
  readonly neverAccepted: readonly Refusal[]; // of messages that no state accepts; if exhausted
  readonly evaluations: number; // pairs of a state and an event that XState newly evaluated
};

export const SCOUT = 5_000; // states
export const OFFERS_MAX = 2 ** 16; // a kernel keeps the number of an offer in two bytes

/**
 * Visits every reachable state and checks `properties` and monitors in each.
 *
 * `transitions` counts pairs of a state and an offer enabled in it; `depth` is the number of steps
 * to the furthest state. Every trace has been replayed through XState itself. All traces are
 * shortest, except for a response: a shortest path to the loop, then the loop once (`fairLoop`).
 *
 * @throws LimitReached when a limit of the options is reached; the search then proves nothing.
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
 * The same search in turns: it yields its progress about every 20,000 states, and a caller that
 * does not resume it cancels it.
 */
export function* searching(
  system: System,
  properties: readonly Property[],
  options: SearchOptions,
): Generator<Progress, SearchResult, void> {
  const composition = compose(system, buildWatch(options, options.onBuilding));
  const before = composition.evaluations;
  const checked = checkedProperties(composition, properties);
  const explored = yield* explore(composition, checked, options);
  const findings = findingsOf(composition, checked, explored);
  return { ...findings, evaluations: composition.evaluations - before };
}

/** Searches plainly first, because packing does not pay for a small system. */
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
