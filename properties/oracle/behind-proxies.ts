/**
 * What theory says of a deployment with reverse proxies: who can sign in through them, and who can
 * come by whose connection. As in `reach.ts`, nothing here looks at the model.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (a sign-in is a connection's); MS-NLMP 3.2.5.1.2; RFC 7617 2
 */

import type { Upstream } from '../../machines/proxy/proxy-effects.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { isProxy, pathOf } from '../../machines/system/proxies.ts';
import { type AcceptingHost, behind, type Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';

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
 * True where everybody is honest, and every user comes to the mailbox through one reverse proxy.
 * A proxy before a front end, or before another, has clients that act for several users.
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

/** The connections to the host behind that it may use. */
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
 * True where the server has no objection to what the user's client computes. The client sees the
 * proxy's TLS, and binds to that.
 */
function isAccepted({ user: { initiator }, link, server }: Downstream): boolean {
  const { ntlmv1, channelBinding } = server.defences;
  if (initiator.version === 'NTLMv1') return ntlmv1 === 'allowed';
  const binding = initiator.bindsChannel ? link.to.certificate : null;
  if (channelBinding === 'ignored') return true;
  return binding === null ? channelBinding !== 'required' : binding === server.certificate;
}

/** True where the downstream's client can sign in: three messages have to go over one connection. */
export const signsIn = (downstream: Downstream): boolean =>
  receivesPasswords(downstream.server) ||
  (downstream.upstream !== 'closing' && isAccepted(downstream));

/** True where a sign-in by NTLM stays on a connection for whoever has it next. */
const leavesSignIn = (downstream: Downstream): boolean =>
  isChallenging(downstream.server) &&
  signsIn(downstream) &&
  downstream.server.policy.persistence === 'connection';

/** True where some user's sign-in can serve a second request of that very user. */
export const isKept = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(leavesSignIn);

const isAlone = ({ upstream }: Downstream): boolean => upstream === 'pinned';

/** True where some user's requests can go out over a connection that another has signed in on. */
export const isInherited = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(
    (owner) =>
      leavesSignIn(owner) &&
      othersOf(deployment, owner).some(
        (heir) => heir.user.name !== owner.user.name && !(isAlone(heir) && isAlone(owner)),
      ),
  );

/** True where a request by the downstream can be served at all: over its own sign-in, or another's. */
export const isServed = (deployment: Deployment, downstream: Downstream): boolean =>
  signsIn(downstream) ||
  othersOf(deployment, downstream).some(
    (owner) => leavesSignIn(owner) && !(isAlone(downstream) && isAlone(owner)),
  );

/**
 * True where a downstream may find no connection free for ever: they are fewer than the downstreams, or its own
 * is one that others use as well.
 */
export const downstreamsCompete = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some((downstream) => {
    const others = othersOf(deployment, downstream);
    return (
      others.length >= upstreamsOf(deployment, downstream).length ||
      (isAlone(downstream) && others.some(({ upstream }) => upstream === 'pooled'))
    );
  });

/** True where that can come over a downstream whose client has been asked for a password before. */
export const isCutOff = (deployment: Deployment): boolean =>
  deployment.bounds.closing && downstreamsCompete(deployment);

/**
 * True where a right password may be asked for without end: the messages of a handshake part ways,
 * or come between those of another, or are of no use.
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
        !isDeadlock(deployment, downstream)
      )
    );
  });

/**
 * True where a handshake that is cut short at the client's end leaves the other end of no use to
 * the next one, which a proxy then sends over it.
 */
const isDeadlock = ({ bounds }: Deployment, { server: { policy } }: Downstream): boolean =>
  bounds.closing && policy.secondNegotiate === 'poison' && policy.requestMidway === 'allow';

/** True where a client that takes its sign-in for granted is not told when it is gone. */
export const isLapseHidden = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).some(
    (downstream) =>
      isChallenging(downstream.server) &&
      downstream.user.initiator.afterLapse === 'repeats' &&
      isServed(deployment, downstream) &&
      (downstream.server.policy.persistence === 'request' ||
        (!isAlone(downstream) && deployment.bounds.closing)),
  );

/** True where theory lets each of them come to be served. */
export const isEachServed = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every((downstream) => isServed(deployment, downstream));

/**
 * True where whether a downstream is served at all does not depend on serials that start anew with each
 * connection, as nonces do not: one that closes keeps no connection, and others come after it.
 */
export const isDecided = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every(
    (downstream) =>
      downstream.upstream !== 'closing' ||
      isServed(deployment, downstream) ||
      !othersOf(deployment, downstream).some(signsIn),
  );

/**
 * True where a response answers the challenge that it is compared with, or an old one. On a shared
 * connection others can have so many challenges issued, while a response waits to be sent on, that
 * the serials come round to its own, as nonces never do.
 */
export const isFreshForLong = (deployment: Deployment): boolean =>
  downstreamsOf(deployment).every(
    (downstream) =>
      isAlone(downstream) &&
      isChallenging(downstream.server) &&
      downstream.server.defences.challenges === 'fresh',
  );
