/** Random deployments of every shape that a topology can have, and random choices of steps. */
import fc from 'fast-check';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Bounds, Deployment, Host, Mechanism } from '../../machines/system/topology.ts';
import { host, user } from '../deployments/defaults.ts';

/** A record with a prototype, as machines take it. */
export const record = <T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> =>
  fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<T>;

const HOSTS = ['frontEnd', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const;
const USERS = ['alice', 'bob', 'carol', 'dave'] as const;

/** Every policy, including the measured ones. */
export const policy: fc.Arbitrary<NtlmPolicy> = record({
  afterFailure: fc.constantFrom('spent', 'reusable', 'poisoned'),
  failureReply: fc.constantFrom('unauthorized', 'unauthorized', 'forbidden'),
  secondNegotiate: fc.constantFrom('renew', 'poison'),
  requestMidway: fc.constantFrom('fail', 'allow'),
  reauthentication: fc.constantFrom('restart', 'poison', 'ignore'),
  otherScheme: fc.constantFrom('fail', 'refuse', 'ignore'),
  persistence: fc.constantFrom('connection', 'request'),
  onPageRefusal: fc.constantFrom('end', 'end', 'keep'),
});

const bounds: fc.Arbitrary<Bounds> = record({
  connections: fc.integer({ min: 1, max: 2 }),
  challenges: fc.integer({ min: 1, max: 3 }),
  pages: fc.constantFrom(['mailbox'] as const, ['default', 'logonForm', 'mailbox'] as const),
  wrongPasswords: fc.boolean(),
  closing: fc.constant(true),
});

type Acceptor = Pick<Host, 'logonMethod' | 'policy'> & { accepts: Mechanism };
const acceptor = record<Acceptor>({
  accepts: fc.constantFrom<Mechanism>('Basic', 'NTLM'),
  logonMethod: fc.constantFrom('ClearText' as const, 'ClearText' as const, 'Network' as const),
  policy,
});

/** 1 to 6 hosts in a row, 1 to 4 users who visit the first, and perhaps the last directly. */
export const deployment: fc.Arbitrary<Deployment> = fc
  .record({
    acceptors: fc.array(acceptor, { minLength: 1, maxLength: HOSTS.length, size: 'max' }),
    direct: fc.array(fc.boolean(), { minLength: 1, maxLength: USERS.length, size: 'max' }),
    bounds,
  })
  .map(({ acceptors, direct, bounds }) => {
    const last = HOSTS[acceptors.length - 1]!;
    return {
      name: 'generated',
      users: direct.map((alsoLast, i) =>
        user(USERS[i]!, alsoLast && acceptors.length > 1 ? [HOSTS[0], last] : [HOSTS[0]]),
      ),
      hosts: acceptors.map((options, i) => ({
        ...host(HOSTS[i]!, {
          ...options,
          callsOn: i + 1 < acceptors.length ? HOSTS[i + 1]! : null,
        }),
        accepts: options.accepts,
      })),
      programs: [],
      adversary: null,
      bounds,
    };
  });

/**
 * A number for each step, by which `walk.ts` chooses among the enabled actions, by weight. Shrinks
 * to fewer and to smaller numbers.
 *
 * @param stepsMax - a count.
 */
export const schedule = (stepsMax: number): fc.Arbitrary<readonly number[]> =>
  fc.array(fc.nat({ max: 9_999 }), { maxLength: stepsMax, size: 'max' });

/** The choices of a walk by its seed, up to 2^31 - 1 and equally likely. */
export const choicesOf = (seed: number, count: number): readonly number[] =>
  fc.sample(fc.noBias(fc.nat()), { seed, numRuns: count });
