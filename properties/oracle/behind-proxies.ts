/**
 * What theory says of a deployment with reverse proxies: which users can sign in through them, and
 * whose sign-ins other users can use. It never asks the model.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (a sign-in is a connection's); MS-NLMP 3.2.5.1.2; RFC 7617 2
 */

import type { Upstream } from '../../machines/proxy/proxy-effects.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { isProxy, pathOf } from '../../machines/system/proxies.ts';
import { type AcceptingHost, behind, type Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import { absent, isBoundRight } from './delivered-responses.ts';
import { isMeant } from './passing-hops.ts';

type User = Deployment['users'][number];

/** One connection of a user to a proxy. */
export type Downstream = {
  readonly connection: ConnectionName;
  readonly link: Link;
  readonly user: User;
  readonly server: AcceptingHost; // behind the proxy
  readonly upstream: Upstream; // what its path does
};

/**
 * True where each user reaches a mailbox server through one reverse proxy, without an adversary. A
 * proxy before a front end or before another proxy has clients that act for several users.
 */
export const isProxied = (deployment: Deployment): boolean =>
  deployment.adversary === null &&
  deployment.programs.length === 0 &&
  deployment.hosts.every(({ redirectsTo }) => redirectsTo === null) &&
  linksOf(deployment).every(({ caller, to }) =>
    caller === null ? isProxy(to) : isProxy(caller) && to.callsOn === null,
  );

export const downstreamsOf = (deployment: Deployment): readonly Downstream[] =>
  linksOf(deployment).flatMap((link) => {
    const user = deployment.users.find(({ name }) => name === link.from);
    if (user === undefined || !isProxy(link.to)) return [];
    const server = behind(deployment.hosts, link.to);
    return link.connections.map((connection) => ({
      connection,
      link,
      user,
      server,
      upstream: pathOf(deployment, link, connection),
    }));
  });

/** The upstream connections that the proxy may use for it. */
export const upstreamsOf = (
  deployment: Deployment,
  { link }: Downstream,
): readonly ConnectionName[] =>
  linksOf(deployment)
    .filter(({ caller }) => caller?.name === link.to.name)
    .flatMap(({ connections }) => connections);

const othersOf = (deployment: Deployment, downstream: Downstream) =>
  downstreamsOf(deployment).filter(
    ({ link, connection }) =>
      link.to.name === downstream.link.to.name && connection !== downstream.connection,
  );

/**
 * True where the server accepts the kind of response that the user's client computes. The client
 * sees the TLS of the proxy and binds to that, and the name of the proxy and means that.
 */
function isAccepted({ user, link, server }: Downstream): boolean {
  const { initiator } = user;
  if (initiator.version === 'NTLMv1') return server.defences.ntlmv1 === 'allowed';
  if (!isMeant(server, user, link.to.name)) return false;
  const binding = initiator.bindsChannel ? link.to.certificate : null;
  return isBoundRight(server, binding ?? absent(initiator));
}

/** True where the messages of a client can come to the server over one connection. */
const isOneWay = ({ upstream, user }: Downstream): boolean =>
  upstream === 'pooled' || (upstream === 'pinned' && user.keepAlive);

/** True where the client can sign in. For NTLM, three messages must use one upstream connection. */
export const signsIn = (downstream: Downstream): boolean =>
  receivesPasswords(downstream.server) || (isOneWay(downstream) && isAccepted(downstream));

/** True where an NTLM sign-in stays on the upstream connection for the next request on it. */
const leavesSignIn = (downstream: Downstream): boolean =>
  isChallenging(downstream.server) &&
  signsIn(downstream) &&
  downstream.server.policy.persistence === 'connection';

/** True where some user's sign-in can serve a second request of that user. */
export const isKept = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(leavesSignIn);

const isAlone = ({ upstream }: Downstream): boolean => upstream === 'pinned';

/** True where a proxy may send a user's request over a connection signed in as another user. */
export const isInherited = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(
    (owner) =>
      leavesSignIn(owner) &&
      othersOf(deployment, owner).some(
        (heir) => heir.user.name !== owner.user.name && !(isAlone(heir) && isAlone(owner)),
      ),
  );

/** True where its requests can be served at all: by its own sign-in, or by another user's. */
export const isServed = (deployment: Deployment, downstream: Downstream): boolean =>
  signsIn(downstream) ||
  othersOf(deployment, downstream).some(
    (owner) => leavesSignIn(owner) && !(isAlone(downstream) && isAlone(owner)),
  );

/**
 * True where a downstream connection may never find a free upstream connection: these are fewer, or
 * pooled paths use the one that is pinned to it.
 */
export const downstreamsCompete = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some((downstream) => {
    const others = othersOf(deployment, downstream);
    return (
      others.length >= upstreamsOf(deployment, downstream).length ||
      (isAlone(downstream) && others.some(({ upstream }) => upstream === 'pooled'))
    );
  });

/** True where that may happen after its client was prompted, since connections close. */
export const isCutOff = (deployment: Deployment): boolean =>
  deployment.bounds.closing && downstreamsCompete(deployment);

/**
 * True where a right password may be prompted for without end: the messages of a handshake go over
 * several connections, other handshakes come between them, or the server refuses the response.
 */
export const isRotated = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some((downstream) => {
    if (receivesPasswords(downstream.server)) return false;
    if (!signsIn(downstream)) return true;
    const isShared = [downstream, ...othersOf(deployment, downstream)].some((one) => !isAlone(one));
    const isOnly = othersOf(deployment, downstream).length === 0;
    return (
      isShared &&
      !(
        isOnly &&
        upstreamsOf(deployment, downstream).length === 1 &&
        !losesHandshake(deployment, downstream)
      )
    );
  });

/**
 * True where a handshake that the client cuts short makes the upstream connection useless for the
 * next handshake, which the proxy sends over it.
 */
const losesHandshake = ({ bounds }: Deployment, { server: { policy } }: Downstream): boolean =>
  bounds.closing && policy.secondNegotiate === 'poison' && policy.requestMidway === 'allow';

/** True where a client that takes its sign-in to last may lose it without a sign. */
export const isLapseHidden = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(
    (downstream) =>
      isChallenging(downstream.server) &&
      downstream.user.keepAlive &&
      downstream.user.initiator.afterLapse === 'repeats' &&
      isServed(deployment, downstream) &&
      (downstream.server.policy.persistence === 'request' ||
        (!isAlone(downstream) && deployment.bounds.closing)),
  );

/** True where theory lets each of them be served. */
export const isEachServed = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every((downstream) => isServed(deployment, downstream));

/**
 * True where serials do not decide whether a downstream connection is served. Serials, unlike
 * nonces, restart with each connection, and a closing path opens new ones.
 */
export const isDecided = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every(
    (downstream) =>
      downstream.upstream !== 'closing' ||
      isServed(deployment, downstream) ||
      !othersOf(deployment, downstream).some(signsIn),
  );

/**
 * True where a response cannot match a later challenge by chance. While a response waits on a
 * shared connection, others can request so many challenges that the serials repeat; nonces never
 * do.
 */
export const isFreshForLong = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every(
    (downstream) =>
      isAlone(downstream) &&
      isChallenging(downstream.server) &&
      downstream.server.defences.challenges === 'fresh',
  );
