/**
 * Mutants, made mechanically from the names in the machines: each guard is made always true or
 * always false, and each action is left out, one at a time.
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

/** Changes nothing, and `transition` does not report it. */
const leftOut = assign({});

export function mutantsOf(machine: keyof Machines): readonly Mutant[] {
  const original: AnyStateMachine = MACHINES[machine];
  const { guards, actions } = original.implementations;
  return [
    ...Object.keys(guards).flatMap((guard) =>
      [true, false].map((answer) => ({
        id: `${machine}.${guard} := ${answer}`,
        machine,
        mutated: replacing(original, { guards: { [guard]: () => answer } }),
        fixed: { guard, answer },
      })),
    ),
    ...Object.keys(actions).map((action) => ({
      id: `${machine}.${action} left out`,
      machine,
      mutated: replacing(original, { actions: { [action]: leftOut } }),
      fixed: null,
    })),
  ];
}

export const MUTANTS: readonly Mutant[] = (Object.keys(MACHINES) as (keyof Machines)[]).flatMap(
  mutantsOf,
);

/** Large deployments that kill no mutant that the smaller ones leave alive. */
const TOO_LARGE = /^(?:rotating-proxy|binding rewritten|MIC flag hidden)/;

/** The deployments in which mutants are checked, cheapest first. */
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
 * A claim that tells a mutant from the unmutated machines, and the deployment in which it does: by
 * its verdict, or by failure: the mutant throws, or has more than ten times as many states.
 */
export type Kill = {
  readonly claim: string;
  readonly deployment: string;
  readonly by: 'verdict' | 'failure';
};

/** More than the unmutated machines have in any deployment. */
const STATES_MAX = 1_000_000;
/** A mutant with more than this many times the unmutated states counts as endless. */
const STATES_RATIO = 10;

/** How the claim kills the mutant in the deployment. Null: the verdict does not change. */
export function killBy(
  claim: Claim,
  deployment: Deployment,
  { machine, mutated }: Mutant,
): Kill['by'] | null {
  const unmutated = unmutatedResult(claim, deployment);
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  try {
    const { verdict } = checkClaim(claim, deployment, {
      statesMax: STATES_RATIO * unmutated.states,
      machines,
      stopAtViolation: true,
    });
    return verdict === unmutated.verdict ? null : 'verdict';
  } catch (error) {
    if (error instanceof MachineError || error instanceof LimitReached) return 'failure';
    throw error;
  }
}

/** True when the mutant is killed in this way. */
export function isKill({ claim, deployment, by }: Kill, mutant: Mutant): boolean {
  const killer = CLAIMS.find(({ id }) => id === claim)!;
  const ground = MUTANT_DEPLOYMENTS.find(({ name }) => name === deployment)!;
  return killBy(killer, ground, mutant) === by;
}

/** True where no system of the claim contains the machine. */
const overlooks = (claim: Claim, deployment: Deployment, machine: keyof Machines): boolean =>
  claim
    .subjects(deployment, MACHINES)
    .every(({ system }) => system.every((part) => part.machine !== MACHINES[machine]));

/**
 * True where the guard always answers as the mutant's does while the claim is checked, so that the
 * search is the same.
 */
const agrees = (claim: Claim, deployment: Deployment, { machine, fixed }: Mutant): boolean =>
  fixed !== null &&
  !unmutatedResult(claim, deployment).answers.has(answerOf(machine, fixed.guard, !fixed.answer));

const answerOf = (machine: string, guard: string, answer: boolean) =>
  `${machine}.${guard}: ${answer}`;

/** The result of a claim for the unmutated machines, with the answers of their guards. */
type Unmutated = Pick<ClaimResult, 'verdict' | 'states'> & {
  readonly answers: ReadonlySet<string>;
};
const known = new Map<string, Unmutated>();

function unmutatedResult(claim: Claim, deployment: Deployment): Unmutated {
  const key = `${claim.id} in ${deployment.name}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const answers = new Set<string>();
  const machines = recording(answers);
  const { verdict, states } = checkClaim(claim, deployment, { statesMax: STATES_MAX, machines });
  known.set(key, { verdict, states, answers });
  return { verdict, states, answers };
}

/** The unmutated machines, whose guards record their answers in `answers`. */
function recording(answers: Set<string>): Machines {
  const entries = Object.entries<AnyStateMachine>(MACHINES).map(([name, machine]) => {
    const guards = Object.keys(machine.implementations.guards).map((guard) => {
      const ask = machine.implementations.guards[guard]!; // it is one of its keys
      const record = (...args: Parameters<typeof ask>) => {
        const answer = ask(...args);
        answers.add(answerOf(name, guard, answer));
        return answer;
      };
      return [guard, record];
    });
    return [name, machine.provide({ guards: Object.fromEntries(guards) })];
  });
  return Object.fromEntries(entries);
}

/** The first kill, in the cheapest deployment. Null: no claim kills the mutant. */
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
