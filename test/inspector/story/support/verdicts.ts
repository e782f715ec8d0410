/** Verdicts with real traces, found anew: a claim in a deployment, with or without a fault. */
import { MACHINES } from '../../../../machines/system/deployment.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { CLAIMS } from '../../../../properties/catalogue.ts';
import { checkClaim } from '../../../../properties/check.ts';
import { expectedVerdict, type Fault } from '../../../../properties/claim.ts';
import { DEPLOYMENTS, deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { FAULTS } from '../../../../properties/faults/faults.ts';
import { type ClaimVerdict, verdictOf } from '../../../../properties/verdicts/verdicts.ts';
import { GOLDENS } from '../../../support/goldens.ts';

export const BASIC = deploymentOf(ARTICLE, 'Basic');
export const NTLM = deploymentOf(ARTICLE, 'NTLM');

/** Its trace is a shortest one; its counts are of the whole only where nothing is violated. */
export function verdictIn(
  id: string,
  deployment: Deployment,
  fault: Fault | null = null,
): ClaimVerdict {
  const key = JSON.stringify([id, fault?.id, deployment]);
  const known = verdicts.get(key);
  if (known !== undefined) return known;
  const claim = CLAIMS.find((candidate) => candidate.id === id)!;
  const machines = fault?.inject(MACHINES) ?? MACHINES;
  const verdict = verdictOf(
    checkClaim(claim, deployment, {
      ...{ statesMax: 1_000_000, machines, stopAtViolation: true },
      expected: expectedVerdict(claim, deployment),
    }),
  );
  verdicts.set(key, verdict);
  return verdict;
}

const verdicts = new Map<string, ClaimVerdict>(); // each is found once in a worker

export const faultOf = (id: string): Fault => FAULTS.find((one) => one.id === id)!;

export type Pinned = {
  readonly id: string;
  readonly deployment: Deployment;
  readonly fault: Fault | null;
  readonly states: number; // of the whole search
};

/** Cheap to find. The others are left to `npm run test:long`. */
export const isSmall = ({ states }: Pinned): boolean => states <= 1_000;

type Measurements = Readonly<
  Record<string, { readonly trace: number | null; readonly states: number }>
>;

/** Of the pinned verdicts, those with a trace. */
const traced = (measured: Measurements = {}) =>
  Object.entries(measured).flatMap(([id, { trace, states }]) =>
    trace === null ? [] : [{ id, states }],
  );

/** Every trace of the catalogue. */
export const CATALOGUE: readonly Pinned[] = DEPLOYMENTS.flatMap((deployment) =>
  traced(GOLDENS.verdicts[deployment.name]).map((one) => ({ ...one, deployment, fault: null })),
);

/** Every trace of a claim that a fault breaks. */
export const FAULTY: readonly Pinned[] = FAULTS.flatMap((fault) =>
  traced(GOLDENS.faults[fault.id]).map((one) => ({
    ...one,
    deployment: fault.deployment,
    fault,
  })),
);

export const titleOf = ({ id, deployment, fault }: Pinned): string =>
  `${id}, ${deployment.name}${fault === null ? '' : `, with ${fault.id}`}`;
