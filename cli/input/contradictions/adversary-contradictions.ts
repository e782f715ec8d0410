/**
 * What an adversary may do and never could: for want of somebody to hear, or of somewhere to send
 * it. Asked of the topology itself, since what it is connected to is decided there.
 */

import { type Link, linksOf } from '../../../machines/system/links.ts';
import {
  type Adversary,
  type Capability,
  deploymentsOf,
  type Topology,
} from '../../../machines/system/topology.ts';
import { anyOf, type Issue, issue } from '../bad-input.ts';

type Reach = {
  readonly topology: Topology;
  readonly adversary: Adversary;
  readonly holdsNothing: boolean; // neither a host nor a wire
  readonly inbound: readonly Link[]; // it is the server there
  readonly outbound: readonly Link[]; // it is the client there
  readonly tapped: readonly Link[];
};

/** In a topology whose every name is there. */
export function* pointless(topology: Topology): Iterable<Issue> {
  const { adversary } = topology;
  if (adversary === null) return;
  const reach = reachOf(topology, adversary);
  const locked = [...lockedWires(reach)];
  yield* locked;
  if (locked.length > 0) return; // what follows from it need not be said again
  const futile = new Map<string, Capability[]>();
  for (const capability of adversary.may) {
    const why = FUTILE[capability](reach);
    if (why !== null) futile.set(why, [...(futile.get(why) ?? []), capability]);
  }
  for (const [why, capabilities] of futile) {
    const path = ['adversary', 'may', adversary.may.indexOf(capabilities[0]!)];
    yield issue(path, `it could never ${anyOf(capabilities)}: ${why}`);
  }
  const { knows, controls, may } = adversary;
  for (const [i, name] of knows.entries())
    if (!may.includes('inject') && !controls.includes(name)) {
      const what = `it knows the password of "${name}" and may not use it`;
      yield issue(['adversary', 'knows', i], `${what}; add inject to may, or leave it out`);
    }
}

function reachOf(topology: Topology, adversary: Adversary): Reach {
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

/** Wires with TLS, in which it may do nothing that TLS lets it. */
function* lockedWires({ topology, adversary }: Reach): Iterable<Issue> {
  if (adversary.may.includes('close')) return;
  for (const [i, name] of adversary.controls.entries()) {
    const [, to] = name.split('>');
    const { certificate = null } = topology.hosts.find((host) => host.name === to) ?? {};
    if (certificate === null || adversary.controls.includes(to!)) continue;
    const what = `"${to}" has TLS, so whoever sits on the wire "${name}" can only close it`;
    const fixes = `add close to may, control "${to}" itself, or leave out its certificate`;
    yield issue(['adversary', 'controls', i], `${what}; ${fixes}`);
  }
}

const NOTHING = 'it controls neither a host nor a wire';
const A_HOST = 'control a host that a user visits, or a wire without TLS such as "alice>mailbox"';

/** Why it has nobody to hear. Null: somebody signs in to it. */
const deaf = ({ holdsNothing, inbound }: Reach): string | null => {
  if (holdsNothing) return `${NOTHING}; ${A_HOST}`;
  return inbound.length > 0 ? null : `nobody but itself connects to what it controls; ${A_HOST}`;
};

/** Why it has nowhere to send anything. Null: it is the client of somebody. */
const mute = ({ outbound }: Reach): string | null =>
  outbound.length > 0
    ? null
    : 'nothing that it controls calls on anybody; add callsOn to a host that it controls, or ' +
      'control a wire without TLS';

const isOnAWire = ({ adversary }: Reach): boolean =>
  adversary.controls.some((name) => name.includes('>'));

const machineOf = ({ users }: Topology, from: string) =>
  users.find(({ name }) => name === from)?.at ?? from;

/** True when some message could come in from one machine and go out to it, or to another. */
const passes = ({ topology, inbound, outbound }: Reach, toItself: boolean): boolean =>
  inbound.some(({ from }) =>
    outbound.some(({ to }) => (machineOf(topology, from) === to.name) === toItself),
  );

const isNtlm = ({ to }: Link): boolean => to.accepts === 'NTLM';

/** Why a capability is in vain. Null: there is a use for it. */
const FUTILE: Readonly<Record<Capability, (reach: Reach) => string | null>> = {
  observe: (reach) =>
    isOnAWire(reach)
      ? null
      : 'it sits on no wire; add one to controls, such as "alice>mailbox", or leave observe out',
  replay: (reach) => {
    if (![...reach.inbound, ...reach.tapped].some(isNtlm)) {
      if (reach.holdsNothing) return `${NOTHING}; ${A_HOST}`;
      return isOnAWire(reach)
        ? 'it hears no response of NTLM; add observe to may, on a wire to a host that accepts NTLM'
        : `it hears no response of NTLM; ${A_HOST}, where NTLM is accepted`;
    }
    return (
      mute(reach) ??
      (reach.outbound.some(isNtlm)
        ? null
        : 'nobody that it could send a response to accepts NTLM; call on a host that does')
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
      : 'whoever visits it visits nothing else; add a host to the visits of such a user';
  },
  relay: (reach) =>
    deaf(reach) ??
    mute(reach) ??
    (passes(reach, false)
      ? null
      : 'whatever it receives comes from the machine that it would be sent to; that is reflect'),
  reflect: (reach) =>
    deaf(reach) ??
    mute(reach) ??
    (passes(reach, true)
      ? null
      : 'nobody who connects to it sits at a host that it connects to; add "at" to such a user'),
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
      : `no connection is within its reach; ${A_HOST}`,
};
