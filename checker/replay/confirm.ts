/** What stands between a finding and its report. */
import type { Composition } from '../model/composition.ts';
import { snapshotKey } from '../model/state-key.ts';
import type { Response, Trace } from '../model/system.ts';
import { disagreement, replay } from './replay.ts';
import { replayLoop } from './replay-loop.ts';

/**
 * The trace that takes `offers`, replayed through XState without the tables that found it.
 *
 * @throws Error where a step, a delivery or a snapshot at the end differs: a fault of the checker.
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
 * The trace that takes `offers`, of which those from `start` on go round for ever. Besides what a
 * trace is asked, XState itself must say that they do, that they are fair, and that all the while
 * something is owed.
 *
 * @throws Error where it says otherwise: a fault of the checker.
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
