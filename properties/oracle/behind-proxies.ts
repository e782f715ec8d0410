/**
 * What theory says of a deployment with reverse proxies: who can sign in through them, and who can
 * come by whose connection. As in `reach.ts`, nothing here looks at the model.
 *
 * @source RFC 4559 6; MS-NTHT 2.2.2 (a sign-in is a connection's); MS-NLMP 3.2.5.1.2; RFC 7617 2
 */
import type { Upstream } from '../../machines/proxy/proxy-effects.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isProxy, pathOf } from '../../machines/system/proxies.ts';
import { behind, type Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';

type Host = Deployment['hosts'][number];
type User = Deployment['users'][number];

/** One connection of a user to a proxy. */
export type Lane = {
  readonly connection: ConnectionName;
  readonly link: Link;
  readonly user: User;
  readonly server: Host; // behind the proxy
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

export const lanesOf = (deployment: Deployment): readonly Lane[] =>
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
export const upstreamsOf = (deployment: Deployment, { link }: Lane): readonly ConnectionName[] =>
  linksOf(deployment)
    .filter(({ caller }) => caller?.name === link.to.name)
    .flatMap(({ connections }) => connections);

const othersOf = (deployment: Deployment, lane: Lane) =>
  lanesOf(deployment).filter(
    ({ link, connection }) => link.to.name === lane.link.to.name && connection !== lane.connection,
  );

/**
 * True where the server has no objection to what the user's client computes. The client sees the
 * proxy's TLS, and binds to that.
 */
function isTaken({ user: { initiator }, link, server }: Lane): boolean {
  const { ntlmv1, channelBinding } = server.defences;
  if (initiator.version === 'NTLMv1') return ntlmv1 === 'allowed';
  const binding = initiator.bindsChannel ? link.to.certificate : null;
  if (channelBinding === 'ignored') return true;
  return binding === null ? channelBinding !== 'required' : binding === server.certificate;
}

/** True where the lane's client can sign in: three messages have to go over one connection. */
export const signsIn = (lane: Lane): boolean =>
  lane.server.accepts === 'Basic' || (lane.upstream !== 'closing' && isTaken(lane));

/** True where a sign-in by NTLM stays on a connection for whoever has it next. */
const leavesSignIn = (lane: Lane): boolean =>
  lane.server.accepts === 'NTLM' &&
  signsIn(lane) &&
  lane.server.policy.persistence === 'connection';

/** True where some user's sign-in can serve a second request of that very user. */
export const isKept = (deployment: Deployment): boolean => lanesOf(deployment).some(leavesSignIn);

const isAlone = ({ upstream }: Lane): boolean => upstream === 'pinned';

/** True where some user's requests can go out over a connection that another has signed in on. */
export const isInherited = (deployment: Deployment): boolean =>
  lanesOf(deployment).some(
    (owner) =>
      leavesSignIn(owner) &&
      othersOf(deployment, owner).some(
        (heir) => heir.user.name !== owner.user.name && !(isAlone(heir) && isAlone(owner)),
      ),
  );

/** True where a request by the lane can be served at all: over its own sign-in, or another's. */
export const isServed = (deployment: Deployment, lane: Lane): boolean =>
  signsIn(lane) ||
  othersOf(deployment, lane).some(
    (owner) => leavesSignIn(owner) && !(isAlone(lane) && isAlone(owner)),
  );

/**
 * True where a lane may find no connection free for ever: they are fewer than the lanes, or its own
 * is one that others use as well.
 */
export const lanesCompete = (deployment: Deployment): boolean =>
  lanesOf(deployment).some((lane) => {
    const others = othersOf(deployment, lane);
    return (
      others.length >= upstreamsOf(deployment, lane).length ||
      (isAlone(lane) && others.some(({ upstream }) => upstream === 'pooled'))
    );
  });

/** True where that can come over a lane whose client has been asked for a password before. */
export const isCutOff = (deployment: Deployment): boolean =>
  deployment.bounds.closing && lanesCompete(deployment);

/**
 * True where a right password may be asked for without end: the messages of a handshake part ways,
 * or come between those of another, or are of no use.
 */
export const isRotated = (deployment: Deployment): boolean =>
  lanesOf(deployment).some((lane) => {
    if (lane.server.accepts === 'Basic') return false;
    if (!signsIn(lane)) return true;
    const isShared = [lane, ...othersOf(deployment, lane)].some((one) => !isAlone(one));
    const isOnly = othersOf(deployment, lane).length === 0;
    return (
      isShared &&
      !(isOnly && upstreamsOf(deployment, lane).length === 1 && !isStuck(deployment, lane))
    );
  });

/**
 * True where a handshake that is cut short at the client's end leaves the other end of no use to
 * the next one, which a proxy then sends over it.
 */
const isStuck = ({ bounds }: Deployment, { server: { policy } }: Lane): boolean =>
  bounds.closing && policy.secondNegotiate === 'poison' && policy.requestMidway === 'allow';

/** True where a client that takes its sign-in for granted is not told when it is gone. */
export const isLapseHidden = (deployment: Deployment): boolean =>
  lanesOf(deployment).some(
    (lane) =>
      lane.server.accepts === 'NTLM' &&
      lane.user.initiator.afterLapse === 'repeats' &&
      isServed(deployment, lane) &&
      (lane.server.policy.persistence === 'request' ||
        (!isAlone(lane) && deployment.bounds.closing)),
  );

/** True where theory lets each of them come to be served. */
export const isEachServed = (deployment: Deployment): boolean =>
  lanesOf(deployment).every((lane) => isServed(deployment, lane));

/**
 * True where whether a lane is served at all does not depend on serials that start anew with each
 * connection, as nonces do not: one that closes keeps no connection, and others come after it.
 */
export const isDecided = (deployment: Deployment): boolean =>
  lanesOf(deployment).every(
    (lane) =>
      lane.upstream !== 'closing' ||
      isServed(deployment, lane) ||
      !othersOf(deployment, lane).some(signsIn),
  );

/**
 * True where a response answers the challenge that it is compared with, or an old one. On a shared
 * connection others can have so many challenges issued, while a response waits to be sent on, that
 * the serials come round to its own, as nonces never do.
 */
export const isFreshForLong = (deployment: Deployment): boolean =>
  lanesOf(deployment).every(
    (lane) =>
      isAlone(lane) &&
      lane.server.accepts === 'NTLM' &&
      lane.server.defences.challenges === 'fresh',
  );
