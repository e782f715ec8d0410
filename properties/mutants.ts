/**
 * Every mistake of one kind: each guard made always true or always false, each update and each
 * effect left out, one at a time. Made mechanically, from what the machines name.
 */
import { type AnyStateMachine, assign } from 'xstate';
import { LimitReached } from '../checker/limits.ts';
import { MachineError } from '../checker/table.ts';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { deploymentsOf } from '../machines/system/topology.ts';
import { CLAIMS } from './catalogue.ts';
import type { Claim } from './claim.ts';
import {
  ARTICLE,
  ARTICLE_EVERY_PAGE,
  BASIC_THEN_NTLM,
  DIRECT_LINK,
  NETWORK_LOGON,
  SINGLE,
  STAYING_OPEN,
  THREE_HOPS,
} from './deployments.ts';
import { judge } from './judge.ts';
import { replacing } from './sabotages.ts';

export type Mutant = {
  readonly id: string; // 'ntlmServerConnection.provesUser := true'
  readonly machine: keyof Machines;
  readonly mutated: AnyStateMachine;
};

/** It changes nothing, and `transition` does not name it: an update or an effect left out. */
const leftOut = assign({});

export function mutantsOf(machine: keyof Machines): readonly Mutant[] {
  const honest: AnyStateMachine = MACHINES[machine];
  const { guards, actions } = honest.implementations;
  const mutant = (what: string, replacements: Parameters<AnyStateMachine['provide']>[0]) => ({
    id: `${machine}.${what}`,
    machine,
    mutated: replacing(honest, replacements),
  });
  return [
    ...Object.keys(guards).flatMap((name) => [
      mutant(`${name} := true`, { guards: { [name]: () => true } }),
      mutant(`${name} := false`, { guards: { [name]: () => false } }),
    ]),
    ...Object.keys(actions).map((name) =>
      mutant(`${name} left out`, { actions: { [name]: leftOut } }),
    ),
  ];
}

export const MUTANTS: readonly Mutant[] = (Object.keys(MACHINES) as (keyof Machines)[]).flatMap(
  mutantsOf,
);

/** Where mutants are hunted, cheapest first. */
export const HUNTING_GROUNDS: readonly Deployment[] = [
  SINGLE,
  STAYING_OPEN,
  ARTICLE,
  NETWORK_LOGON,
  BASIC_THEN_NTLM,
  THREE_HOPS,
  ARTICLE_EVERY_PAGE,
  DIRECT_LINK,
].flatMap(deploymentsOf);

/**
 * A claim that tells a mutant from the honest machines, and the deployment in which it does: by
 * its verdict, or because the mutant cannot be judged: it throws, or its states have no end.
 */
export type Kill = {
  readonly claim: string;
  readonly deployment: string;
  readonly by: 'verdict' | 'failure';
};

/** Far more than any hunting ground has: a mutant that makes the states endless is killed too. */
const STATES_MAX = 200_000;

/** How the claim kills the mutant in the deployment. Null: it comes out as theory expects. */
export function killBy(
  claim: Claim,
  deployment: Deployment,
  { machine, mutated }: Mutant,
): Kill['by'] | null {
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  try {
    const { verdict, expected } = judge(claim, deployment, { statesMax: STATES_MAX, machines });
    return verdict === expected ? null : 'verdict';
  } catch (error) {
    if (error instanceof MachineError || error instanceof LimitReached) return 'failure';
    throw error;
  }
}

/** True when the kill is as it is said to be. */
export function isKill({ claim, deployment, by }: Kill, mutant: Mutant): boolean {
  const judged = CLAIMS.find(({ id }) => id === claim)!;
  const ground = HUNTING_GROUNDS.find(({ name }) => name === deployment)!;
  return killBy(judged, ground, mutant) === by;
}

/** The first kill there is, cheapest ground first. Null: no claim tells the mutant apart. */
export function killOf(mutant: Mutant): Kill | null {
  for (const deployment of HUNTING_GROUNDS)
    for (const claim of CLAIMS) {
      if (!claim.appliesTo(deployment)) continue;
      const by = killBy(claim, deployment, mutant);
      if (by !== null) return { claim: claim.id, deployment: deployment.name, by };
    }
  return null;
}
