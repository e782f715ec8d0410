/** Where claims fail, as measured: in the catalogue, with a fault, or under an attack. */
import { type Claim, isNegative } from '../claim.ts';
import { DEPLOYMENTS } from '../deployments/deployments.ts';
import { ATTACKS } from '../faults/attacks/attacks.ts';
import type { Goldens, Measured } from './measure.ts';

export type Failing = {
  readonly where: string; // the deployment's name, or the id of the fault or the attack
  readonly steps: number | null; // of the shortest counterexample; null: a witness is missing
};

type Result = Pick<Measured, 'verdict' | 'trace'>;

/** What was measured of the claim, by deployment, in the order of the catalogue. */
export const measuredOf = ({ id }: Claim, { verdicts }: Goldens) =>
  DEPLOYMENTS.flatMap((deployment) => {
    const measured = verdicts[deployment.name]?.[id];
    return measured === undefined ? [] : [{ deployment, measured }];
  });

/** Deployments of the catalogue in which `given` is false and the claim fails; shortest first. */
export const failingWhereNotGiven = (claim: Claim, goldens: Goldens): readonly Failing[] =>
  measuredOf(claim, goldens)
    .filter(
      ({ deployment, measured }) => claim.given.is(deployment) === false && isNegative(measured),
    )
    .map(({ deployment: { name }, measured }) => ({ where: name, steps: measured.trace }))
    .toSorted(byLength);

/** Faults with which the claim fails although `given` is true; shortest first. */
export const failingWithFault = (claim: Claim, { faults }: Goldens): readonly Failing[] =>
  failingIn(claim, faults);

/** The same of the attacks that drop a guard of a machine or of a deployment. */
export function failingUnderAttack(claim: Claim, goldens: Goldens): readonly Failing[] {
  const dropped = ATTACKS.flatMap(({ id, fault, deployment }) => {
    const measured = goldens.verdicts[deployment.name];
    return fault !== null || measured === undefined ? [] : [[id, measured] as const];
  });
  return failingIn(claim, { ...Object.fromEntries(dropped), ...goldens.attacks });
}

const failingIn = (
  { id }: Claim,
  measured: Readonly<Record<string, Readonly<Record<string, Result>>>>,
): readonly Failing[] =>
  Object.entries(measured)
    .flatMap(([where, { [id]: found }]) =>
      found !== undefined && isNegative(found) ? [{ where, steps: found.trace }] : [],
    )
    .toSorted(byLength);

const byLength = (one: Failing, other: Failing) => (one.steps ?? 0) - (other.steps ?? 0);
