/** Verdicts with real traces, found anew: a claim in a deployment, with or without a mistake. */
import { MACHINES } from '../../../../machines/system/deployment.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { CLAIMS } from '../../../../properties/catalogue.ts';
import { judge } from '../../../../properties/check.ts';
import type { Sabotage } from '../../../../properties/claim.ts';
import { DEPLOYMENTS, deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { SABOTAGES } from '../../../../properties/faults/faults.ts';
import { type ClaimVerdict, verdictOf } from '../../../../properties/verdicts/verdicts.ts';
import { PINS } from '../../../support/goldens.ts';

export const BASIC = deploymentOf(ARTICLE, 'Basic');
export const NTLM = deploymentOf(ARTICLE, 'NTLM');

/** Its trace is a shortest one; its counts are of the whole only where nothing is violated. */
export function verdictIn(
  id: string,
  deployment: Deployment,
  sabotage: Sabotage | null = null,
): ClaimVerdict {
  const claim = CLAIMS.find((candidate) => candidate.id === id)!;
  const machines = sabotage?.weaken(MACHINES) ?? MACHINES;
  return verdictOf(
    judge(claim, deployment, { statesMax: 1_000_000, machines, stopAtViolation: true }),
  );
}

export const sabotageOf = (id: string): Sabotage => SABOTAGES.find((one) => one.id === id)!;

export type Pinned = {
  readonly id: string;
  readonly deployment: Deployment;
  readonly sabotage: Sabotage | null;
};

/** Of the pinned verdicts, those with a trace. */
const traced = (measured: Readonly<Record<string, { readonly trace: number | null }>>) =>
  Object.entries(measured).flatMap(([id, { trace }]) => (trace === null ? [] : [id]));

/** Every trace of the catalogue. */
export const CATALOGUE: readonly Pinned[] = DEPLOYMENTS.flatMap((deployment) =>
  traced(PINS.verdicts[deployment.name] ?? {}).map((id) => ({ id, deployment, sabotage: null })),
);

/** Every trace of a claim that a mistake breaks. */
export const SABOTAGED: readonly Pinned[] = SABOTAGES.flatMap((sabotage) =>
  traced(PINS.sabotages[sabotage.id] ?? {}).map((id) => ({
    id,
    deployment: sabotage.deployment,
    sabotage,
  })),
);

export const titleOf = ({ id, deployment, sabotage }: Pinned): string =>
  `${id}, ${deployment.name}${sabotage === null ? '' : `, with ${sabotage.id}`}`;
