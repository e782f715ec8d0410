/** What makes a lasso a counterexample, asked of XState alone: no tables, no numbers. */
import type { AnyEventObject } from 'xstate';
import { snapshotKey, stateKey } from '../model/state-key.ts';
import type { Response, System, Trace } from '../model/system.ts';
import { disagreement, plainStart, plainStep, type Snapshots } from './replay.ts';

/**
 * Takes the trace anew, and looks at the loop that begins after its first `start` steps.
 *
 * @returns null where the loop ends as it began, owes something in each of its states, and is
 *   fair: it takes nothing that is taken only finitely often, and what is weak is taken in it or
 *   somewhere not enabled. Else what is not so.
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
  if (released >= 0) return `a loop: nothing is owed ${released} steps into it`;
  return unfairness(system, response, trace.slice(start), round);
}

/** @throws Error where it has a fault: the checker found what is no loop. */
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

/** Where offers have no name in common, each is an action by itself. */
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
