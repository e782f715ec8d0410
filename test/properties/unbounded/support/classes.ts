/** Which deployments are of which class of networks, and random ones of each class. */
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

const isHonest = ({ adversary, hosts, users, programs }: Deployment) =>
  adversary === null &&
  hosts.every(({ paths }) => paths.length === 0) &&
  [...users, ...programs].every(({ handshake }) => handshake === 'connection');
const isPlain = ({ hosts, users, programs }: Deployment) =>
  hosts.every(({ certificate, names }) => certificate === null && names.length === 1) &&
  users.every(({ at }) => at === null) &&
  [...users, ...programs].every(({ keepAlive }) => keepAlive);
const isNtlm = ({ hosts }: Deployment) => hosts.every(({ accepts }) => accepts === 'NTLM');
const redirects = ({ hosts }: Deployment) => hosts.some(({ redirectsTo }) => redirectsTo !== null);
const hasCalls = ({ hosts }: Deployment) => hosts.some(({ callsOn }) => callsOn !== null);
const isVisited = (some: Deployment) => some.programs.length === 0 && !redirects(some);

/** Programs that compare the full key, with requests as the class has them. */
const isPooled = ({ programs }: Deployment) =>
  programs.length > 0 &&
  programs.every(
    ({ poolKey, tasks }) =>
      poolKey.length === POOL_KEY.length &&
      tasks.every(
        ({ proxyCredentials, delegation }) => proxyCredentials === null && delegation !== 'policy',
      ),
  );

/** By class: whether a deployment is of it. */
const BELONGS: Readonly<Record<string, (some: Deployment) => boolean>> = {
  ntlm: (some) => isHonest(some) && isPlain(some) && isVisited(some) && isNtlm(some),
  mixed: (some) => isHonest(some) && isPlain(some) && isVisited(some),
  'ntlm-varied': (some) =>
    isHonest(some) &&
    isVisited(some) &&
    isNtlm(some) &&
    some.hosts.every(({ names }) => names.length <= 2),
  redirects: (some) =>
    isHonest(some) &&
    isPlain(some) &&
    some.programs.length === 0 &&
    redirects(some) &&
    !hasCalls(some),
  pools: (some) =>
    isHonest(some) &&
    isPlain(some) &&
    isNtlm(some) &&
    !redirects(some) &&
    !hasCalls(some) &&
    isPooled(some),
  server: ({ hosts }) => hosts.some(({ accepts }) => accepts === 'NTLM'),
};

/** Whether a deployment is of the networks of which a theorem speaks, with all that it supposes. */
export const isMeant = ({ claim, network, fixed }: Theorem, some: Deployment): boolean =>
  BELONGS[network.id]!(some) &&
  claim.appliesTo(some) &&
  some.hosts.every(({ policy }) =>
    Object.entries(fixed.policy ?? {}).every(
      ([field, value]) => policy[field as keyof typeof policy] === value,
    ),
  );

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
    .filter((deployment) => isMeant(theorem, deployment));
}
