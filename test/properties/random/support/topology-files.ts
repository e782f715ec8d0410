/** Random topology files of every shape that the schema has, and restricted to some of them. */
import fc from 'fast-check';
import { POLICIES } from '../../../../machines/ntlm/policy.ts';
import type { PoolKeyComponent } from '../../../../machines/vocabulary/purpose.ts';
import { policy } from '../../../../properties/random/random-deployments.ts';

/** Of everything that is drawn here; `DOUBLE_HOP_SEED` is another. */
export const SEED = Number(process.env.DOUBLE_HOP_SEED ?? 20_261_130);

const NAMES = ['h1', 'h2', 'h3'];
const paths = fc.array(fc.constantFrom('pinned', 'pooled', 'closing'), {
  minLength: 1,
  maxLength: 2,
});
/** Of the acceptors of NTLM. */
const policies = fc.oneof(
  fc.constant({}),
  fc.record({ policy: fc.oneof(policy, fc.constantFrom(...Object.keys(POLICIES))) }),
);
const acceptingNtlm = policies.map((part) => ({ accepts: 'NTLM', ...part }));
const accepting = fc.oneof(
  { weight: 3, arbitrary: acceptingNtlm },
  {
    weight: 2,
    arbitrary: fc.record({
      accepts: fc.constant('Basic'),
      logonMethod: fc.constantFrom('ClearText', 'Network'),
    }),
  },
);
const tls = fc.constantFrom({}, {}, { certificate: 'shared' });
const check = fc.constantFrom('ignored', 'checkedIfPresent', 'required');
const defences = fc.oneof(
  fc.constantFrom({}, {}, {}, { defences: 'hardened' }, { defences: { ntlmv1: 'allowed' } }),
  fc.record({
    defences: fc.record(
      {
        challenges: fc.constantFrom('fresh', 'static'),
        timestamp: fc.constantFrom('sent', 'leftOut'),
        ntlmv1: fc.constantFrom('refused', 'allowed'),
        lmResponse: fc.constantFrom('ignored', 'accepted'),
        serverName: check,
        channelBinding: check,
        targetName: fc.constantFrom('unchecked', 'checked'),
        mic: fc.constantFrom('ignored', 'checkedIfFlagged'),
        loopback: fc.constantFrom('unchecked', 'checked'),
      },
      { requiredKeys: [] },
    ),
  }),
);
const named = fc.constantFrom({}, {}, {}, { names: ['portal', 'h1', 'h2', 'h3'] });
/** What a user's client does; a default where it is left out. */
const initiator = fc.oneof(
  fc.constantFrom({}, {}, { version: 'NTLMv1' }, { afterLapse: 'repeats' }),
  fc.record(
    {
      version: fc.constantFrom('NTLMv1', 'NTLMv2'),
      bindsChannel: fc.boolean(),
      withoutChannel: fc.constantFrom('leavesOut', 'zeroes'),
      sendsMic: fc.boolean(),
      trustsTarget: fc.boolean(),
      dropsFlags: fc.boolean(),
      afterLapse: fc.constantFrom('authenticates', 'repeats'),
    },
    { requiredKeys: [] },
  ),
);

const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((some) => Object.assign({}, ...some) as object);

/** Hosts that accept users themselves. Plain: without TLS, and with one name. */
export const ACCEPTORS = {
  any: merged(accepting, tls, defences, named),
  plain: merged(accepting, defences),
  ntlm: merged(acceptingNtlm, tls, defences),
  plainNtlm: merged(acceptingNtlm, defences),
};

/** One host of the row: a proxy, or one that accepts users itself. The last is no proxy. */
const host = fc.oneof(
  { weight: 2, arbitrary: fc.record({ paths }) },
  { weight: 3, arbitrary: ACCEPTORS.any },
);

/** What a file is made of. */
export const PARTS = {
  hosts: fc.array(host, { maxLength: 2 }),
  last: ACCEPTORS.any,
  redirects: fc.boolean(),
  users: fc.integer({ min: 1, max: 2 }),
  direct: fc.boolean(),
  poolKey: fc.constantFrom<readonly PoolKeyComponent[] | null>(
    ...[null, null, null],
    ['origin'],
    ['ambientIdentity'],
  ),
  controls: fc.constantFrom(null, null, null, 'alice>h1', 'alice>h1', 'h1', 'h1>h2', 'bob'),
  may: fc.oneof(
    fc.constant(['relay']),
    fc.subarray(['relay', 'reflect', 'observe', 'replay', 'strip', 'inject', 'redirect', 'close'], {
      minLength: 1,
      maxLength: 3,
    }),
  ),
  initiator,
  keepAlive: fc.constantFrom(true, true, true, true, false),
  at: fc.constantFrom(null, null, null, 'h1'),
  password: fc.constantFrom('strong', 'strong', 'weak'),
  wrongPasswords: fc.boolean(),
  closing: fc.boolean(),
  handshake: fc.constantFrom('connection', 'connection', 'host'),
  connections: fc.constantFrom(1, 2),
};

type Made<Parts> = {
  [Part in keyof Parts]: Parts[Part] extends fc.Arbitrary<infer Of> ? Of : never;
};
export type TopologyFile = ReturnType<typeof fileOf>;

/** Files made of such parts. */
export const filesOf = (parts: typeof PARTS) => fc.record(parts).map(fileOf);

function fileOf(made: Made<typeof PARTS>) {
  const row = [...made.hosts, made.last].map((options, i, all) => ({
    name: NAMES[i],
    ...options,
    ...(i + 1 < all.length ? { callsOn: NAMES[i + 1] } : {}),
  }));
  const end = row.at(-1)!.name;
  const door = made.redirects && made.poolKey === null;
  const visits = [...(door ? ['door'] : []), 'h1', ...(made.direct && end !== 'h1' ? [end] : [])];
  const names = ['alice', 'bob'].slice(0, made.users);
  return {
    hosts: [...row, ...(door ? [{ name: 'door', accepts: 'NTLM', redirectsTo: 'h1' }] : [])],
    users: names.map((name, i) => ({
      name,
      visits: made.poolKey !== null && i === 1 ? [] : visits,
      initiator: made.initiator,
      handshake: made.handshake,
      keepAlive: made.keepAlive,
      password: made.password,
      ...(made.at === null ? {} : { at: made.at }),
    })),
    ...(made.poolKey === null
      ? {}
      : {
          programs: [
            {
              name: 'gateway',
              connectsTo: 'h1',
              poolKey: made.poolKey,
              handshake: made.handshake,
              keepAlive: made.keepAlive,
              tasks: names.map((ambientIdentity) => ({ ambientIdentity })),
            },
          ],
        }),
    ...(made.controls === null
      ? {}
      : {
          adversary: {
            name: made.controls === 'bob' ? 'bob' : 'mallory',
            controls: [made.controls],
            may: made.may,
          },
        }),
    bounds: {
      connections: made.handshake === 'host' ? made.connections : 1,
      challenges: 1,
      pages: ['mailbox'],
      wrongPasswords: made.wrongPasswords,
      closing: made.closing,
    },
  };
}
