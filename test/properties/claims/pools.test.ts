/**
 * Programs that share a pool of connections: the full key keeps them apart, each part of it is
 * needed where requests differ in that part, and none where they do not.
 */
import { describe, expect, it } from 'vitest';
import type { AcceptingHost, Deployment, Topology } from '../../../machines/system/topology.ts';
import {
  POOL_KEY,
  type PoolKeyComponent,
  type Purpose,
} from '../../../machines/vocabulary/purpose.ts';
import { checkClaim } from '../../../properties/check.ts';
import { expectedVerdict } from '../../../properties/claim.ts';
import { reusedWhileOpen } from '../../../properties/claims/persistence.ts';
import { poolKeepsApart, poolServes } from '../../../properties/claims/pools.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import {
  CURL_LIKE_POOL,
  DIFFERING,
  NONE_GIVEN,
  pool,
  poolWithOnly,
  poolWithout,
  SEEN_IN,
  TWO_USERS_POOL,
} from '../../../properties/deployments/with-pools.ts';

const LIMITS = { statesMax: 50_000 };
const judged = (topology: Topology) => {
  const deployment = deploymentOf(topology);
  const result = checkClaim(poolKeepsApart, deployment, LIMITS);
  expect(result.verdict).toBe(expectedVerdict(poolKeepsApart, deployment));
  return result;
};
const requests = (topology: Topology) =>
  judged(topology).trace!.flatMap(({ event }) =>
    event.type === 'program.requests' ? [(event as unknown as { purpose: Purpose }).purpose] : [],
  );

describe('a pool of connections', () => {
  it('with the full key serves every request on a connection that is for nothing else', () => {
    expect(judged(CURL_LIKE_POOL).verdict).toBe('holds');
    const { tasks } = CURL_LIKE_POOL.programs[0]!;
    for (const part of POOL_KEY)
      expect(new Set(tasks.map((task) => task[part])).size).toBeGreaterThan(1);
  });

  it('is used: each connection serves, and is used again without a handshake', () => {
    for (const topology of [CURL_LIKE_POOL, TWO_USERS_POOL]) {
      expect(checkClaim(poolServes, deploymentOf(topology), LIMITS).verdict).toBe('witnessed');
      expect(checkClaim(reusedWhileOpen, deploymentOf(topology), LIMITS).verdict).toBe('holds');
    }
  });

  it.each(POOL_KEY)('without %s in its key serves one purpose as another: nine steps', (part) => {
    expect(SEEN_IN[part]).toMatch(/^CVE-/);
    const { verdict, trace } = judged(poolWithout(part));
    expect([verdict, trace?.length]).toEqual(['violated', 9]);
    const [one, other] = requests(poolWithout(part));
    const differing = POOL_KEY.filter((each) => one![each] !== other![each]);
    expect(differing).toEqual([part]);
  });

  it('without credentials in its key serves who gives none as who gave some: CVE-2015-3143', () => {
    const given = requests(NONE_GIVEN).map(({ credentials }) => credentials);
    expect(given).toContain(null);
    expect(given).toContain('alice');
  });

  it.each(POOL_KEY)('needs no more than %s in its key where nothing else differs', (part) => {
    expect(judged(poolWithOnly(part)).verdict).toBe('holds');
  });

  it('has the same verdict without a part in which its requests do not differ', () => {
    for (const varied of POOL_KEY)
      for (const other of POOL_KEY.filter((part) => part !== varied)) {
        const key = (...left: readonly PoolKeyComponent[]) =>
          POOL_KEY.filter((part) => !left.includes(part));
        const verdict = (...left: readonly PoolKeyComponent[]) =>
          judged(pool(`without ${left.join(' and ')}`, key(...left), DIFFERING[varied])).verdict;
        expect([verdict(other), verdict(varied, other)]).toEqual(['holds', 'violated']);
      }
  });

  it('needs no key where each request is signed in for: with Basic, or for one request', () => {
    const careless = deploymentOf(pool('no key', [], DIFFERING.credentials));
    const [mailbox] = careless.hosts;
    const with_ = (change: Partial<AcceptingHost>): Deployment => ({
      ...careless,
      hosts: [{ ...mailbox!, ...change }],
    });
    expect(checkClaim(poolKeepsApart, careless, LIMITS).verdict).toBe('violated');
    for (const deployment of [
      with_({ accepts: 'Basic' }),
      with_({ policy: { ...mailbox!.policy, persistence: 'request' } }),
    ]) {
      const { verdict } = checkClaim(poolKeepsApart, deployment, LIMITS);
      expect([verdict, expectedVerdict(poolKeepsApart, deployment)]).toEqual(['holds', 'holds']);
    }
  });
});
