/**
 * The sentence that this model was made for, as a property of random hop sequences; and the two
 * changes that make it false. Start reading here.
 *
 * A hop sequence is a list of numbers. Each number chooses one of the steps that are enabled: a
 * user visits or types, a message arrives, a server calls on the next server, a connection closes.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import { confinement } from '../../properties/claims/agreement.ts';
import { ntlmAccepts } from '../../properties/claims/witnesses.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { RELAY } from '../../properties/deployments/with-adversary.ts';
import { deployment, schedule } from '../../properties/random/random-deployments.ts';
import { Sampler } from '../../properties/random/walk.ts';

const RUNS = { seed: 20_261_124, numRuns: 400 };
const hopSequence = schedule(80);

/** 1 to 6 servers in a row and 1 to 4 users, with one mechanism for all servers. */
const allWith = (accepts: Mechanism): fc.Arbitrary<Deployment> =>
  deployment.map((one) => ({ ...one, hosts: one.hosts.map((host) => ({ ...host, accepts })) }));

/** Takes the hops, up to the first server that accepts a user whose client meant another server. */
function take(where: Deployment, hops: readonly number[]) {
  const claims = [confinement, ntlmAccepts];
  const { failure, reached } = new Sampler(where, MACHINES, { claims }).walk(hops);
  return { validatesBeyond: failure !== null, accepts: reached.includes(ntlmAccepts.id) };
}

it('NTLM credentials never validate beyond the originating server', () => {
  let accepted = 0;
  fc.assert(
    fc.property(allWith('NTLM'), hopSequence, (where, hops) => {
      const { validatesBeyond, accepts } = take(where, hops);
      if (accepts) accepted += 1;
      return !validatesBeyond;
    }),
    RUNS,
  );
  expect(accepted, 'sequences in which the originating server accepts a user').toBeGreaterThan(50);
});

it.each([
  ['Basic credentials validate', allWith('Basic')],
  ['NTLM credentials that are relayed validate', fc.constant(deploymentOf(RELAY))],
])('%s beyond the originating server: fast-check finds a hop sequence', (_, deployments) => {
  const neverBeyond = fc.property(
    deployments,
    hopSequence,
    (where, hops) => !take(where, hops).validatesBeyond,
  );
  const { failed, counterexample } = fc.check(neverBeyond, { ...RUNS, endOnFailure: true });
  expect(failed).toBe(true);
  expect(take(...counterexample!).validatesBeyond).toBe(true);
});
