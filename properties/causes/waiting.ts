/** What each party waits for in a state: of runs that get stuck or never end. */
import type { AnyMachineSnapshot } from 'xstate';
import type { System, Trace } from '../../checker/model/system.ts';
import { plainStart, plainStep, type Snapshots } from '../../checker/replay/replay.ts';
import {
  browserOf,
  clientOf,
  type Link,
  linksOf,
  pageOf,
  serverOf,
  wireOf,
} from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import type { Reason } from './cause.ts';
import { linkOf, signalsOf } from './run.ts';

/** The state after a trace. @throws TypeError for a trace that is not of this system */
export function stateAfter(system: System, trace: Trace): Snapshots {
  let state = plainStart(system);
  for (const { component, event } of trace) {
    const taken = plainStep(system, state, component, event);
    if (taken === null) throw new TypeError(`${component} does not take ${event.type}`);
    state = taken.after;
  }
  return state;
}

export type Wait = { readonly what: string; readonly why: Reason | null };

type Context = {
  readonly load?: { readonly to: 'client' | 'server' } | null;
  readonly owner?: ConnectionName | null;
  readonly authenticatedFor?: { credentials: string | null; ambientIdentity: string } | null;
  readonly exchange?: unknown;
  readonly identity?: { readonly user: string } | null;
};
const contextOf = (snapshot: AnyMachineSnapshot | undefined) =>
  (snapshot?.context ?? {}) as Context;

/**
 * What the request on a connection waits for. Null: no request is under way there.
 *
 * @param round - the steps that repeat for ever.
 */
export function waitOn(
  connection: ConnectionName,
  state: Snapshots,
  deployment: Deployment,
  round: Trace,
): Wait | null {
  const link = linkOf(deployment, connection);
  if (link === undefined) return null;
  const { from, to } = link;
  const page = state.get(pageOf(connection));
  const downstream = state.get(serverOf(connection));
  const request = `${contextOf(page).identity?.user ?? from}'s request`;
  if (to.callsOn !== null && (page?.value === 'impersonating' || downstream?.value === 'holding'))
    return {
      what: `${request} waits at ${to.name} for a connection to ${to.callsOn}`,
      why: occupied(link, state, deployment, round),
    };
  if (to.callsOn !== null && (page?.value === 'calling' || downstream?.value === 'waiting'))
    return { what: `${request} waits at ${to.name} for a reply from ${to.callsOn}`, why: null };
  const { load } = contextOf(state.get(wireOf(connection)));
  const number =
    link.connections.length > 1 ? ` on connection ${connection.split('#').at(-1)}` : '';
  const isPrompting =
    isAsking(state.get(browserOf(link))) ||
    signalsOf(round, 'prompted').some(({ what }) => what.user === from && what.server === to.name);
  if (load?.to === 'client' && isPrompting)
    return {
      what: `${to.name}'s reply to ${from}${number} waits while ${from} is asked for the password for another request`,
      why: null,
    };
  if (load) {
    const [sender, receiver] = load.to === 'client' ? [to.name, from] : [from, to.name];
    return { what: `a message of ${sender} waits until ${receiver} takes it${number}`, why: null };
  }
  const { exchange } = contextOf(state.get(clientOf(connection)));
  return exchange
    ? { what: `${from} waits for a reply from ${to.name}${number}`, why: null }
    : null;
}

const isAsking = (browser: AnyMachineSnapshot | undefined): boolean =>
  (browser?.value as { prompt?: string } | undefined)?.prompt === 'asking';

/** Who has the connections of `link.to` to the next host. */
function occupied(
  { from, to }: Link,
  state: Snapshots,
  deployment: Deployment,
  round: Trace,
): Reason | null {
  const next = linksOf(deployment).filter(({ caller }) => caller?.name === to.name);
  const connections = next.flatMap((link) => link.connections);
  const [has, it] =
    connections.length === 1
      ? ['the only one', 'it']
      : [`each of the ${connections.length}`, 'them'];
  const busy = new Set(
    signalsOf(round, 'asked').flatMap(({ what: { connection, user } }) =>
      connections.includes(connection) && user !== null && user !== from ? [user] : [],
    ),
  );
  if (busy.size > 0)
    return {
      because: `${[...busy].join("'s and ")}'s requests take ${it} each time`,
      allowedBy: null,
    };
  const holders = connections.map((connection) =>
    holderOf(contextOf(state.get(clientOf(connection)))),
  );
  if (holders.includes(null)) return null;
  return { because: `${has} is ${[...new Set(holders)].join(' or ')}`, allowedBy: null };
}

function holderOf({ owner, authenticatedFor }: Context): string | null {
  if (owner) return `pinned to ${owner.split('>')[0]}`;
  if (!authenticatedFor) return null;
  return `signed in as ${authenticatedFor.credentials ?? authenticatedFor.ambientIdentity}`;
}

/** What every party waits for, one clause each. */
export function waitsIn(state: Snapshots, deployment: Deployment): readonly string[] {
  const requests = linksOf(deployment).flatMap(({ connections }) =>
    connections.flatMap((connection) => {
      const wait = waitOn(connection, state, deployment, []);
      if (wait === null) return [];
      return [wait.why === null ? wait.what : `${wait.what}, and ${wait.why.because}`];
    }),
  );
  const prompts = linksOf(deployment).flatMap((link) =>
    isAsking(state.get(browserOf(link)))
      ? [`${link.to.name} asks ${link.from} for the password`]
      : [],
  );
  return [...new Set([...requests, ...prompts])];
}
