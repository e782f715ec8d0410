/** Traces as the checker finds them: a claim's counterexample or witness in a deployment. */
import type { Trace } from '../../../checker/model/system.ts';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { costOf } from '../../../story/credential-events.ts';
import { sentencesOf } from '../../../story/sentences.ts';

/** @throws Error where there is none. */
export function found(id: string, deployment: Deployment, machines: Machines = MACHINES): Trace {
  const claim = CLAIMS.find((candidate) => candidate.id === id)!;
  const { trace } = checkClaim(claim, deployment, {
    statesMax: 300_000,
    machines,
    stopAtViolation: true,
  });
  if (trace === null) throw new Error(`${id} has no trace in ${deployment.name}`);
  return trace;
}

/** As `double-hop trace` prints it, without the numbers. */
export const told = (trace: Trace, deployment: Deployment | null): string =>
  `${[...sentencesOf(trace, deployment), costOf(trace, deployment)].join('\n')}\n`;
