/** Which server refused which sign-in, and why: of runs in which a user cannot sign in. */
import type { Step, Trace } from '../../checker/model/system.ts';
import type { Snapshots } from '../../checker/replay/replay.ts';
import { type Link, linksOf, serverOf } from '../../machines/system/links.ts';
import { mechanismOf, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { whyRefused } from '../../story/clauses/refusal-reasons.ts';
import { type Field, hostField, type Reason, userField } from './cause.ts';
import { forwardedBy, lastSignal, linkOf, pathReason, type SignalOf } from './run.ts';

type Rejected = SignalOf<'rejected'>;

export type Refused = {
  readonly step: number; // from 1, in the steps that were given
  readonly what: string; // "mail refuses alice's response"
  readonly why: Reason | null;
};

/** The last refusal of a sign-in in these steps. Null: none is refused. */
export function refusalIn(steps: Trace, deployment: Deployment): Refused | null {
  for (let i = steps.length - 1; i >= 0; i -= 1) {
    const found = refusalOf(steps, i, deployment);
    if (found !== null) return { step: i + 1, ...found };
  }
  return null;
}

type Found = Omit<Refused, 'step'> | null;

function refusalOf(steps: Trace, i: number, deployment: Deployment): Found {
  const step = steps[i]!;
  const rejected = lastSignal([step], 'rejected')?.what;
  if (rejected !== undefined) {
    const link = linkOf(deployment, rejected.connection);
    return link === undefined ? null : ofCheck(rejected, link, steps.slice(0, i + 1), deployment);
  }
  return outOfTurn(steps, i, deployment) ?? withoutPassword(step, deployment);
}

function ofCheck(rejected: Rejected, link: Link, steps: Trace, deployment: Deployment): Found {
  const { user } = rejected.response;
  const server = link.to.name;
  const why = reasonOf(rejected, link, steps, deployment);
  if (user !== null) return { what: `${server} refuses ${user}'s response`, why };
  return { what: `${server} refuses the anonymous response of ${link.from}`, why };
}

function reasonOf(
  rejected: Rejected,
  link: Link,
  steps: Trace,
  deployment: Deployment,
): Reason | null {
  if (rejected.response.user === null) return tokenReason(link);
  const split = rejected.why === 'isUnproven' ? splitReason(steps, link, deployment) : null;
  if (split !== null) return split;
  const allowedBy = fieldOf(rejected, deployment, clientOf(rejected, deployment));
  const because = whyRefused(rejected);
  if (allowedBy !== null || link.to.policy.failureReply === 'unauthorized')
    return { because, allowedBy };
  return {
    because: `${because}, and the client takes the 403 for success`,
    allowedBy: hostField(link.to.name, 'policy.failureReply', 'forbidden'),
  };
}

/** The user whose own browser computed the response. Null: a host or a program did. */
function clientOf({ run }: Rejected, deployment: Deployment): string | null {
  const from = run === null ? undefined : linkOf(deployment, run)?.from;
  return deployment.users.find(({ name }) => name === from)?.name ?? null;
}

/** The host at the near end holds a token, with which it can prove nothing. */
function tokenReason({ caller }: Link): Reason | null {
  if (caller === null || mechanismOf(caller).leaves(caller) !== 'token') return null;
  return {
    because: `a sign-in at ${caller.name} leaves it a token and no password`,
    allowedBy: receivesPasswords(caller)
      ? hostField(caller.name, 'logonMethod', caller.logonMethod)
      : hostField(caller.name, 'accepts', caller.accepts),
  };
}

/** The setting that would have to change. Null: none, or the client is no user's. */
function fieldOf(
  { why, response: { pairs }, own: { server, names } }: Rejected,
  deployment: Deployment,
  user: string | null,
): Field | null {
  switch (why) {
    case 'isOutdated':
      return user === null ? null : userField(user, 'initiator.version', 'NTLMv1');
    case 'isBoundElsewhere':
      return bindingField(pairs?.target ?? '', pairs?.binding ?? null, deployment, user);
    case 'isMeantForAnother':
      return hostField(server, 'names', `[${names.join(', ')}]`);
    case 'isFromHere':
      return hostField(server, 'defences.loopback', 'checked');
    default:
      return null;
  }
}

function bindingField(
  target: string,
  binding: string | null,
  { hosts, users }: Deployment,
  user: string | null,
): Field | null {
  const host = hosts.find(({ name }) => name === target);
  if (host === undefined) return null;
  const initiator = users.find(({ name }) => name === user)?.initiator;
  if (host.certificate === null) return hostField(target, 'certificate', 'none');
  return user !== null && initiator?.bindsChannel === false && binding !== host.certificate
    ? userField(user, 'initiator.bindsChannel', 'false')
    : hostField(target, 'certificate', host.certificate);
}

/** A response that no check refused: there is no challenge for it, or the page refuses the user. */
function outOfTurn(steps: Trace, i: number, deployment: Deployment): Found {
  const step = steps[i]!;
  const connection = step.component.replace(/\/wire$/, '');
  const arrived = step.deliveries.find(
    ({ to, event }) => to === serverOf(connection) && event.type === 'AUTHENTICATE_MESSAGE',
  );
  const link = linkOf(deployment, connection);
  if (arrived === undefined || link === undefined || isProxy(link.to)) return null;
  if (!isRefusing(step, connection)) return null;
  const { user } = arrived.event.response as Rejected['response'];
  const server = link.to.name;
  if (lastSignal([step], 'commit') !== undefined)
    return {
      what: `${server} authenticates ${user}, and its page then refuses ${user}`,
      why: null,
    };
  return {
    what: `${server} receives ${user}'s response over a connection that has no challenge`,
    why: splitReason(steps.slice(0, i), link, deployment),
  };
}

const isRefusing = ({ deliveries }: Step, connection: string): boolean =>
  deliveries.some(
    ({ to, event }) =>
      to === `${connection}/wire` &&
      event.type === 'wire.send' &&
      (event.message as { type: string }).type === 'http.unauthorized',
  );

/** The messages of a handshake went over several connections, or others came between them. */
function splitReason(steps: Trace, link: Link, deployment: Deployment): Reason | null {
  if (link.caller === null) {
    const own = [...deployment.users, ...deployment.programs].find(
      ({ name }) => name === link.from,
    );
    const list = deployment.programs.some(({ name }) => name === link.from) ? 'programs' : 'users';
    if (own === undefined) return null;
    if (own.keepAlive)
      return own.handshake === 'connection'
        ? null
        : {
            because: `${link.from}'s client keeps its handshakes per host, and answers a challenge on any connection`,
            allowedBy: { path: [list, link.from, 'handshake'], value: 'host' },
          };
    return {
      because: `${link.from}'s client closes its connection after each reply`,
      allowedBy: { path: [list, link.from, 'keepAlive'], value: 'false' },
    };
  }
  const proxied = linksOf(deployment).filter(({ caller }) => caller?.name === link.from);
  const step = steps.findLast(
    ({ event }) =>
      event.type === 'proxy.forward' &&
      proxied.some(({ connections }) => connections.includes(event.via as string)),
  );
  const downstream = step === undefined ? null : forwardedBy(step);
  const reason = downstream === null ? null : pathReason(deployment, downstream);
  if (reason?.allowedBy?.value !== 'pinned') return reason;
  const from = linkOf(deployment, downstream!);
  return from === undefined || from.caller !== null ? null : splitReason([], from, deployment);
}

/** A middle tier receives 401 by Basic, for which it has no password. */
function withoutPassword(step: Step, deployment: Deployment): Found {
  const refused = lastSignal([step], 'refused')?.what;
  const link = refused === undefined ? undefined : linkOf(deployment, refused.connection);
  if (link === undefined || link.caller === null || !receivesPasswords(link.to)) return null;
  if (isProxy(link.caller)) return null;
  const why = tokenReason(link);
  return why === null
    ? null
    : { what: `${link.to.name} refuses ${link.from}, which has no password to send`, why };
}

/**
 * A connection on which its server accepts nothing more, which is of its policy. Null: there is
 * none.
 *
 * @param state - after all of these steps.
 */
export function spoiltIn(
  steps: Trace,
  state: Snapshots,
  deployment: Deployment,
): Omit<Refused, 'step'> | null {
  for (const { from, to, connections } of linksOf(deployment))
    for (const connection of connections) {
      if (state.get(serverOf(connection))?.value !== 'poisoned') continue;
      const { afterFailure, secondNegotiate } = to.policy;
      const isFailed = lastSignal(steps, 'rejected', (one) => one.connection === connection);
      const [field, after] =
        afterFailure === 'poisoned' && isFailed !== undefined
          ? (['afterFailure', 'a wrong response'] as const)
          : secondNegotiate === 'poison'
            ? (['secondNegotiate', 'a second NEGOTIATE_MESSAGE'] as const)
            : (['reauthentication', 'a handshake after the sign-in'] as const);
      return {
        what: `${to.name} answers every message on the connection from ${from} with 401`,
        why: {
          because: `${after} leaves that connection useless at ${to.name}`,
          allowedBy: hostField(to.name, `policy.${field}`, to.policy[field]),
        },
      };
    }
  return null;
}
