/**
 * Reverse proxies: whose connection behind one a request goes out on, and whether a handshake gets
 * through at all. Each claim holds where it should, fails with what the world knows where one thing
 * is dropped, and is about something that happens.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { finished } from '../../../checker/explore/search-progress.ts';
import type { Trace } from '../../../checker/model/system.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { deploymentsOf, type Topology } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import {
  confinement,
  servedAsTheConnectionsIdentity,
} from '../../../properties/claims/agreement.ts';
import { everyRequestCompletes, signInCompletes } from '../../../properties/claims/liveness.ts';
import { safeConnectionIsReused } from '../../../properties/claims/reachable.ts';
import {
  pinIsMutual,
  proxyLetsThrough,
  proxyServes,
} from '../../../properties/claims/through-proxies.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import * as at from '../../../properties/deployments/with-proxies.ts';
import { PROXY_FAULTS } from '../../../properties/faults/proxy-faults.ts';
import { isEachServed } from '../../../properties/oracle/behind-proxies.ts';
import { proxied } from '../../../properties/random/random-proxies.ts';
import { walkAtRandom } from '../../../properties/random/random-walks.ts';
import { vacuityOf } from '../../../properties/vacuity.ts';
import { GOLDENS } from '../../support/goldens.ts';

const SEED = 20_261_124;
const LIMITS = { statesMax: 200_000 };

const judged = (claim: Claim, topology: Topology) =>
  checkClaim(claim, deploymentOf(topology), LIMITS);
const verdict = (claim: Claim, topology: Topology) => judged(claim, topology).verdict;
const isRefuted = (claim: Claim, topology: Topology) => {
  const { verdict, trace } = judged(claim, topology);
  return [verdict, trace?.length];
};

/** The last request that was made to the mailbox server, and as whom it was served. */
function served(trace: Trace) {
  const heard = trace.flatMap(({ deliveries }) => deliveries.map(({ event }) => event));
  const last = (type: string) => heard.findLast((event) => event.type === type);
  return { asker: last('asked')?.user, servedAs: last('served')?.user };
}

describe('every claim about every proxy', () => {
  const about = at.WITH_PROXIES.flatMap(deploymentsOf).map(({ name }) => name);

  it.each(about)('is in the catalogue: %s', (name) => {
    expect(Object.keys(GOLDENS.verdicts[name]!)).toContain('proxy-serves');
  });

  it('has the verdicts that theory predicts: 60 random ones, any paths, policy and client', {
    tags: 'long',
  }, () => {
    const claims = CLAIMS.filter(({ about }) => about === 'deployment');
    fc.assert(
      fc.property(proxied, (deployment) => {
        for (const claim of claims.filter(({ appliesTo }) => appliesTo(deployment))) {
          const expected = expectedVerdict(claim, deployment);
          if (expected === null) continue;
          const { verdict } = checkClaim(claim, deployment, LIMITS);
          expect([claim.id, verdict]).toEqual([claim.id, expected]);
        }
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  it('is broken by none of 2,000 random walks where it is expected to hold', {
    tags: 'long',
  }, () => {
    const report = walkAtRandom({ deployments: proxied, sequences: 2_000, seed: SEED });
    expect(report.failure).toBeNull();
    for (const { id } of [proxyServes, proxyLetsThrough, safeConnectionIsReused])
      expect([id, report.reached.get(id) ?? 0]).not.toEqual([id, 0]);
  });
});

describe('a request is served as its sender', () => {
  const claim = servedAsTheConnectionsIdentity;

  it('behind a proxy that pins, and one on all of whose paths it does', () => {
    expect(verdict(claim, at.PINNED_PROXY)).toBe('holds');
    expect(verdict(claim, at.TWO_PATHS_PINNED)).toBe('holds');
  });

  it.each([
    ['behind a proxy that pools', at.POOLING_PROXY],
    ['where one path of two pools', at.TWO_PATHS_ONE_POOLED],
    ['where one path of two closes what the other has pinned', at.TWO_PATHS_ONE_CLOSING],
  ])('but not %s: in 25 steps, the last of which delivers a request', (_, topology) => {
    const { verdict, trace } = judged(claim, topology);
    expect([verdict, trace?.length]).toEqual(['violated', 25]);
    expect(trace!.at(-1)?.event.type).toBe('wire.deliver');
    const { asker, servedAs } = served(trace!);
    expect(new Set([asker, servedAs])).toEqual(new Set(['alice', 'bob']));
  });

  it('with Basic, however connections are shared: each request brings its password', () => {
    expect(verdict(claim, at.POOLING_PROXY_BASIC)).toBe('holds');
    expect(verdict(claim, at.CLOSING_PROXY_BASIC)).toBe('holds');
  });

  it('holds vacuously of NTLM behind a proxy that closes, where no user is served', () => {
    const closing = deploymentOf(at.CLOSING_PROXY);
    expect(verdict(claim, at.CLOSING_PROXY)).toBe('holds');
    expect(finished(vacuityOf(claim, closing, LIMITS))).toEqual({
      isVacuous: true,
      never: ['no request of a signed-in user ever reaches the page at mailbox'],
    });
    expect(verdict(proxyServes, at.CLOSING_PROXY)).toBe('unwitnessed');
  });

  it('is about something: every user reads the mailbox, by every path', () => {
    const served = at.WITH_PROXIES.filter((one) => isEachServed(deploymentOf(one)));
    expect(served.length).toBeGreaterThan(5);
    for (const topology of served)
      expect([topology.name, verdict(proxyServes, topology)]).toEqual([topology.name, 'witnessed']);
  });
});

describe('a server accepts a user only if their own client meant it', () => {
  it('behind a proxy, which is not whom the client means', () => {
    expect(verdict(confinement, at.PINNED_PROXY)).toBe('holds');
    expect(verdict(confinement, at.TWO_PATHS_PINNED)).toBe('holds');
  });

  it('bound to the channel too, where the proxy has the certificate of the server', () => {
    expect(verdict(confinement, at.BOUND_BEHIND_SAME_CERTIFICATE)).toBe('holds');
    expect(verdict(proxyLetsThrough, at.BOUND_BEHIND_SAME_CERTIFICATE)).toBe('holds');
    expect(verdict(proxyLetsThrough, at.BOUND_BEHIND_PROXY)).toBe('violated');
  });
});

describe('a sign-in gets through', () => {
  it('behind a proxy that pins: always, and for good', () => {
    for (const topology of [at.PINNED_PROXY_ALONE, at.PINNED_PROXY_TWO_CONNECTIONS])
      expect(verdict(signInCompletes, topology)).toBe('holds');
    expect(verdict(proxyLetsThrough, at.PINNED_PROXY)).toBe('holds');
    expect(verdict(safeConnectionIsReused, at.PINNED_PROXY)).toBe('holds');
  });

  it('behind one that pools, where there is but one user, and one connection', () => {
    expect(verdict(signInCompletes, at.POOLING_PROXY_ALONE)).toBe('holds');
  });

  it('never behind one that closes, and the user is asked for ever', () => {
    expect(isRefuted(proxyLetsThrough, at.CLOSING_PROXY)).toEqual(['violated', 0]);
    const { verdict, trace, loop } = judged(signInCompletes, at.CLOSING_PROXY);
    expect(verdict).toBe('violated');
    const round = trace!.slice(loop!).map(({ event }) => event.type);
    expect(round).toContain('user.types');
    expect(round).not.toContain('wire.close'); // no accident: the proxy does it
  });

  it('behind one that rotates: possibly for ever, and never for certain', () => {
    expect(verdict(proxyLetsThrough, at.ROTATING_PROXY_CLOSING)).toBe('holds');
    const { verdict: always, trace, loop } = judged(signInCompletes, at.ROTATING_PROXY);
    expect(always).toBe('violated');
    const round = trace!.slice(loop!).flatMap(({ event }) => ('via' in event ? [event.via] : []));
    expect(new Set(round)).toEqual(new Set(['proxy>mailbox#1', 'proxy>mailbox#2']));
  });

  it('after a lapse too, for a client that would never hear of it: its connection ends', () => {
    expect(verdict(signInCompletes, at.PINNED_PROXY_TRUSTING_CLIENT)).toBe('holds');
  });
});

describe('the claims are tight: they break when', () => {
  const without = (id: string, claim: Claim) => {
    const { deployment, inject } = PROXY_FAULTS.find((fault) => fault.id === id)!;
    const { verdict, trace } = checkClaim(claim, deployment, {
      statesMax: 300_000,
      machines: inject(MACHINES),
    });
    return [verdict, trace?.length];
  };

  it.each([
    ["a pinned connection is used for another's request", 'pin-is-shared', 25],
    ['the proxy does not record whose it is', 'pin-is-not-noted', 25],
    ['it outlives its client', 'pin-outlives-client', 26],
  ])('%s: one user is served as the other', (_, id, steps) => {
    expect(without(id, servedAsTheConnectionsIdentity)).toEqual(['violated', steps]);
  });

  it('it is never used again: not even its own client has any use of it', () => {
    expect(without('pin-is-never-used-again', safeConnectionIsReused)[0]).toBe('violated');
  });

  it('a client that has gone leaves it pinned', () => {
    expect(without('pin-is-not-released', pinIsMutual)).toEqual(['violated', 6]);
  });

  it('the proxy does not report that it closed: the client retries for ever, or waits', () => {
    expect(without('owner-is-not-notified', signInCompletes)[0]).toBe('violated');
    expect(without('lost-reply-is-not-reported', everyRequestCompletes)).toEqual(['violated', 4]);
  });

  it('the messages of one handshake part ways, or go nowhere', () => {
    expect(without('downstream-changes-connections', signInCompletes)[0]).toBe('violated');
    expect(without('downstream-forwards-nothing', proxyServes)[0]).toBe('unwitnessed');
  });
});
