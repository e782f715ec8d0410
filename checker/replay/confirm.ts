/** Replays each trace through XState before a search reports it. */
import type { Composition } from '../model/composition.ts';
import { snapshotKey } from '../model/state-key.ts';
import type { Response, Trace } from '../model/system.ts';
import { disagreement, replay } from './replay.ts';
import { replayLoop } from './replay-loop.ts';

/**
 * The trace that takes `offers`, replayed through XState without the tables that found it.
 *
 * @throws Error if a step, a delivery or a snapshot at the end differs: a fault of the checker.
 */
export function confirmedTrace(composition: Composition, offers: readonly number[]): Trace {
  const trace = composition.trace(offers);
  const run = replay(composition.system, trace);
  composition.system.forEach(({ name }, i) => {
    const found = snapshotKey(composition.snapshot(i, composition.next[i]!));
    const truth = snapshotKey(run.snapshot(name));
    if (found === truth) return;
    throw disagreement(`the end of the trace: ${name} is ${found}, in XState ${truth}`);
  });
  return trace;
}

/**
 * The trace that takes `offers`; those from `start` on form a loop. The replay also confirms that
 * the loop closes, is fair, and owes a response in each of its states.
 *
 * @throws Error if the replay finds otherwise: a fault of the checker.
 */
export function confirmedLasso(
  composition: Composition,
  response: Response,
  offers: readonly number[],
  start: number,
): Trace {
  const trace = confirmedTrace(composition, offers);
  replayLoop(composition.system, response, trace, start);
  return trace;
}
