/** Random deployments with a reverse proxy: any paths, to a mailbox server of any policy. */
import fc from 'fast-check';
import { INITIATOR } from '../../machines/ntlm/initiator.ts';
import type { Deployment, Upstream } from '../../machines/system/topology.ts';
import { host, SMALL, user } from '../deployments/defaults.ts';
import { policy, record } from './random-deployments.ts';

const upstream = fc.constantFrom<Upstream>('pinned', 'pooled', 'closing');
const initiator = record({
  version: fc.constantFrom('NTLMv2' as const, 'NTLMv2' as const, 'NTLMv1' as const),
  afterLapse: fc.constantFrom('authenticates' as const, 'repeats' as const),
});

/** 1 or 2 users, 1 or 2 paths, one connection for each pair: small enough to exhaust. */
export const proxied: fc.Arbitrary<Deployment> = fc
  .record({
    initiators: fc.array(initiator, { minLength: 1, maxLength: 2 }),
    paths: fc.array(upstream, { minLength: 1, maxLength: 2 }),
    accepts: fc.constantFrom('NTLM' as const, 'NTLM' as const, 'Basic' as const),
    policy,
    closing: fc.boolean(),
  })
  .map(({ initiators, paths, accepts, policy, closing }) => ({
    name: 'generated',
    users: initiators.map((options, i) =>
      user(i === 0 ? 'alice' : 'bob', ['proxy'], { initiator: { ...INITIATOR, ...options } }),
    ),
    hosts: [
      { ...host('proxy', { callsOn: 'mailbox', paths }), accepts },
      { ...host('mailbox', { policy }), accepts },
    ],
    programs: [],
    adversary: null,
    bounds: { ...SMALL, closing },
  }));
