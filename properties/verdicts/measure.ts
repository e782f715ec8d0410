/**
 * The whole catalogue, measured: what `pins.json` holds, and what every table is printed from.
 * Nothing in it is written by hand; a test measures it all again and compares.
 */
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { CLAIMS } from '../catalogue.ts';
import { type Judgement, judge } from '../check.ts';
import type { Sabotage, Verdict } from '../claim.ts';
import { DEPLOYMENTS } from '../deployments/deployments.ts';
import { ATTACKS } from '../faults/attacks/attacks.ts';
import { SABOTAGES } from '../faults/faults.ts';
import { type Kill, killOf, MUTANTS } from '../faults/mutants.ts';
import { sequencesTo } from '../random/sequences-to-find.ts';

export type Measured = {
  readonly verdict: Verdict;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
  readonly trace: number | null; // steps of the counterexample or witness
  readonly loop?: number; // how many of them come before the loop, where there is one
};

export type Broken = Readonly<
  Record<string, Pick<Measured, 'verdict' | 'states' | 'trace' | 'loop'>>
>; // by claim

export type Pins = {
  /** By deployment, then by claim. */
  readonly verdicts: Readonly<Record<string, Readonly<Record<string, Measured>>>>;
  readonly refusals: readonly string[]; // in all deployments together
  readonly sabotages: Readonly<Record<string, Broken>>; // by sabotage
  /** By attack that a mistake makes possible, as of sabotages. */
  readonly attacks: Readonly<Record<string, Broken>>;
  /** By attack: after how many random sequences it is found; null: no single run shows it. */
  readonly hunts: Readonly<Record<string, number | null>>;
  readonly mutants: Readonly<Record<string, Kill | null>>; // by mutant; null: no claim kills it
};

/** More than any deployment of the catalogue has. */
const STATES_MAX = 1_000_000;

export const claimsAbout = (deployment: Deployment) =>
  CLAIMS.filter((claim) => claim.appliesTo(deployment));

const lengthsOf = ({ trace, loop }: Judgement): Pick<Measured, 'trace' | 'loop'> => ({
  trace: trace?.length ?? null,
  ...(loop === null ? {} : { loop }),
});

export function measureDeployment(deployment: Deployment): {
  readonly verdicts: Readonly<Record<string, Measured>>;
  readonly refusals: readonly string[];
} {
  const judgements = claimsAbout(deployment).map((claim) =>
    judge(claim, deployment, { statesMax: STATES_MAX }),
  );
  return {
    verdicts: Object.fromEntries(
      judgements.map((judgement) => {
        const { claim, verdict, states, transitions, depth } = judgement;
        return [claim.id, { verdict, states, transitions, depth, ...lengthsOf(judgement) }];
      }),
    ),
    refusals: judgements.flatMap(({ refusals }) => refusals),
  };
}

/** The claims whose verdict the sabotage changes, in its own deployment. */
export function measureSabotage({ deployment, weaken }: Sabotage): Broken {
  const machines = weaken(MACHINES);
  const judgements = claimsAbout(deployment).map((claim) =>
    judge(claim, deployment, { statesMax: STATES_MAX, machines }),
  );
  return Object.fromEntries(
    judgements
      .filter(({ verdict, expected }) => verdict !== expected)
      .map((judgement) => [
        judgement.claim.id,
        { verdict: judgement.verdict, states: judgement.states, ...lengthsOf(judgement) },
      ]),
  );
}

/** @param onProgress - is told what is measured next. */
export function measureAll(onProgress: (what: string) => void): Pins {
  const about = DEPLOYMENTS.map((deployment) => {
    onProgress(deployment.name);
    return { deployment, ...measureDeployment(deployment) };
  });
  return {
    verdicts: Object.fromEntries(
      about.map(({ deployment, verdicts }) => [deployment.name, verdicts]),
    ),
    refusals: [...new Set(about.flatMap(({ refusals }) => refusals))].sort(),
    sabotages: Object.fromEntries(
      SABOTAGES.map((sabotage) => {
        onProgress(sabotage.id);
        return [sabotage.id, measureSabotage(sabotage)];
      }),
    ),
    attacks: Object.fromEntries(
      ATTACKS.flatMap(({ id, deployment, sabotage }) =>
        sabotage === null ? [] : [[id, measureSabotage({ ...sabotage, deployment })]],
      ),
    ),
    hunts: Object.fromEntries(
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
