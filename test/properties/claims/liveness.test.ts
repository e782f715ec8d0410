/**
 * What fair runs come to: that each hypothesis is needed, with the loop that dropping it allows;
 * that theory is right beyond the catalogue; and that random walks close such loops as well.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import type { Trace } from '../../../checker/model/system.ts';
import type { NtlmPolicy } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { type ClaimResult, checkClaim } from '../../../properties/check.ts';
import { expectedVerdict } from '../../../properties/claim.ts';
import {
  everyRequestCompletes,
  retriesAreBounded,
  signInCompletes,
} from '../../../properties/claims/liveness.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import {
  ARTICLE,
  BASIC_THEN_NTLM,
  NETWORK_LOGON,
  SINGLE,
  TWO_USERS,
} from '../../../properties/deployments/plain.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { deployment, policy } from '../../../properties/random/random-deployments.ts';
import { walkAtRandom } from '../../../properties/random/random-walks.ts';

const CLAIMS = [signInCompletes, everyRequestCompletes, retriesAreBounded];
const LIMITS = { statesMax: 400_000 };

const told = (steps: Trace) => steps.map(({ component, event }) => `${component} ${event.type}`);
const loopOf = ({ trace, loop }: ClaimResult): readonly string[] => told(trace!.slice(loop!));
const isUsers = (step: string) => / user\./.test(step);

const single = deploymentOf(SINGLE);
const with2 = (one: Deployment): Deployment => ({
  ...one,
  bounds: { ...one.bounds, connections: 2 },
});
const of = (one: Deployment, chosen: Partial<NtlmPolicy>): Deployment => ({
  ...one,
  hosts: one.hosts.map((host) => ({ ...host, policy: { ...host.policy, ...chosen } })),
});

describe('a sign-in need not complete', () => {
  it('where the second hop stops: the prompts of the article, that never end', () => {
    const judged = checkClaim(signInCompletes, deploymentOf(ARTICLE, 'NTLM'), LIMITS);
    expect([judged.verdict, judged.loop, judged.trace?.length]).toEqual(['violated', 10, 38]);
    // Twice around, since the two servers' challenges take turns in their serials.
    expect(loopOf(judged).filter(isUsers)).toEqual(Array(2).fill('alice@frontEnd user.types'));
  });

  it('where Basic left no password to go on with', () => {
    const judged = checkClaim(signInCompletes, deploymentOf(NETWORK_LOGON), LIMITS);
    expect([judged.verdict, judged.loop, judged.trace?.length]).toEqual(['violated', 6, 12]);
    expect(loopOf(judged).filter(isUsers)).toEqual(['alice@frontEnd user.types']);
  });

  it('where others take the one connection onward each time it is free', () => {
    const judged = checkClaim(signInCompletes, deploymentOf(TWO_USERS, 'Basic'), LIMITS);
    expect([judged.verdict, judged.loop, judged.trace?.length]).toEqual(['violated', 11, 17]);
    expect(loopOf(judged).filter(isUsers)).toEqual(['bob@frontEnd user.visits']);
  });

  it('where the only onward connection is signed in as a user who does not return', () => {
    const judged = checkClaim(signInCompletes, deploymentOf(BASIC_THEN_NTLM), LIMITS);
    expect([judged.verdict, judged.trace?.length]).toEqual(['violated', 18]);
    expect(loopOf(judged)).toEqual([]);
  });

  it('where a mistyped password spoils a connection that stays open', () => {
    const judged = checkClaim(signInCompletes, of(single, { afterFailure: 'poisoned' }), LIMITS);
    expect([judged.verdict, judged.loop, judged.trace?.length]).toEqual(['violated', 11, 16]);
    expect(loopOf(judged).filter(isUsers)).toEqual(['alice@mailbox user.types']);
  });
});

describe('a request need not come to an end', () => {
  it('in a tab that waits behind a prompt which another tab never gets rid of', () => {
    const judged = checkClaim(everyRequestCompletes, with2(deploymentOf(ARTICLE, 'NTLM')), LIMITS);
    expect(judged.verdict).toBe('violated');
    expect(loopOf(judged).some((step) => step === 'alice@frontEnd user.types')).toBe(true);
    const one = checkClaim(everyRequestCompletes, deploymentOf(ARTICLE, 'NTLM'), LIMITS);
    expect(one.verdict).toBe('holds');
  });

  it('nor need a refusal be reported there', () => {
    const two = with2(of(single, { afterFailure: 'poisoned' }));
    expect(checkClaim(retriesAreBounded, two, LIMITS).verdict).toBe('violated');
    expect(checkClaim(retriesAreBounded, with2(single), LIMITS).verdict).toBe('holds');
  });
});

describe('a client that tries for ever', () => {
  const { deployment, inject } = FAULTS.find(({ id }) => id === 'tries-for-ever')!;
  const machines = inject(MACHINES);

  it.each([
    ['every request', everyRequestCompletes, 6, 14],
    ['every refusal', retriesAreBounded, 8, 16],
  ] as const)('keeps %s waiting, without anything that the user does', (_, claim, loop, length) => {
    const judged = checkClaim(claim, deployment, { ...LIMITS, machines });
    expect([judged.verdict, judged.loop, judged.trace?.length]).toEqual(['violated', loop, length]);
    expect(loopOf(judged).filter(isUsers)).toEqual([]);
    expect(checkClaim(claim, deployment, LIMITS).verdict).toBe('holds');
  });
});

describe('theory is right', { tags: 'long' }, () => {
  const compared = (one: Deployment) => {
    for (const claim of CLAIMS) {
      if (!claim.appliesTo(one)) continue;
      const expected = expectedVerdict(claim, one);
      if (expected === null) continue;
      const { verdict } = checkClaim(claim, one, { statesMax: 20_000 });
      expect([claim.id, one.hosts, one.bounds, verdict]).toEqual([
        claim.id,
        one.hosts,
        one.bounds,
        expected,
      ]);
    }
  };

  it('of one server with every policy, and one connection or two', () => {
    fc.assert(
      fc.property(policy, fc.boolean(), (chosen, hasTwo) =>
        compared(of(hasTwo ? with2(single) : single, chosen)),
      ),
      { numRuns: 150 },
    );
  });

  it('of random deployments, as far as they can be exhausted', () => {
    const small = deployment.filter((one) => one.users.length <= 2 && one.hosts.length <= 4);
    let judged = 0;
    fc.assert(
      fc.property(small, (one) => {
        try {
          compared(one);
          judged += 1;
        } catch (error) {
          if (!(error instanceof LimitReached)) throw error;
        }
      }),
      { numRuns: 80 },
    );
    expect(judged).toBeGreaterThan(15); // about half of them are small enough
  });
});

describe('a random walk', () => {
  const walkWith = (id: string) => {
    const { deployment, inject } = FAULTS.find((fault) => fault.id === id)!;
    return walkAtRandom({
      deployments: fc.constant(deployment),
      sequences: 200,
      seed: 20_261_124,
      machines: inject(MACHINES),
    });
  };

  it('closes a loop in which no user is served, and says where it begins', () => {
    const { failure } = walkWith('password-not-sent');
    expect(failure?.claim.id).toBe('sign-in-completes');
    expect(told(failure!.trace.slice(failure!.loop!)).filter(isUsers)).toEqual([
      'alice@frontEnd user.types',
    ]);
  });

  it('that fails a claim about a state has no loop', () => {
    const { failure } = walkWith('any-password');
    expect([failure?.claim.kind, failure?.loop]).toEqual(['always', null]);
  });
});
