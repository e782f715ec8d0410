/** Who is connected to whom in a deployment, and which ends of that the adversary plays. */
import type { ConnectionName, HostName, UserName } from '../vocabulary/terms.ts';
import type { Adversary, Capability, Deployment, Host } from './topology.ts';

/** All connections from one party to one host. */
export type Link = {
  readonly from: UserName | HostName; // or a program's name
  readonly to: Deployment['hosts'][number];
  readonly caller: Deployment['hosts'][number] | null; // null: a user, a program, or the adversary
  readonly connections: readonly ConnectionName[];
  /** Which ends the adversary plays, and whether it hears what passes in between. */
  readonly adversary: 'none' | 'server' | 'client' | 'tap';
};

const known = new WeakMap<Deployment, readonly Link[]>();

/** Every link: users' first, then from host to host, then programs', then the adversary's own. */
export function linksOf(deployment: Deployment): readonly Link[] {
  const links = known.get(deployment) ?? findLinks(deployment);
  known.set(deployment, links);
  return links;
}

export const connectionsOf = (links: readonly Link[]): readonly ConnectionName[] =>
  links.flatMap(({ connections }) => connections);

/** What takes standing in the middle of a wire. To hear it, or to cut it, does not. */
const IN_THE_MIDDLE: readonly Capability[] = ['redirect', 'relay', 'reflect', 'strip', 'inject'];

/** True of a wire that the adversary sits on, and that no TLS keeps it out of. */
const isOpen = ({ controls }: Adversary, from: string, to: Host): boolean =>
  to.certificate === null && controls.includes(`${from}>${to.name}`);

/** True of a wire of which it plays the far end, and calls on the server with one of its own. */
export const isIntercepted = (adversary: Adversary, from: string, to: Host): boolean =>
  isOpen(adversary, from, to) && adversary.may.some((some) => IN_THE_MIDDLE.includes(some));

function findLinks({ users, hosts, programs, adversary, bounds }: Deployment): readonly Link[] {
  const hostNamed = (name: HostName) => {
    const host = hosts.find((candidate) => candidate.name === name);
    if (host === undefined) throw new TypeError(`no host is named ${name}`);
    return host;
  };
  const isIts = (name: string) =>
    name === adversary?.name || (adversary?.controls.includes(name) ?? false);
  const roleIn = (from: string, to: Host): Link['adversary'] => {
    if (adversary === null) return 'none';
    if (isIts(from)) return 'client';
    if (isIts(to.name) || isIntercepted(adversary, from, to)) return 'server';
    const hears = adversary.may.includes('observe') && isOpen(adversary, from, to);
    return hears ? 'tap' : 'none';
  };
  const link = (from: string, caller: Link['caller'], name: HostName): Link => {
    const to = hostNamed(name);
    const connections = Array.from(
      { length: bounds.connections },
      (_, i) => `${from}>${name}#${i + 1}`,
    );
    return { from, to, caller, connections, adversary: roleIn(from, to) };
  };
  const honest = [
    ...users.flatMap(({ name, visits }) => visits.map((host) => link(name, null, host))),
    ...hosts.flatMap((host) =>
      host.callsOn === null ? [] : [link(host.name, host, host.callsOn)],
    ),
    ...programs.map(({ name, connectsTo }) => link(name, null, connectsTo)),
  ];
  const beyond = honest.flatMap(({ from, to, adversary: role }) => {
    if (adversary === null) return [];
    const replays = role === 'tap' && adversary.may.includes('replay');
    return replays || isIntercepted(adversary, from, to) ? [to.name] : [];
  });
  const own = [...new Set(beyond)].map((name) => link(adversary!.name, null, name));
  // What the adversary says to itself it need not say.
  return [...honest, ...own].filter(({ from, to }) => !(isIts(from) && isIts(to.name)));
}
