/** The remedy of a violation: the same deployment, changed so that the claim's condition is met. */
import { HARDENED } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import { POOL_KEY } from '../../machines/vocabulary/purpose.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { claimNamed } from './documents/subjects.ts';

export type Remedy = {
  readonly claims: readonly string[]; // the claim's id, then witnesses that show the remedy
  readonly deployment: Deployment;
};

/** Their traces end in the refusal that prevents a violation. */
const REFUSALS = ['asked-again', 'next-hop-refused', 'attack-is-refused'];

/**
 * Null: the claim is not violated, or no choice of a deployment prevents it.
 *
 * @param verdict - of the machines without a fault.
 * @param deployments - those of the topology, among them the verdict's.
 */
export function remedyToCheck(
  verdict: ClaimVerdict,
  deployments: readonly Deployment[],
): Remedy | null {
  const own = deployments.find(({ name }) => name === verdict.deployment);
  if (verdict.verdict !== 'violated' || own === undefined) return null;
  const claim = claimNamed(verdict.id);
  const others = deployments.filter((other) => other !== own);
  const deployment = [...others, ...remediesOf(own)].find(
    (candidate) => claim.appliesTo(candidate) && claim.given.is(candidate),
  );
  if (deployment === undefined) return null;
  const apply = (ids: readonly string[]) =>
    ids
      .map(claimNamed)
      .flatMap(({ id, appliesTo, given }) =>
        appliesTo(deployment) && given.is(deployment) ? [id] : [],
      );
  const refusals = apply(REFUSALS);
  const shown = refusals.length > 0 ? refusals : apply(claim.witnesses);
  return { claims: [claim.id, ...shown], deployment };
}

/** The deployment with another choice, each in turn. Basic is the last mechanism that is tried. */
const remediesOf = (own: Deployment): readonly Deployment[] => [
  accepting(own, 'NTLM'),
  {
    ...own,
    name: `${own.name}, with pinned connections`,
    hosts: own.hosts.map((host) => ({ ...host, paths: host.paths.map(() => 'pinned') })),
  },
  {
    ...own,
    name: `${own.name}, with the whole pool key`,
    programs: own.programs.map((program) => ({ ...program, poolKey: POOL_KEY })),
  },
  {
    ...own,
    name: `${own.name}, with clients as they are delivered`,
    users: own.users.map((user) => ({ ...user, initiator: INITIATOR })),
  },
  {
    ...own,
    name: `${own.name}, with 401 for a failed sign-in`,
    hosts: own.hosts.map((host) => ({
      ...host,
      policy: { ...host.policy, failureReply: 'unauthorized' },
    })),
  },
  {
    ...own,
    name: `${own.name}, with every check made`,
    hosts: own.hosts.map((host) => ({ ...host, defences: HARDENED })),
  },
  {
    ...own,
    name: `${own.name}, with strong passwords`,
    users: own.users.map((user) => ({ ...user, password: 'strong' })),
  },
  accepting(own, 'Basic'),
  { ...own, name: `${own.name}, with an honest middle`, adversary: null },
];

const accepting = (own: Deployment, accepts: Mechanism): Deployment => ({
  ...own,
  name: `${own.name}, with ${accepts} instead`,
  hosts: own.hosts.map((host) => ({ ...host, accepts })),
});
