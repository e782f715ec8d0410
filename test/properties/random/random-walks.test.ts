/**
 * Random hop sequences: none fails on random deployments, the mistakes are found, the walks come by
 * what is possible, and they agree with XState and with the exhaustive search.
 */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { walker } from '../../../checker/explore/walker.ts';
import { replay } from '../../../checker/replay/replay.ts';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Claim, Fault } from '../../../properties/claim.ts';
import { host, user } from '../../../properties/deployments/defaults.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { isPlain } from '../../../properties/oracle/passing-hops.ts';
import { withAdversary } from '../../../properties/random/random-adversary.ts';
import { deployment, policy, schedule } from '../../../properties/random/random-deployments.ts';
import { proxied } from '../../../properties/random/random-proxies.ts';
import {
  type RandomReport,
  repeatOf,
  walkAtRandom,
} from '../../../properties/random/random-walks.ts';

const SEED = 20_261_124;

/** One server of any policy, which the most general client is let loose on. */
const server = policy.map((chosen) => ({
  name: 'server',
  users: [user('alice', ['frontEnd'])],
  hosts: [{ ...host('frontEnd', { policy: chosen }), accepts: 'NTLM' as const }],
  programs: [],
  adversary: null,
  bounds: {
    connections: 1,
    challenges: 2,
    pages: ['mailbox'] as const,
    wrongPasswords: false,
    closing: true,
  },
}));

/** Shown when a test fails: the claim, and the one command that repeats the walk. */
const failing = ({ failure }: RandomReport) =>
  failure && [failure.claim.id, `npx double-hop walk ${repeatOf(failure)}`, failure.trace];

it('random hop sequences from a fresh seed break no claim', () => {
  const seed = Math.floor(Math.random() * 2 ** 31);
  const report = walkAtRandom({ deployments: deployment, sequences: 600, seed });
  expect(failing(report), `to repeat: npx double-hop walk --runs 600 --seed ${seed}`).toBeNull();
});

describe('10,000 random hop sequences and more', { tags: 'long' }, () => {
  it('break no claim on random deployments of up to 6 hops and 4 users', () => {
    const report = walkAtRandom({ deployments: deployment, sequences: 10_000, seed: SEED });
    expect(failing(report)).toBeNull();
    expect(report.sequences).toBeGreaterThanOrEqual(10_000);
    // Progress: the walks are not so many failures to get anywhere.
    const goals = CLAIMS.filter(
      (claim) => claim.about === 'deployment' && isGoal(claim.kind) && isAboutPlain(claim),
    );
    for (const { id } of goals) expect([id, report.reached.get(id) ?? 0]).not.toEqual([id, 0]);
  });

  it('break no claim behind random proxies, nor against random adversaries', () => {
    for (const deployments of [proxied, withAdversary]) {
      const report = walkAtRandom({ deployments, sequences: 2_000, seed: SEED });
      expect(failing(report)).toBeNull();
    }
  });

  it('break no claim about a server of any policy against the most general client', () => {
    const report = walkAtRandom({
      deployments: server,
      sequences: 2_000,
      seed: SEED,
      about: 'server',
    });
    expect(failing(report)).toBeNull();
    expect(report.reached.get('server-accepts')).toBeGreaterThan(0);
  });
});

/** The random deployments are plain: of proxies, pools and adversaries they have none. */
const isAboutPlain = (claim: Claim) =>
  DEPLOYMENTS.some((deployment) => isPlain(deployment) && claim.appliesTo(deployment));

const isGoal = (kind: string) => kind === 'sometimes' || kind === 'reachable';

/** Enough to find every mistake; most are found in fewer than ten. */
const SEQUENCES_MAX = 1_000;

const walkWith = ({ deployment, inject }: Fault, about: 'deployment' | 'server') =>
  walkAtRandom({
    deployments: fc.constant(deployment),
    sequences: SEQUENCES_MAX,
    seed: SEED,
    machines: inject(MACHINES),
    about,
    shrinks: false,
  });

const honestly = (fault: Fault, about: 'deployment' | 'server') =>
  walkWith({ ...fault, inject: (machines) => machines }, about);

describe(`within ${SEQUENCES_MAX} sequences, random search tells from the honest machines`, {
  tags: 'long',
}, () => {
  it.each(FAULTS.map((fault) => [fault.id, fault] as const))('%s', (_, fault) => {
    const found = (['deployment', 'server'] as const).some((about) => {
      const report = walkWith(fault, about);
      if (report.failure !== null) return true;
      // A mistake that only makes things impossible: what honest machines come by, it never does.
      const missing = [...honestly(fault, about).reached.keys()].filter(
        (claim) => !report.reached.has(claim),
      );
      return missing.length > 0;
    });
    expect(found).toBe(true);
  });
});

describe('a failure', () => {
  const fault = FAULTS.find(({ id }) => id === 'any-password')!;
  const options = {
    deployments: fc.constant(fault.deployment),
    sequences: SEQUENCES_MAX,
    seed: SEED,
    machines: fault.inject(MACHINES),
  };
  let failure: RandomReport['failure'];
  beforeAll(() => {
    ({ failure } = walkAtRandom(options));
  });

  it('is shrunk to the length of the shortest counterexample', () => {
    const { claim, deployment, trace } = failure!;
    const shortest = checkClaim(claim, deployment, {
      statesMax: 10_000,
      machines: options.machines,
    });
    expect(trace).toHaveLength(shortest.trace!.length);
  });

  it('is repeated by its seed and path', () => {
    const again = walkAtRandom({ ...options, seed: failure!.seed, path: failure!.path });
    expect(again.failure?.trace).toEqual(failure!.trace);
  });
});

describe('walking agrees', () => {
  it('step by step with plain XState, on 200 random deployments', () => {
    fc.assert(
      fc.property(deployment, schedule(40), (generated, choices) => {
        const system = systemOf(generated);
        const walk = walker(system);
        for (const choice of choices) {
          const enabled = walk.enabled();
          walk.take(enabled[choice % enabled.length]!);
        }
        const plain = replay(system, walk.trace());
        for (const { name } of system) {
          const { value, context } = plain.snapshot(name);
          expect({ value, context }).toEqual({
            value: walk.snapshot(name).value,
            context: walk.snapshot(name).context,
          });
        }
      }),
      { numRuns: 200, seed: SEED },
    );
  });

  it('with the exhaustive search, which breaks what a walk breaks, in no more steps', {
    tags: 'long',
  }, () => {
    for (const fault of FAULTS) {
      const { failure } = walkWith(fault, 'deployment');
      if (failure === null) continue;
      const { claim, trace } = failure;
      const judged = checkClaim(claim, fault.deployment, {
        statesMax: 100_000,
        machines: fault.inject(MACHINES),
      });
      expect([claim.id, judged.verdict]).toEqual([claim.id, 'violated']);
      expect(judged.trace!.length).toBeLessThanOrEqual(trace.length);
    }
  });
});
