/** What to judge beside a violation: the same deployment with what the claim's hypothesis asks. */
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import type { ClaimVerdict } from '../../properties/verdicts.ts';
import { claimNamed } from './subjects.ts';

export type Counterpart = {
  readonly claims: readonly string[]; // the claim's id, then those whose traces show what stops it
  readonly deployment: Deployment;
};

/** Those that end in a refusal say most about what stops a violation. */
const REFUSALS = ['asked-again', 'next-hop-refused'];
const MECHANISMS: readonly Mechanism[] = ['NTLM', 'Basic'];

/**
 * Null: nothing is violated, or nothing that a deployment could choose would help.
 *
 * @param verdict - of the machines as they are.
 * @param deployments - those of the topology, among them the verdict's.
 */
export function counterpartToJudge(
  verdict: ClaimVerdict,
  deployments: readonly Deployment[],
): Counterpart | null {
  const own = deployments.find(({ name }) => name === verdict.deployment);
  if (verdict.verdict !== 'violated' || own === undefined) return null;
  const claim = claimNamed(verdict.id);
  const others = deployments.filter((other) => other !== own);
  const deployment = [...others, ...MECHANISMS.map((each) => accepting(own, each))].find(
    (candidate) => claim.appliesTo(candidate) && claim.expected(candidate) === 'holds',
  );
  if (deployment === undefined) return null;
  const apply = (ids: readonly string[]) =>
    ids.filter((id) => claimNamed(id).appliesTo(deployment));
  const refusals = apply(REFUSALS);
  const shown = refusals.length > 0 ? refusals : apply(claim.witnesses);
  return { claims: [claim.id, ...shown], deployment };
}

const accepting = (deployment: Deployment, accepts: Mechanism): Deployment => ({
  ...deployment,
  name: `${deployment.name}, with ${accepts} instead`,
  hosts: deployment.hosts.map((host) => ({ ...host, accepts })),
});
