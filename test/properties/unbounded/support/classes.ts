/** Which deployments are of which class of networks. */
import type { Deployment } from '../../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../../machines/vocabulary/purpose.ts';
import { user } from '../../../../properties/deployments/defaults.ts';
import type { Fixed } from '../../../../properties/unbounded/abstraction.ts';
import type { Theorem } from '../../../../properties/unbounded/theorems.ts';

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

/** Users reach servers through proxies that pin, and no host calls on a proxy. */
const isPinned = ({ hosts, users, programs }: Deployment) => {
  const proxies = hosts.filter(({ paths }) => paths.length > 0);
  const names = proxies.map(({ name }) => name);
  return (
    programs.length === 0 &&
    proxies.length > 0 &&
    proxies.every(({ paths }) => paths.every((path) => path === 'pinned')) &&
    users.every(({ visits }) => visits.every((name) => names.includes(name))) &&
    hosts.every(({ callsOn }) => callsOn === null || !names.includes(callsOn))
  );
};

/** An adversary owns hosts and one account, each host has a certificate of its own. */
const isAttacked = ({ hosts, users, programs, adversary }: Deployment) => {
  const isIts = ({ name }: { readonly name: string }) => adversary!.controls.includes(name);
  const certificates = hosts.map(({ certificate }) => certificate);
  return (
    adversary !== null &&
    adversary.knows.length === 0 &&
    users.filter(isIts).length === 1 &&
    adversary.controls.length === [...users, ...hosts].filter(isIts).length &&
    programs.length === 0 &&
    users.every(
      ({ at, keepAlive, handshake, password }) =>
        at === null && keepAlive && handshake === 'connection' && password === 'strong',
    ) &&
    hosts.every(({ paths, names }) => paths.length === 0 && names.length === 1) &&
    !certificates.includes(null) &&
    new Set(certificates).size === certificates.length
  );
};
const isAttackedNtlm = (some: Deployment) => isAttacked(some) && isNtlm(some) && !redirects(some);

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
  'pinned-proxies': (some) =>
    some.adversary === null &&
    some.users.every(({ handshake }) => handshake === 'connection') &&
    isPlain(some) &&
    isNtlm(some) &&
    !redirects(some) &&
    isPinned(some),
  'adversary-channel-binding': isAttackedNtlm,
  'adversary-target-name': isAttackedNtlm,
  server: ({ hosts }) => hosts.some(({ accepts }) => accepts === 'NTLM'),
};

/** Whether each setting is as it is fixed. */
const agrees = <Of extends object>(some: Of, fixed: Partial<Of> = {}): boolean =>
  Object.entries(fixed).every(([field, value]) => some[field as keyof Of] === value);

/** Whether a deployment is of the networks of which a theorem speaks, with all that it supposes. */
export const isMeant = ({ claim, network, fixed }: Theorem, some: Deployment): boolean => {
  const isHonest = ({ name }: { readonly name: string }) =>
    some.adversary?.controls.includes(name) !== true;
  return (
    BELONGS[network.id]!(some) &&
    claim.appliesTo(some) &&
    some.hosts
      .filter((host) => isHonest(host) && host.accepts === 'NTLM')
      .every(
        (host) => agrees(host.policy, fixed.policy) && agrees(host.defences, fixed.defences),
      ) &&
    some.users.filter(isHonest).every(({ initiator }) => agrees(initiator, fixed.initiator))
  );
};

/** The deployment with each setting of its honest parties as it is fixed. */
export function asFixed(some: Deployment, { policy, defences, initiator }: Fixed): Deployment {
  return {
    ...some,
    hosts: some.hosts.map((host) => ({
      ...host,
      policy: { ...host.policy, ...policy },
      defences: { ...host.defences, ...defences },
    })),
    users: some.users.map((one) => ({ ...one, initiator: { ...one.initiator, ...initiator } })),
  };
}

/**
 * The deployment with an account for its adversary, if there is one without, and a certificate for
 * each host: hosts that share one still do. So it may be of a class that asks for these.
 */
export function withAccount(some: Deployment): Deployment {
  const { adversary, users, hosts } = some;
  if (adversary === null || users.some(({ name }) => adversary.controls.includes(name)))
    return some;
  const isTaken = users.some(({ name }) => name === adversary.name);
  const name = isTaken ? `${adversary.name}-account` : adversary.name;
  const visits = hosts.flatMap((host) =>
    adversary.controls.includes(host.name) ? [] : [host.name],
  );
  return {
    ...some,
    users: [...users, user(name, visits.slice(-1))],
    hosts: hosts.map((host) => ({
      ...host,
      certificate: `certificate of ${host.certificate ?? host.name}`,
    })),
    adversary: { ...adversary, controls: [...adversary.controls, name] },
  };
}
