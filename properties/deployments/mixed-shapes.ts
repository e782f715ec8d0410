/** Shapes that join what the others have apart: proxies, programs, middle tiers, an adversary. */
import { STANDARD } from '../../machines/ntlm/policy.ts';
import type { Topology } from '../../machines/system/topology.ts';
import type { Purpose } from '../../machines/vocabulary/purpose.ts';
import { chain, host, SMALL, user, visitors } from './defaults.ts';
import { mallory } from './with-adversary.ts';

const shape = (
  name: string,
  parts: Pick<Topology, 'users' | 'hosts'> & Partial<Topology>,
): Topology => ({ name, compare: [], programs: [], adversary: null, bounds: SMALL, ...parts });

const task = (ambientIdentity: string): Purpose => ({
  credentials: null,
  ambientIdentity,
  origin: 'frontEnd',
  proxyCredentials: null,
  delegation: 'none',
});

const poolAtFrontEnd = (name: string, onPageRefusal: 'end' | 'keep') =>
  shape(name, {
    users: visitors([], 'alice', 'bob'),
    hosts: chain(['frontEnd', 'NTLM'], ['mailbox', 'NTLM']).map((one) =>
      one.name === 'frontEnd' ? { ...one, policy: { ...STANDARD, onPageRefusal } } : one,
    ),
    programs: [
      {
        name: 'service',
        connectsTo: 'frontEnd',
        keepAlive: true,
        handshake: 'connection',
        poolKey: ['origin'],
        tasks: [task('alice'), task('bob')],
      },
    ],
  });

/** The mailbox refuses, so that only what the front end acts on shows whom it takes a user for. */
export const POOL_AT_FRONT_END = poolAtFrontEnd('pool at a front end', 'end');
export const POOL_KEPT_AT_FRONT_END = poolAtFrontEnd('pool at a front end, sign-in kept', 'keep');

/** The proxy is the only honest host that a password passes. */
export const PROXY_BEFORE_ADVERSARY = shape('proxy before an adversary', {
  users: visitors(['proxy'], 'alice'),
  hosts: [
    host('proxy', { callsOn: 'evil', paths: ['pooled'] }),
    host('evil', { accepts: 'Basic' }),
  ],
  adversary: mallory(['evil'], ['close']),
});

export const PROXY_BEFORE_FRONT_END = shape('proxy before a front end', {
  users: visitors(['proxy'], 'alice', 'bob'),
  hosts: [
    host('proxy', { callsOn: 'frontEnd', paths: ['pooled'] }),
    ...chain(['frontEnd', 'Basic'], ['mailbox', 'NTLM']),
  ],
});

export const TWO_PROXIES = shape('two proxies in a row', {
  users: [user('alice', ['proxy']), user('bob', ['proxy'])],
  hosts: [
    host('proxy', { callsOn: 'second', paths: ['pinned'] }),
    host('second', { callsOn: 'mailbox', paths: ['pooled'] }),
    host('mailbox', { accepts: 'NTLM' }),
  ],
});

const forbidding = { policy: { ...STANDARD, failureReply: 'forbidden' } } as const;

/** The user's browser and the front end both take a refusal for a sign-in. */
export const REFUSALS_BY_403 = shape('refusals by 403', {
  users: visitors(['frontEnd'], 'alice'),
  hosts: chain(['frontEnd', 'NTLM'], ['mailbox', 'NTLM']).map((one) => ({ ...one, ...forbidding })),
  bounds: { ...SMALL, wrongPasswords: true },
});

/** The mailbox's 403 passes two front ends, the second of which has no password for it. */
export const REFUSALS_BY_403_PASSED_ON = shape('refusals by 403, passed on', {
  users: visitors(['frontEnd'], 'alice'),
  hosts: [
    host('frontEnd', { accepts: 'Basic', callsOn: 'second' }),
    host('second', { accepts: 'Basic', callsOn: 'mailbox', logonMethod: 'Network' }),
    host('mailbox', { accepts: 'NTLM', ...forbidding }),
  ],
});

export const MIXED_SHAPES: readonly Topology[] = [
  POOL_AT_FRONT_END,
  POOL_KEPT_AT_FRONT_END,
  PROXY_BEFORE_ADVERSARY,
  PROXY_BEFORE_FRONT_END,
  REFUSALS_BY_403,
  REFUSALS_BY_403_PASSED_ON,
  TWO_PROXIES,
];
