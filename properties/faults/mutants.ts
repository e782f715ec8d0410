/**
 * Every mistake of one kind: each guard made always true or always false, each update and each
 * effect left out, one at a time. Made mechanically, from what the machines name.
 */
import { type AnyStateMachine, assign } from 'xstate';
import { LimitReached } from '../../checker/explore/limits.ts';
import { MachineError } from '../../checker/model/table.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf } from '../../machines/system/topology.ts';
import { CLAIMS } from '../catalogue.ts';
import { type ClaimResult, checkClaim } from '../check.ts';
import type { Claim } from '../claim.ts';
import { LAPSING } from '../deployments/lapsing.ts';
import * as plain from '../deployments/plain.ts';
import { WITH_ADVERSARY } from '../deployments/with-adversary.ts';
import { POOLS } from '../deployments/with-pools.ts';
import { WITH_PROXIES } from '../deployments/with-proxies.ts';
import { REDIRECTING } from '../deployments/with-redirects.ts';
import { replacing } from './fault.ts';

export type Mutant = {
  readonly id: string; // 'ntlmServerConnection.provesUser := true'
  readonly machine: keyof Machines;
  readonly mutated: AnyStateMachine;
  readonly fixed: { readonly guard: string; readonly answer: boolean } | null; // null: an action
};

/** It changes nothing, and `transition` does not name it: an update or an effect left out. */
const leftOut = assign({});

export function mutantsOf(machine: keyof Machines): readonly Mutant[] {
  const honest: AnyStateMachine = MACHINES[machine];
  const { guards, actions } = honest.implementations;
  return [
    ...Object.keys(guards).flatMap((guard) =>
      [true, false].map((answer) => ({
        id: `${machine}.${guard} := ${answer}`,
        machine,
        mutated: replacing(honest, { guards: { [guard]: () => answer } }),
        fixed: { guard, answer },
      })),
    ),
    ...Object.keys(actions).map((action) => ({
      id: `${machine}.${action} left out`,
      machine,
      mutated: replacing(honest, { actions: { [action]: leftOut } }),
      fixed: null,
    })),
  ];
}

export const MUTANTS: readonly Mutant[] = (Object.keys(MACHINES) as (keyof Machines)[]).flatMap(
  mutantsOf,
);

/** Deployments that kill nothing that smaller ones leave alive, and take long to do so. */
const TOO_LARGE = /^(?:rotating-proxy|binding rewritten|MIC flag hidden)/;

/** Where mutants are hunted, cheapest first. */
export const MUTANT_DEPLOYMENTS: readonly Deployment[] = [
  plain.SINGLE,
  plain.STAYING_OPEN,
  plain.ARTICLE,
  plain.NETWORK_LOGON,
  plain.BASIC_THEN_NTLM,
  plain.THREE_HOPS,
  plain.ARTICLE_EVERY_PAGE,
  plain.DIRECT_LINK,
  ...LAPSING,
  ...REDIRECTING,
  ...POOLS,
  ...WITH_PROXIES,
  ...WITH_ADVERSARY,
]
  .filter(({ name }) => !TOO_LARGE.test(name))
  .flatMap(deploymentsOf);

/**
 * A claim that tells a mutant from the honest machines, and the deployment in which it does: by
 * its verdict, or because the mutant cannot be judged: it throws, or has ten times the states.
 */
export type Kill = {
  readonly claim: string;
  readonly deployment: string;
  readonly by: 'verdict' | 'failure';
};

/** More than the honest machines have anywhere. */
const STATES_MAX = 1_000_000;
/** A mutant with more states than this, for each of the honest machines', counts as endless. */
const STATES_RATIO = 10;

/** How the claim kills the mutant in the deployment. Null: it comes out as without the mutant. */
export function killBy(
  claim: Claim,
  deployment: Deployment,
  { machine, mutated }: Mutant,
): Kill['by'] | null {
  const honest = honestly(claim, deployment);
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  try {
    const { verdict } = checkClaim(claim, deployment, {
      statesMax: STATES_RATIO * honest.states,
      machines,
      stopAtViolation: true,
    });
    return verdict === honest.verdict ? null : 'verdict';
  } catch (error) {
    if (error instanceof MachineError || error instanceof LimitReached) return 'failure';
    throw error;
  }
}

/** True when the kill is as it is said to be. */
export function isKill({ claim, deployment, by }: Kill, mutant: Mutant): boolean {
  const judged = CLAIMS.find(({ id }) => id === claim)!;
  const ground = MUTANT_DEPLOYMENTS.find(({ name }) => name === deployment)!;
  return killBy(judged, ground, mutant) === by;
}

/** True where the claim looks at no such machine, and so cannot tell it from a mutant. */
const overlooks = (claim: Claim, deployment: Deployment, machine: keyof Machines): boolean =>
  claim
    .subjects(deployment, MACHINES)
    .every(({ system }) => system.every((part) => part.machine !== MACHINES[machine]));

/**
 * True where the claim cannot tell the mutant from the honest machine, since its guard never
 * answers there but as the mutant's does: then nothing in the search is any different.
 */
const agrees = (claim: Claim, deployment: Deployment, { machine, fixed }: Mutant): boolean =>
  fixed !== null &&
  !honestly(claim, deployment).answers.has(answerOf(machine, fixed.guard, !fixed.answer));

const answerOf = (machine: string, guard: string, answer: boolean) =>
  `${machine}.${guard}: ${answer}`;

/** What is seen while a claim is judged of the honest machines. */
type Seen = Pick<ClaimResult, 'verdict' | 'states'> & { readonly answers: ReadonlySet<string> };
const seen = new Map<string, Seen>();

function honestly(claim: Claim, deployment: Deployment): Seen {
  const key = `${claim.id} in ${deployment.name}`;
  const known = seen.get(key);
  if (known !== undefined) return known;
  const answers = new Set<string>();
  const machines = listening(answers);
  const { verdict, states } = checkClaim(claim, deployment, { statesMax: STATES_MAX, machines });
  seen.set(key, { verdict, states, answers });
  return { verdict, states, answers };
}

/** The honest machines, whose guards note their answers. Made anew, so that each is asked. */
function listening(answers: Set<string>): Machines {
  const entries = Object.entries<AnyStateMachine>(MACHINES).map(([name, machine]) => {
    const guards = Object.keys(machine.implementations.guards).map((guard) => {
      const ask = machine.implementations.guards[guard]!; // it is one of its keys
      const listen = (...args: Parameters<typeof ask>) => {
        const answer = ask(...args);
        answers.add(answerOf(name, guard, answer));
        return answer;
      };
      return [guard, listen];
    });
    return [name, machine.provide({ guards: Object.fromEntries(guards) })];
  });
  return Object.fromEntries(entries);
}

/** The first kill there is, cheapest ground first. Null: no claim tells the mutant apart. */
export function killOf(mutant: Mutant): Kill | null {
  for (const deployment of MUTANT_DEPLOYMENTS)
    for (const claim of CLAIMS) {
      if (!claim.appliesTo(deployment) || overlooks(claim, deployment, mutant.machine)) continue;
      if (agrees(claim, deployment, mutant)) continue;
      const by = killBy(claim, deployment, mutant);
      if (by !== null) return { claim: claim.id, deployment: deployment.name, by };
    }
  return null;
}
