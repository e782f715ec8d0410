/** Whether an injected fault made a violation possible: its machines and the usual ones compared. */
import type { AnyStateMachine } from 'xstate';
import { LimitReached } from '../../checker/explore/limits.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import { plainStart, plainStep } from '../../checker/replay/replay.ts';
import { faultOfLoop } from '../../checker/replay/replay-loop.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { checkClaim } from '../check.ts';
import type { Claim, Fault } from '../claim.ts';
import type { Reason, Run } from './cause.ts';

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

const STATES_MAX = 50_000; // without the fault. In a larger system, the fault is taken for the reason

/** Whether the claim is violated in the same way without the fault, which then made no difference. */
export function isPossibleWithout(claim: Claim, { deployment, trace, loop }: Run): boolean {
  const subjects = claim
    .subjects(deployment, MACHINES)
    .filter(({ system }) => takes(system, trace));
  if (claim.kind === 'always' || subjects.length === 0) return subjects.length > 0;
  if (claim.kind !== 'response') return isViolated(claim, deployment);
  return subjects.some(({ system, properties }) =>
    properties.some(
      (property) =>
        property.kind === 'response' &&
        faultOfLoop(system, property, trace, loop ?? trace.length) === null,
    ),
  );
}

function isViolated(claim: Claim, deployment: Deployment): boolean {
  try {
    return checkClaim(claim, deployment, { statesMax: STATES_MAX }).verdict === 'violated';
  } catch (error) {
    if (error instanceof LimitReached) return false;
    throw error;
  }
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
