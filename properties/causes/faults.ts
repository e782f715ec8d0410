/** Whether an injected fault made a violation possible: its machines and the usual ones compared. */
import type { AnyStateMachine } from 'xstate';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import { plainStart, plainStep } from '../../checker/replay/replay.ts';
import { faultOfLoop } from '../../checker/replay/replay-loop.ts';
import { MACHINES, type Machines, systemOf } from '../../machines/system/deployment.ts';
import type { Claim, Fault } from '../claim.ts';
import type { Reason, Run } from './cause.ts';
import { continuation } from './continuation.ts';
import { stateAfter } from './waiting.ts';

/** The guards and actions that the fault replaces: "the guard isFreeFor of ntlmClientConnection". */
function replaced(machines: Machines): string {
  const names = (Object.keys(MACHINES) as (keyof Machines)[]).flatMap((machine) => {
    const [own, usual]: AnyStateMachine[] = [machines[machine], MACHINES[machine]] as never;
    return (['guards', 'actions'] as const).flatMap((kind) =>
      Object.keys(usual!.implementations[kind])
        .filter((name) => own!.implementations[kind][name] !== usual!.implementations[kind][name])
        .map((name) => `the ${kind === 'guards' ? 'guard' : 'action'} ${name} of ${machine}`),
    );
  });
  return names.join(' and ');
}

export const faultReason = ({ id, what }: Fault, machines: Machines): Reason => ({
  because: `of the fault ${id}, in ${replaced(machines)}: ${what}`,
  allowedBy: null,
});

/**
 * Whether the usual machines take all steps of the run too, and then go on in the same way: the
 * fault then made no difference.
 */
export function isPossibleWithout(claim: Claim, run: Run): boolean {
  const { deployment, trace, loop } = run;
  const subjects = claim
    .subjects(deployment, MACHINES)
    .filter(({ system }) => takes(system, trace));
  if (claim.kind === 'always' || subjects.length === 0) return subjects.length > 0;
  if (claim.kind !== 'response') return isSameAfterwards(run);
  return subjects.some(({ system, properties }) =>
    properties.some(
      (property) =>
        property.kind === 'response' &&
        faultOfLoop(system, property, trace, loop ?? trace.length) === null,
    ),
  );
}

function isSameAfterwards({ deployment, trace, machines }: Run): boolean {
  const [faulty, usual] = [machines, MACHINES].map((which) => {
    const system = systemOf(deployment, which);
    return continuation(system, stateAfter(system, trace)).steps;
  });
  return stateKey(faulty) === stateKey(usual);
}

function takes(system: System, trace: Trace): boolean {
  let state = plainStart(system);
  for (const { component, event, deliveries } of trace) {
    if (!state.has(component)) return false;
    const taken = plainStep(system, state, component, event);
    if (taken === null || stateKey(taken.step.deliveries) !== stateKey(deliveries)) return false;
    state = taken.after;
  }
  return true;
}
