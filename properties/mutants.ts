/**
 * Every mistake of one kind: each guard made always true or always false, each update and each
 * effect left out, one at a time. Made mechanically, from what the machines name.
 */
import { type AnyStateMachine, assign } from 'xstate';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';
import { deploymentsOf } from '../machines/system/topology.ts';
import { CLAIMS } from './catalogue.ts';
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

/** A claim that tells a mutant from the honest machines, and the deployment in which it does. */
export type Kill = { readonly claim: string; readonly deployment: string };

/** Far more than any hunting ground has: a mutant that makes the states endless is killed too. */
const STATES_MAX = 200_000;

/** True when the claim comes out otherwise than theory expects, or cannot be judged any more. */
export function kills({ claim, deployment }: Kill, { machine, mutated }: Mutant): boolean {
  const judged = CLAIMS.find(({ id }) => id === claim)!;
  const ground = HUNTING_GROUNDS.find(({ name }) => name === deployment)!;
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  try {
    const { verdict, expected } = judge(judged, ground, { statesMax: STATES_MAX, machines });
    return verdict !== expected;
  } catch {
    return true; // a machine that fails to run, or never ends, is found out as well
  }
}

/** The first kill there is, cheapest ground first. Null: no claim tells the mutant apart. */
export function killOf(mutant: Mutant): Kill | null {
  for (const deployment of HUNTING_GROUNDS)
    for (const claim of CLAIMS) {
      if (!claim.appliesTo(deployment)) continue;
      const kill = { claim: claim.id, deployment: deployment.name };
      if (kills(kill, mutant)) return kill;
    }
  return null;
}
