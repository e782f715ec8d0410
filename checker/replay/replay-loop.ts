/** Confirms with XState alone, without tables or numbers, that a lasso is a counterexample. */
import type { AnyEventObject } from 'xstate';
import { snapshotKey, stateKey } from '../model/state-key.ts';
import type { Response, System, Trace } from '../model/system.ts';
import { disagreement, plainStart, plainStep, type Snapshots } from './replay.ts';

/**
 * Replays the trace and checks the loop that begins after its first `start` steps.
 *
 * @returns null if the loop ends in its first state, owes a response in each state, and is fair: it
 *   takes no `finite` offer, and each `weak` action is taken or somewhere not enabled. Otherwise
 *   the first condition that does not hold, in words.
 */
export function faultOfLoop(
  system: System,
  response: Response,
  trace: Trace,
  start: number,
): string | null {
  let state = plainStart(system);
  const states = [state]; // before each step, and after the last
  for (const [i, { component, event }] of trace.entries()) {
    const taken = plainStep(system, state, component, event);
    if (!taken) return `step ${i + 1} of a lasso: it is not enabled`;
    state = taken.after;
    states.push(state);
  }
  const round = states.slice(start);
  if (round.length === 0) return 'a loop: it starts after the end of its trace';
  const open = gapBetween(round[0]!, state);
  if (open !== null) return open;
  const released = round.findIndex((one) => owesNothing(response, one));
  if (released >= 0) return `a loop: no response is owed ${released} steps into it`;
  return unfairness(system, response, trace.slice(start), round);
}

/** @throws Error if the lasso is not a counterexample: a fault of the checker. */
export function replayLoop(system: System, response: Response, trace: Trace, start: number): void {
  const fault = faultOfLoop(system, response, trace, start);
  if (fault !== null) throw disagreement(fault);
}

function unfairness(
  system: System,
  response: Response,
  loop: Trace,
  round: readonly Snapshots[],
): string | null {
  for (const { component, event } of loop)
    if (response.fairness(component, event) === 'finite')
      return `a loop: ${component} takes ${event.type} for ever`;
  for (const { name, offers } of system)
    for (const event of offers) {
      if (response.fairness(name, event) !== 'weak') continue;
      const action = actionOf(response, name, event);
      const same = offers.filter(
        (other) =>
          response.fairness(name, other) === 'weak' && actionOf(response, name, other) === action,
      );
      const keys = same.map((one) => stateKey(one));
      const isTaken = loop.some(
        (step) => step.component === name && keys.includes(stateKey(step.event)),
      );
      const waits = (one: Snapshots) => same.some((other) => plainStep(system, one, name, other));
      if (isTaken || !round.every(waits)) continue;
      return `a loop: ${name} can always take ${event.type}, and never does`;
    }
  return null;
}

/** The action that an offer belongs to. Without `action`, each offer is an action by itself. */
const actionOf = ({ action }: Response, component: string, event: AnyEventObject): unknown =>
  action ? action(component, event) : event;

function gapBetween(first: Snapshots, last: Snapshots): string | null {
  for (const [name, snapshot] of first) {
    const [before, after] = [snapshotKey(snapshot), snapshotKey(last.get(name)!)];
    if (before !== after) return `the end of a loop: ${name} is ${after}, and began as ${before}`;
  }
  return null;
}

const owesNothing = ({ reads, holds }: Response, state: Snapshots): boolean =>
  holds(...reads.map((name) => state.get(name)!));
