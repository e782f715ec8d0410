/**
 * Measures the whole catalogue. `goldens.json` holds the result, from which every table is printed.
 * A test measures it again and compares.
 */
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { CLAIMS } from '../catalogue.ts';
import { type ClaimResult, checkClaim } from '../check.ts';
import { expectedVerdict, type Fault, type Verdict } from '../claim.ts';
import { DEPLOYMENTS } from '../deployments/deployments.ts';
import { ATTACKS } from '../faults/attacks/attacks.ts';
import { FAULTS } from '../faults/faults.ts';
import { type Kill, killOf, MUTANTS } from '../faults/mutants.ts';
import { sequencesTo } from '../random/sequences-to-find.ts';

export type Measured = {
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly trace: number | null; // steps of the counterexample or witness
  readonly loop?: number; // steps before the loop; absent: there is no loop
};

export type Broken = Readonly<
  Record<string, Pick<Measured, 'verdict' | 'states' | 'trace' | 'loop'>>
>; // by claim

export type Goldens = {
  /** By deployment, then by claim. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, Measured>>>>;
  readonly refusals: readonly string[]; // in all deployments together
  readonly faults: Readonly<Record<string, Broken>>; // by fault
  /** By attack that a fault makes possible; then as `faults`. */
  readonly attacks: Readonly<Record<string, Broken>>;
  /** By attack: the random sequences until it is found; null: no single run shows it. */
  readonly sequences: Readonly<Record<string, number | null>>;
  readonly mutants: Readonly<Record<string, Kill | null>>; // by mutant; null: no claim kills it
};

/** More than any deployment of the catalogue has. */
const STATES_MAX = 1_000_000;

export const claimsAbout = (deployment: Deployment) =>
  CLAIMS.filter((claim) => claim.appliesTo(deployment));

const lengthsOf = ({ trace, loop }: ClaimResult): Pick<Measured, 'trace' | 'loop'> => ({
  trace: trace?.length ?? null,
  ...(loop === null ? {} : { loop }),
});

export function measureDeployment(deployment: Deployment): {
  readonly verdicts: Readonly<Record<string, Measured>>;
  readonly refusals: readonly string[];
} {
  const results = claimsAbout(deployment).map((claim) =>
    checkClaim(claim, deployment, { statesMax: STATES_MAX }),
  );
  return {
    verdicts: Object.fromEntries(
      results.map((result) => {
        const { claim, verdict, states, transitions, depth } = result;
        return [claim.id, { verdict, states, transitions, depth, ...lengthsOf(result) }];
      }),
    ),
    refusals: results.flatMap(({ refusals }) => refusals),
  };
}

/** The claims whose verdict the fault changes, in its own deployment. */
export function measureFault({ deployment, inject }: Fault): Broken {
  const machines = inject(MACHINES);
  const changed = claimsAbout(deployment).flatMap((claim) => {
    const result = checkClaim(claim, deployment, { statesMax: STATES_MAX, machines });
    const without =
      expectedVerdict(claim, deployment) ??
      checkClaim(claim, deployment, { statesMax: STATES_MAX }).verdict;
    return result.verdict === without ? [] : [result];
  });
  return Object.fromEntries(
    changed.map((result) => [
      result.claim.id,
      { verdict: result.verdict, states: result.states, ...lengthsOf(result) },
    ]),
  );
}

/** @param onProgress - receives the name of what is measured next. */
export function measureAll(onProgress: (what: string) => void): Goldens {
  const about = DEPLOYMENTS.map((deployment) => {
    onProgress(deployment.name);
    return { deployment, ...measureDeployment(deployment) };
  });
  return {
    verdicts: Object.fromEntries(
      about.map(({ deployment, verdicts }) => [deployment.name, verdicts]),
    ),
    refusals: [...new Set(about.flatMap(({ refusals }) => refusals))].sort(),
    faults: Object.fromEntries(
      FAULTS.map((fault) => {
        onProgress(fault.id);
        return [fault.id, measureFault(fault)];
      }),
    ),
    attacks: Object.fromEntries(
      ATTACKS.flatMap(({ id, deployment, fault }) =>
        fault === null ? [] : [[id, measureFault({ ...fault, deployment })]],
      ),
    ),
    sequences: Object.fromEntries(
      ATTACKS.map((attack) => {
        onProgress(`random search for ${attack.id}`);
        return [attack.id, sequencesTo(attack)];
      }),
    ),
    mutants: Object.fromEntries(
      MUTANTS.map((mutant) => {
        onProgress(mutant.id);
        return [mutant.id, killOf(mutant)];
      }),
    ),
  };
}
