/** The systems of deployments as examples of networks without bounds. */
import type { Abstraction, Example, NameFunction, Place } from '../../checker/unbounded/kinds.ts';
import type { Choices } from '../../checker/unbounded/names.ts';
import { type Defences, STATIC_CHALLENGE } from '../../machines/ntlm/acceptor.ts';
import type { Initiator } from '../../machines/ntlm/initiator.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Component, System } from '../../machines/system/component.ts';
import { connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { mechanismOf, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Path } from '../../machines/vocabulary/messages.ts';
import type { Purpose } from '../../machines/vocabulary/purpose.ts';
import { type Challenge, ZERO_BINDING } from '../../machines/vocabulary/terms.ts';

/** All values of a type. It does not compile while one is missing. */
const all = <Value extends string>(values: Readonly<Record<Value, true>>): readonly Value[] =>
  Object.keys(values) as Value[];
const BOTH = [true, false] as const;

/** Every value of every field. */
type Domain<Of> = { readonly [Field in keyof Of]: readonly Of[Field][] };

const POLICY: Domain<NtlmPolicy> = {
  afterFailure: all({ spent: true, reusable: true, poisoned: true }),
  failureReply: all({ unauthorized: true, forbidden: true }),
  secondNegotiate: all({ renew: true, poison: true }),
  requestMidway: all({ fail: true, allow: true }),
  reauthentication: all({ restart: true, poison: true, ignore: true }),
  otherScheme: all({ fail: true, refuse: true, ignore: true }),
  persistence: all({ connection: true, request: true }),
  onPageRefusal: all({ end: true, keep: true }),
};

const DEFENCES: Domain<Defences> = {
  challenges: all({ fresh: true, static: true }),
  timestamp: all({ sent: true, leftOut: true }),
  ntlmv1: all({ refused: true, allowed: true }),
  lmResponse: all({ ignored: true, accepted: true }),
  serverName: all({ ignored: true, checkedIfPresent: true, required: true }),
  channelBinding: all({ ignored: true, checkedIfPresent: true, required: true }),
  targetName: all({ unchecked: true, checked: true }),
  mic: all({ ignored: true, checkedIfFlagged: true }),
  loopback: all({ unchecked: true, checked: true }),
};

const INITIATOR: Domain<Initiator> = {
  version: all({ NTLMv2: true, NTLMv1: true }),
  bindsChannel: BOTH,
  withoutChannel: all({ leavesOut: true, zeroes: true }),
  sendsMic: BOTH,
  trustsTarget: BOTH,
  dropsFlags: BOTH,
  afterLapse: all({ authenticates: true, repeats: true }),
};

export const PATHS: readonly Path[] = all({ default: true, logonForm: true, mailbox: true });

/** Settings that are the same in a whole network. Absent: any, and each its own. */
export type Fixed = {
  readonly policy?: Partial<NtlmPolicy>;
  readonly defences?: Partial<Defences>;
  readonly initiator?: Partial<Initiator>;
  readonly restart?: boolean; // whether an opening restarts the serials of a connection
};

const fixing = <Of>(domain: Domain<Of>, fixed: Partial<Of> = {}): Choices['fields'] => ({
  ...(domain as unknown as Choices['fields']),
  ...Object.fromEntries(Object.entries(fixed).map(([field, value]) => [field, [value as string]])),
});

/** The serial of one challenge of a server, whichever it is. */
const SOME_CHALLENGE = { term: '@watched', sort: 'Serial' } as const;

/** Which serial comes next, and which ones come after that of the one challenge. */
export const ORDER: readonly NameFunction[] = [
  { of: 'next', from: 'Serial', to: 'Serial', ofTexts: {} },
  { of: 'isAfter', from: 'Serial', to: 'Answer', ofTexts: {}, after: SOME_CHALLENGE.term },
];

/** Where real systems have bounds, or one of several settings, a network without bounds has any. */
export const abstraction = (
  { policy, defences, initiator, restart }: Fixed = {},
  functions: Abstraction['functions'] = [],
): Abstraction => ({
  functions,
  texts: {
    Path: PATHS,
    Serial: ['0'],
    Connection: [STATIC_CHALLENGE.connection],
    Certificate: [ZERO_BINDING],
  },
  numbers: { field: 'serial', sort: 'Serial' },
  choices: [
    { name: 'policy', fields: fixing(POLICY, policy) },
    { name: 'defences', fields: fixing(DEFENCES, defences) },
    { name: 'initiator', fields: fixing(INITIATOR, initiator) },
    { name: "adversary's initiator", fields: fixing(INITIATOR) },
    // Nothing is supposed of the serial after another, so that any number of them is covered.
    {
      name: 'challenges',
      fields: { max: ['any'], restart: restart === undefined ? BOTH : [restart] },
    },
  ],
  loosened: ({ machine: { id } }) => {
    if (id === 'ntlmClientConnection') return { input: { initiator: 'initiator' }, context: {} };
    if (id === 'mostGeneralSender')
      return { input: { initiator: "adversary's initiator" }, context: {} };
    if (id === 'acceptedOnce') return { input: {}, context: { serial: SOME_CHALLENGE } };
    if (id !== 'ntlmServerConnection') return { input: {}, context: {} };
    return {
      input: {
        policy: 'policy',
        defences: 'defences',
        challenges: 'challenges',
      },
      context: { serial: 'Serial' }, // the first may be any
    };
  },
});

const namesIn = (task: Purpose): readonly string[] =>
  [task.credentials, task.ambientIdentity, task.origin, task.proxyCredentials].flatMap((name) =>
    name === null ? [] : [name],
  );

/** A connection with its monitors is a group; any other component is one by itself. */
export function exampleOf(deployment: Deployment, system: System): Example {
  const { users, hosts, programs, adversary } = deployment;
  const links = linksOf(deployment);
  const linkOf = new Map(links.flatMap((link) => link.connections.map((c) => [c, link] as const)));
  const parties = new Set([
    ...[...users, ...hosts, ...programs].map(({ name }) => name),
    ...hosts.flatMap(({ names }) => names),
    ...programs.flatMap(({ tasks }) => tasks.flatMap(namesIn)),
    ...(adversary === null ? [] : [adversary.name]),
  ]);
  const connections = new Set<string>(connectionsOf(links));
  const certificates = new Set(hosts.map(({ certificate }) => certificate));
  const sortOf = (text: string) =>
    parties.has(text)
      ? 'Party'
      : connections.has(text)
        ? 'Connection'
        : certificates.has(text)
          ? 'Certificate'
          : null;
  const isIts = (name: string) => adversary?.controls.includes(name) ?? false;
  const its = new Set(
    hosts.filter(({ name }) => isIts(name)).map(({ certificate }) => certificate),
  );
  const valuesOf = (name: string) => {
    const owner = linkOf.get(name)?.from;
    return {
      ...(parties.has(name) ? { isOwned: String(isIts(name)) } : {}),
      ...(certificates.has(name) ? { isForOwned: String(its.has(name)) } : {}),
      ...(owner === undefined ? {} : { ownerOf: owner }),
    };
  };
  return { system, sortOf, valuesOf, place: (component) => placeOf(component, linkOf) };
}

function placeOf(component: Component, linkOf: ReadonlyMap<string, Link>): Place {
  const { name, machine, monitor, hears = {} } = component;
  const connection = monitor ? (hears.connection ?? hears.run) : name.replace(/\/\w+$/, '');
  const link = connection === undefined ? undefined : linkOf.get(connection);
  if (link === undefined) return { group: name, part: machine.id, label: machine.id };
  const part = monitor ? machine.id : name.slice(connection!.length + 1);
  return { group: connection!, part, label: `connection of ${ownerOf(link)} to ${endOf(link)}` };
}

/** Which messages reach a client depends on its owner: what a sign-in leaves a host with. */
const ownerOf = ({ caller, adversary }: Link): string =>
  adversary === 'client'
    ? 'an adversary'
    : caller === null
      ? 'a user'
      : `a host that is left a ${mechanismOf(caller).leaves(caller)}`;

const endOf = ({ to, adversary }: Link): string => {
  if (adversary === 'server') return "an adversary's host";
  if (isProxy(to)) return 'a proxy';
  const left = receivesPasswords(to) ? ` and is left a ${mechanismOf(to).leaves(to)}` : '';
  const calls = to.callsOn === null ? '' : ' and calls on another';
  return `a host that accepts ${to.accepts}${left}${calls}`;
};

/**
 * One server with its connections, against the most general client. Of the monitors of its
 * challenges one for each connection is enough: the challenge is any.
 */
export function serverExampleOf(whole: System): Example {
  const isOne = ({ machine: { id }, input }: Component) =>
    id !== 'acceptedOnce' || (input as Challenge).serial === 0;
  const system = whole.filter(isOne);
  const servers = system.filter(({ machine }) => machine.id === 'ntlmServerConnection');
  const connections = new Set(servers.map(({ name }) => name));
  const parties = new Set(['alice', 'bob', 'client', 'frontEnd']);
  return {
    system,
    sortOf: (text) => (connections.has(text) ? 'Connection' : parties.has(text) ? 'Party' : null),
    place: ({ name, machine: { id }, hears = {}, input }) => {
      const group =
        id === 'acceptedOnce' ? (input as Challenge).connection : (hears.connection ?? name);
      const part = connections.has(name) ? 'server' : id;
      return { group, part, label: connections.has(group) ? 'connection of the server' : id };
    },
  };
}
