/**
 * How long a sign-in lasts, and what clients make of it: the flag that a 401 resets, the loop of a
 * client that knows no lapse, and connections that stay open and go on being of use.
 */
import { describe, expect, it } from 'vitest';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import { everyRequestCompletes, signInCompletes } from '../../../properties/claims/liveness.ts';
import {
  flagIsSet,
  persistentAuthFlag,
  reusedWhileOpen,
  upgradedWhileOpen,
} from '../../../properties/claims/persistence.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ASSUMES_PERSISTENCE, SINGLE_REQUEST } from '../../../properties/deployments/lapsing.ts';
import {
  ARTICLE,
  BASIC_THEN_NTLM,
  DIRECT_LINK,
  SINGLE,
  STAYING_OPEN,
} from '../../../properties/deployments/plain.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';

const LIMITS = { statesMax: 50_000 };
const singleRequest = deploymentOf(SINGLE_REQUEST);
const assumes = deploymentOf(ASSUMES_PERSISTENCE);

const verdict = (claim: Claim, deployment: Deployment) => {
  const judged = checkClaim(claim, deployment, LIMITS);
  expect([judged.verdict, null]).toContain(expectedVerdict(claim, deployment));
  return judged.verdict;
};
const without = (id: string, claim: Claim, deployment: Deployment) => {
  const machines = FAULTS.find((fault) => fault.id === id)!.inject(MACHINES);
  const { verdict, trace } = checkClaim(claim, deployment, { ...LIMITS, machines });
  return [verdict, trace?.length];
};

describe('the flag of a client', () => {
  it('is set only until the next 401, in every plain deployment with NTLM', () => {
    const plain = [ARTICLE, DIRECT_LINK, BASIC_THEN_NTLM, SINGLE, STAYING_OPEN].flatMap(
      deploymentsOf,
    );
    for (const deployment of [...plain, singleRequest].filter(persistentAuthFlag.appliesTo))
      expect(verdict(persistentAuthFlag, deployment)).toBe('holds');
  });

  it('can be set', () => {
    for (const deployment of [singleRequest, deploymentOf(SINGLE), deploymentOf(DIRECT_LINK)])
      expect(verdict(flagIsSet, deployment)).toBe('witnessed');
  });

  it('outlives a 401 that does not reset it: 13 steps, the 401 to a second request', () => {
    expect(without('flag-outlives-401', persistentAuthFlag, singleRequest)).toEqual([
      'violated',
      13,
    ]);
  });
});

describe('a sign-in that is good for one request', () => {
  it('is made anew for each by a client that knows of it, and every request completes', () => {
    for (const claim of [everyRequestCompletes, signInCompletes])
      expect(verdict(claim, singleRequest)).toBe('holds');
  });

  it('makes a client that does not know of it repeat its request for ever', () => {
    expect(verdict(persistentAuthFlag, assumes)).toBe('violated');
    for (const claim of [everyRequestCompletes, signInCompletes]) {
      const { verdict, trace, loop } = checkClaim(claim, assumes, LIMITS);
      expect([verdict, expectedVerdict(claim, assumes)]).toEqual(['violated', 'violated']);
      const round = trace!.slice(loop!);
      expect(round.map(({ event }) => event.type)).toEqual(['wire.deliver', 'wire.deliver']);
      expect(round.flatMap(({ deliveries }) => deliveries.map(({ event }) => event.type))).toEqual(
        expect.arrayContaining(['http.request', 'http.unauthorized']),
      );
    }
  });

  it('is never used again, so nothing is claimed of that', () => {
    expect(reusedWhileOpen.appliesTo(singleRequest)).toBe(false);
  });
});

describe('a connection that never closes', () => {
  const plain = [SINGLE, STAYING_OPEN, BASIC_THEN_NTLM, DIRECT_LINK].map((each) =>
    deploymentOf(each),
  );

  it('can be reused, and signed in on before the first sign-in', () => {
    for (const deployment of plain)
      for (const claim of [reusedWhileOpen, upgradedWhileOpen])
        expect(verdict(claim, deployment)).toBe('holds');
  });

  it('is useless to a client that signs in only on new ones, or never twice on one', () => {
    const single = deploymentOf(SINGLE);
    expect(without('never-upgraded', upgradedWhileOpen, single)).toEqual(['violated', 0]);
    expect(without('never-reused', reusedWhileOpen, single)).toEqual(['violated', 0]);
    expect(without('never-reused', upgradedWhileOpen, single)).toEqual(['holds', undefined]);
  });

  it('is useless after a mistyped password, under policies that allow it', () => {
    const single = deploymentOf(SINGLE);
    const verdicts = Object.entries(POLICIES).map(([name, policy]) => {
      const deployment = { ...single, hosts: [{ ...single.hosts[0]!, policy }] };
      return [name, verdict(reusedWhileOpen, deployment), verdict(upgradedWhileOpen, deployment)];
    });
    expect(verdicts.filter(([, ...each]) => each.includes('violated'))).toEqual([
      ['modAuthGssapi', 'violated', 'violated'],
      ['squid', 'violated', 'violated'],
      ['expressNtlm', 'violated', 'violated'], // the browser is never told
    ]);
  });
});
