/** What to check beside a violation: the same deployment with what the claim is given. */
import { HARDENED } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import { POOL_KEY } from '../../machines/vocabulary/purpose.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { claimNamed } from './documents/subjects.ts';

export type Remedy = {
  readonly claims: readonly string[]; // the claim's id, then those whose traces show what stops it
  readonly deployment: Deployment;
};

/** Those that end in a refusal say most about what stops a violation. */
const REFUSALS = ['asked-again', 'next-hop-refused', 'attack-is-refused'];

/**
 * Null: nothing is violated, or nothing that a deployment could choose would help.
 *
 * @param verdict - of the machines as they are.
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

/** What could be chosen otherwise. Basic is a remedy only where nothing else is one. */
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
    name: `${own.name}, with every check made`,
    hosts: own.hosts.map((host) => ({ ...host, defences: HARDENED })),
  },
  {
    ...own,
    name: `${own.name}, with strong passwords`,
    users: own.users.map((user) => ({ ...user, password: 'strong' })),
  },
  {
    ...own,
    name: `${own.name}, with clients as they are delivered`,
    users: own.users.map((user) => ({ ...user, initiator: INITIATOR })),
  },
  accepting(own, 'Basic'),
  { ...own, name: `${own.name}, with an honest middle`, adversary: null },
];

const accepting = (own: Deployment, accepts: Mechanism): Deployment => ({
  ...own,
  name: `${own.name}, with ${accepts} instead`,
  hosts: own.hosts.map((host) => ({ ...host, accepts })),
});
