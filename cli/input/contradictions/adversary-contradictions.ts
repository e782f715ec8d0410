/**
 * Capabilities that an adversary could never use, because it receives nothing or cannot send
 * anywhere. They are found in the topology, which decides its connections.
 */

import { type Link, linksOf } from '../../../machines/system/links.ts';
import { isChallenging } from '../../../machines/system/mechanisms.ts';
import {
  type Adversary,
  type Capability,
  deploymentsOf,
  type Topology,
} from '../../../machines/system/topology.ts';
import { anyOf, type Issue, issue } from '../bad-input.ts';

type AdversaryReach = {
  readonly topology: Topology;
  readonly adversary: Adversary;
  readonly holdsNothing: boolean; // neither a host nor a wire
  readonly inbound: readonly Link[]; // it is the server there
  readonly outbound: readonly Link[]; // it is the client there
  readonly tapped: readonly Link[];
};

/** @param topology - one whose names all exist. */
export function* pointless(topology: Topology): Iterable<Issue> {
  const { adversary } = topology;
  if (adversary === null) return;
  const reach = reachOf(topology, adversary);
  const locked = [...lockedWires(reach)];
  yield* locked;
  if (locked.length > 0) return; // the other issues would follow from these
  const useless = new Map<string, Capability[]>();
  for (const capability of adversary.may) {
    const why = USELESS[capability](reach);
    if (why !== null) useless.set(why, [...(useless.get(why) ?? []), capability]);
  }
  for (const [why, capabilities] of useless) {
    const path = ['adversary', 'may', adversary.may.indexOf(capabilities[0]!)];
    yield issue(path, `it can never ${anyOf(capabilities)}: ${why}`);
  }
  const { knows, controls, may } = adversary;
  for (const [i, name] of knows.entries())
    if (!may.includes('inject') && !controls.includes(name)) {
      const what = `it knows the password of "${name}", but cannot use it`;
      yield issue(['adversary', 'knows', i], `${what}; add inject to may, or leave it out`);
    }
}

function reachOf(topology: Topology, adversary: Adversary): AdversaryReach {
  const links = deploymentsOf(topology).flatMap(linksOf);
  const playing = (role: Link['adversary']) => links.filter((link) => link.adversary === role);
  const isUser = (name: string) => topology.users.some((user) => user.name === name);
  return {
    topology,
    adversary,
    holdsNothing: adversary.controls.every(isUser),
    inbound: playing('server'),
    outbound: playing('client'),
    tapped: playing('tap'),
  };
}

/** Wires with TLS, on which it may not even close connections. */
function* lockedWires({ topology, adversary }: AdversaryReach): Iterable<Issue> {
  if (adversary.may.includes('close')) return;
  for (const [i, name] of adversary.controls.entries()) {
    const [, to] = name.split('>');
    const { certificate = null } = topology.hosts.find((host) => host.name === to) ?? {};
    if (certificate === null || adversary.controls.includes(to!)) continue;
    const what = `"${to}" has TLS, so on the wire "${name}" the adversary can only close connections`;
    const fixes = `add close to may, control "${to}" itself, or leave out its certificate`;
    yield issue(['adversary', 'controls', i], `${what}; ${fixes}`);
  }
}

const NOTHING = 'it controls neither a host nor a wire';
const A_HOST = 'control a host that a user visits, or a wire without TLS such as "alice>mailbox"';

/** Why it receives nothing. Null: a party connects to it. */
const deaf = ({ holdsNothing, inbound }: AdversaryReach): string | null => {
  if (holdsNothing) return `${NOTHING}; ${A_HOST}`;
  return inbound.length > 0 ? null : `no other party connects to what it controls; ${A_HOST}`;
};

/** Why it can send nothing. Null: it connects to a host. */
const mute = ({ outbound }: AdversaryReach): string | null =>
  outbound.length > 0
    ? null
    : 'nothing that it controls connects to a host; add callsOn to a host that it controls, or ' +
      'control a wire without TLS';

const isOnAWire = ({ adversary }: AdversaryReach): boolean =>
  adversary.controls.some((name) => name.includes('>'));

const machineOf = ({ users }: Topology, from: string) =>
  users.find(({ name }) => name === from)?.at ?? from;

/** True when a message of one machine could be forwarded to that machine, or to another. */
const passes = ({ topology, inbound, outbound }: AdversaryReach, toItself: boolean): boolean =>
  inbound.some(({ from }) =>
    outbound.some(({ to }) => (machineOf(topology, from) === to.name) === toItself),
  );

const hasChallenges = ({ to }: Link): boolean => isChallenging(to);

/** Why a capability has no use. Null: it has one. */
const USELESS: Readonly<Record<Capability, (reach: AdversaryReach) => string | null>> = {
  observe: (reach) =>
    isOnAWire(reach)
      ? null
      : 'it controls no wire; add one to controls, such as "alice>mailbox", or leave observe out',
  replay: (reach) => {
    if (![...reach.inbound, ...reach.tapped].some(hasChallenges)) {
      if (reach.holdsNothing) return `${NOTHING}; ${A_HOST}`;
      return isOnAWire(reach)
        ? 'it receives no NTLM response; add observe to may, and a wire to a host that accepts NTLM'
        : `it receives no NTLM response; ${A_HOST}, where NTLM is accepted`;
    }
    return (
      mute(reach) ??
      (reach.outbound.some(hasChallenges)
        ? null
        : 'no host that it connects to accepts NTLM; connect to one that does')
    );
  },
  redirect: (reach) => {
    const { users } = reach.topology;
    const why = deaf(reach);
    if (why !== null) return why;
    const elsewhere = reach.inbound.some(({ from, to }) =>
      users.some(({ name, visits }) => name === from && visits.some((host) => host !== to.name)),
    );
    return elsewhere
      ? null
      : 'its visitors visit no other host; add a host to the visits of one of them';
  },
  relay: (reach) =>
    deaf(reach) ??
    mute(reach) ??
    (passes(reach, false)
      ? null
      : 'it only receives messages of the machine that it connects to; replace relay with reflect'),
  reflect: (reach) =>
    deaf(reach) ??
    mute(reach) ??
    (passes(reach, true)
      ? null
      : 'no user who connects to it works at a host that it connects to; add "at" to such a user'),
  strip: (reach) => deaf(reach) ?? mute(reach),
  inject: (reach) => {
    if (reach.outbound.length > 0) return null;
    if (reach.holdsNothing) return `${NOTHING}; ${A_HOST}`;
    const { hosts } = reach.topology;
    const isStatic = hosts.some(({ defences }) => defences.challenges === 'static');
    return isStatic && reach.inbound.length > 0 ? null : (deaf(reach) ?? mute(reach));
  },
  close: (reach) =>
    isOnAWire(reach) || reach.inbound.length + reach.outbound.length + reach.tapped.length > 0
      ? null
      : `it controls no connection; ${A_HOST}`,
};
