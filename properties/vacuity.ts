/**
 * Whether a claim that holds says anything: whether what it speaks of ever happens in the
 * deployment. A claim that holds only because that never happens holds vacuously.
 *
 * @source Kupferman and Vardi, Vacuity Detection in Temporal Model Checking, 2003
 */
import type { Progress } from '../checker/explore/limits.ts';
import { type SearchOptions, searching } from '../checker/search.ts';
import { MACHINES, type Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';
import type { Claim, Occasion } from './claim.ts';

/** What never happens of all that a claim speaks of. */
export type Vacuity = {
  readonly isVacuous: boolean; // true: none of it happens, so the claim says nothing here
  readonly never: readonly string[]; // sentences, such as "no user is ever accepted at sql"
};

const NOT_VACUOUS: Vacuity = { isVacuous: false, never: [] };

/** Claims share occasions, so each is searched once for each deployment. */
const known = new WeakMap<Machines, WeakMap<Deployment, Map<string, boolean>>>();

/**
 * The searches for what the claim speaks of, in turns. It is worth asking where a claim holds.
 *
 * @throws LimitReached when a limit of the options is reached.
 */
export function* vacuityOf(
  { speaksOf }: Claim,
  deployment: Deployment,
  options: SearchOptions & { readonly machines?: Machines },
): Generator<Progress, Vacuity, void> {
  if (speaksOf === null) return NOT_VACUOUS;
  const { machines = MACHINES, ...limits } = options;
  const occasions = speaksOf.occasions(deployment);
  const never: string[] = [];
  for (const occasion of occasions)
    if (!(yield* happens(occasion, deployment, machines, limits))) never.push(occasion.never);
  const isVacuous = never.length === occasions.length;
  return { isVacuous, never: isVacuous && never.length === 0 ? [speaksOf.otherwise] : never };
}

function* happens(
  { never, system, properties }: Occasion,
  deployment: Deployment,
  machines: Machines,
  limits: SearchOptions,
): Generator<Progress, boolean, void> {
  const byDeployment = known.get(machines) ?? new WeakMap<Deployment, Map<string, boolean>>();
  known.set(machines, byDeployment);
  const found = byDeployment.get(deployment) ?? new Map<string, boolean>();
  byDeployment.set(deployment, found);
  const before = found.get(never);
  if (before !== undefined) return before;
  const { violated } = yield* searching(system(machines), properties, {
    ...limits,
    stopAtViolation: true,
  });
  found.set(never, violated.size > 0);
  return violated.size > 0;
}
