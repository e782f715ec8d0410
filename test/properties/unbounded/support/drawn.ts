/** Random deployments of each class of networks. */
import fc from 'fast-check';
import { parseTopology } from '../../../../cli/input/topology-data.ts';
import { type Deployment, deploymentsOf } from '../../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../../machines/vocabulary/purpose.ts';
import type { Theorem } from '../../../../properties/unbounded/theorems.ts';
import {
  ACCEPTORS,
  filesOf,
  PARTS,
  SEED,
  type TopologyFile,
} from '../../random/support/topology-files.ts';
import { asFixed, isMeant } from './classes.ts';

const HONEST = {
  ...PARTS,
  controls: fc.constant(null),
  poolKey: fc.constant(null),
  handshake: fc.constant('connection'),
  redirects: fc.constant(false),
} as typeof PARTS;
const PLAIN = { ...HONEST, at: fc.constant(null), keepAlive: fc.constant(true) };

const rowsOf = (parts: typeof PARTS, acceptor: fc.Arbitrary<object>) =>
  filesOf({ ...parts, hosts: fc.array(acceptor, { maxLength: 2 }), last: acceptor });

const TASK = fc.record(
  {
    credentials: fc.constantFrom('alice', 'bob'),
    ambientIdentity: fc.constantFrom('alice', 'bob'),
    origin: fc.constantFrom('h1', 'archive'),
    delegation: fc.constantFrom('none', 'always'),
  },
  { requiredKeys: ['ambientIdentity'] },
);

const PINS = ['pinned', 'pinned'];
const ROW = ['h1', 'h2', 'h3', 'h4'];

/** Hosts in a row, some of them the adversary's; each may call on the next. */
const ATTACKED = fc
  .record({
    hosts: fc.array(
      fc.record({ acceptor: ACCEPTORS.ntlm, isIts: fc.boolean(), calls: fc.boolean() }),
      { minLength: 2, maxLength: ROW.length },
    ),
    visits: fc.array(fc.subarray(ROW, { minLength: 1 }), { minLength: 3, maxLength: 3 }),
    initiator: PARTS.initiator,
    may: fc.subarray(['relay', 'reflect', 'replay', 'strip', 'inject', 'redirect'], {
      minLength: 1,
    }),
    wrongPasswords: fc.boolean(),
    closing: fc.boolean(),
  })
  .map(({ hosts, visits, initiator, may, wrongPasswords, closing }) => {
    const names = ROW.slice(0, hosts.length);
    const its = names.filter((_, i) => hosts[i]!.isIts);
    const known = (some: readonly string[]) => some.filter((name) => names.includes(name));
    return {
      hosts: hosts.map(({ acceptor, calls }, i) => ({
        name: names[i],
        ...acceptor,
        certificate: `certificate-of-${names[i]}`,
        ...(calls && i + 1 < hosts.length ? { callsOn: names[i + 1] } : {}),
      })),
      users: visits.map((some, i) => {
        const name = ['alice', 'bob'][i] ?? 'mallory';
        const visited = known(some).filter((host) => name !== 'mallory' || !its.includes(host));
        return { name, visits: visited, initiator };
      }),
      adversary: { name: 'mallory', controls: ['mallory', ...its], may },
      bounds: { pages: ['mailbox'], wrongPasswords, closing },
    };
  });

/** Proxies that pin, before a row of hosts. */
const PINNED = fc
  .record({
    hosts: fc.array(ACCEPTORS.plainNtlm, { minLength: 1, maxLength: 3 }),
    doors: fc.array(fc.record({ to: fc.nat(), paths: fc.constantFrom(['pinned'], PINS) }), {
      minLength: 1,
      maxLength: 2,
    }),
    users: fc.array(PARTS.initiator, { minLength: 1, maxLength: 2 }),
    wrongPasswords: fc.boolean(),
    closing: fc.boolean(),
  })
  .map(({ hosts, doors, users, wrongPasswords, closing }) => ({
    hosts: [
      ...doors.map(({ to, paths }, i) => ({
        name: `p${i + 1}`,
        paths,
        callsOn: ROW[to % hosts.length],
      })),
      ...hosts.map((acceptor, i) => ({
        name: ROW[i],
        ...acceptor,
        ...(i + 1 < hosts.length ? { callsOn: ROW[i + 1] } : {}),
      })),
    ],
    users: users.map((initiator, i) => ({
      name: ['alice', 'bob'][i],
      visits: doors.map((_, nth) => `p${nth + 1}`),
      initiator,
    })),
    bounds: { pages: ['mailbox'], wrongPasswords, closing },
  }));

/** By class: files of its deployments, most of them. */
const FILES: Readonly<Record<string, fc.Arbitrary<object>>> = {
  ntlm: rowsOf(PLAIN, ACCEPTORS.plainNtlm),
  mixed: rowsOf(PLAIN, ACCEPTORS.plain),
  'ntlm-varied': fc
    .tuple(rowsOf(HONEST, ACCEPTORS.ntlm), fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
    .map(([{ hosts, ...file }, both]) => ({
      ...file,
      hosts: hosts.map((host, i) => ({
        ...host,
        names: both[i] ? [host.name, `${host.name}-alias`] : [host.name],
      })),
    })),
  redirects: rowsOf(PLAIN, ACCEPTORS.plain).map(({ hosts, users, ...file }) => ({
    ...file,
    users: users.map((user) => ({ ...user, visits: hosts.map(({ name }) => name) })),
    hosts: hosts.map((host) =>
      'callsOn' in host ? { ...host, callsOn: undefined, redirectsTo: host.callsOn } : host,
    ),
  })),
  pools: fc
    .tuple(
      filesOf({
        ...PLAIN,
        hosts: fc.constant([]),
        last: ACCEPTORS.plainNtlm,
        users: fc.constant(2),
        poolKey: fc.constant([...POOL_KEY]),
      } as typeof PARTS),
      fc.array(TASK, { minLength: 1, maxLength: 3 }),
    )
    .map(([{ users, programs = [], ...file }, tasks]) => ({
      ...file,
      users: users.map((user) => ({ ...user, visits: [] })),
      programs: programs.map((program) => ({ ...program, tasks })),
    })),
  'pinned-proxies': PINNED,
  'adversary-channel-binding': ATTACKED,
  'adversary-target-name': ATTACKED,
  server: rowsOf(PLAIN, ACCEPTORS.plain),
};

const BOUNDS = fc.record({
  connections: fc.constantFrom(1, 1, 2),
  challenges: fc.constantFrom(1, 2),
});

/** Random deployments that a theorem speaks of, of `files` topology files. */
export function drawn(theorem: Theorem, files: number): readonly Deployment[] {
  const some = fc.tuple(FILES[theorem.network.id]!, BOUNDS).map(([file, bounds]) => ({
    ...file,
    bounds: { ...(file as TopologyFile).bounds, ...bounds },
  }));
  return fc
    .sample(some, { seed: SEED, numRuns: files })
    .flatMap((data) => {
      const { topology } = parseTopology(data, 'random');
      return topology === null ? [] : deploymentsOf(topology);
    })
    .map((deployment) => asFixed(deployment, theorem.fixed))
    .filter((deployment) => isMeant(theorem, deployment));
}
