/** Whether an injected fault made a violation possible: the run is tried without it. */
import type { AnyStateMachine } from 'xstate';
import { isUnviolated } from '../../checker/explore/checked-property.ts';
import { LimitReached } from '../../checker/explore/limits.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import { plainStart, plainStep, type Snapshots } from '../../checker/replay/replay.ts';
import { faultOfLoop } from '../../checker/replay/replay-loop.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { checkClaim } from '../check.ts';
import type { Claim, Fault, Subject } from '../claim.ts';
import type { Reason, Run } from './cause.ts';

/** What the fault replaces: "the guard isFreeFor of ntlmClientConnection". */
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

const STATES_MAX = 50_000; // without the fault. In a larger system, the fault counts as the reason

/** Whether the claim is violated in the same way without the fault. */
export function isPossibleWithout(claim: Claim, { deployment, trace, loop }: Run): boolean {
  const subjects = claim.subjects(deployment, MACHINES).flatMap(({ system, properties }) => {
    const end = endOf(system, trace);
    return end === null ? [] : [{ system, properties, end }];
  });
  if (subjects.length === 0) return false;
  switch (claim.kind) {
    case 'always':
      return subjects.some(isViolatedIn);
    case 'response':
      return subjects.some(({ system, properties }) =>
        properties.some(
          (property) =>
            property.kind === 'response' &&
            faultOfLoop(system, property, trace, loop ?? trace.length) === null,
        ),
      );
    default:
      return isViolated(claim, deployment);
  }
}

function isViolatedIn({ system, properties, end }: Subject & { readonly end: Snapshots }): boolean {
  const monitors = system.filter(({ monitor }) => monitor).map(({ name }) => end.get(name)!);
  return (
    !monitors.every(isUnviolated) ||
    properties.some(
      ({ kind, reads, holds }) =>
        kind === 'always' && !holds(...reads.map((name) => end.get(name)!)),
    )
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

/** The state after the trace. Null: some step is not taken, or has other effects. */
function endOf(system: System, trace: Trace): Snapshots | null {
  let state = plainStart(system);
  for (const { component, event, deliveries } of trace) {
    if (!state.has(component)) return null;
    const taken = plainStep(system, state, component, event);
    if (taken === null || stateKey(taken.step.deliveries) !== stateKey(deliveries)) return null;
    state = taken.after;
  }
  return state;
}
