/**
 * What a reverse proxy must do, beside keeping its clients apart: it keeps pinned connections while
 * their clients stay, and lets users through. A proxy that closes every connection is safe and
 * useless.
 */
import type { Property } from '../../checker/model/system.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { clientOf, connectionsOf, linksOf, serverOf } from '../../machines/system/links.ts';
import { isProxy, pathOf } from '../../machines/system/proxies.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import { stuck } from '../causes/endings.ts';
import { pinBroken } from '../causes/single-connections.ts';
import { type Claim, observed } from '../claim.ts';
import { isReading } from '../monitors/state-predicates.ts';
import { downstreamsOf, isDecided, isProxied } from '../oracle/behind-proxies.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import { answeredLinks } from './honest-parties.ts';
import { pins } from './occasions.ts';

type Pinned = {
  readonly connection: ConnectionName;
  readonly upstreams: readonly ConnectionName[];
};

/** The connections that come in at a proxy on pinned paths, with the proxy's upstream ones. */
const pinned = (deployment: Deployment): readonly Pinned[] =>
  linksOf(deployment).flatMap((link) =>
    isProxy(link.to) && link.adversary !== 'server'
      ? link.connections
          .filter((connection) => pathOf(deployment, link, connection) === 'pinned')
          .map((connection) => ({
            connection,
            upstreams: connectionsOf(
              linksOf(deployment).filter(
                ({ caller, adversary }) => caller?.name === link.to.name && adversary !== 'client',
              ),
            ),
          }))
      : [],
  );

/** While both are open, the two connections name each other, or neither names the other. */
function isMutual({ connection, upstreams }: Pinned): Property {
  return {
    kind: 'always',
    name: `${connection} and its pinned connection name each other`,
    reads: [serverOf(connection), ...upstreams.map(clientOf)],
    holds: (own, ...others) =>
      others.every((other, i) => {
        const { via } = own!.context as { via: string | null };
        const { owner } = other.context as { owner: string | null };
        const isPinned = owner === connection;
        return isPinned === (via === upstreams[i]) && !(isPinned && own!.value === 'closed');
      }),
  };
}

export const pinIsMutual: Claim = {
  id: 'pin-is-mutual',
  name: 'a connection that is pinned to a client names it, is named by it, and closes with it',
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['proxy-serves'],
  speaksOf: pins,
  cause: pinBroken,
  source: 'RFC 4559 6; RFC 9112 9.3',
  appliesTo: (deployment) => pinned(deployment).length > 0,
  scope: 'some path of a proxy pins its connections',
  subjects: (deployment, machines) =>
    observed(systemOf(deployment, machines), [], pinned(deployment).map(isMutual)),
};

const reading = (deployment: Deployment, kind: 'sometimes' | 'reachable') =>
  downstreamsOf(deployment)
    .filter(({ link }) => answeredLinks(deployment).includes(link))
    .map(({ user, connection }) => ({
      kind,
      name: `${user.name} reads the mailbox over ${connection}`,
      ...isReading(user.name, [connection]),
    }));

export const proxyServes: Claim = {
  id: 'proxy-serves',
  name: 'a user reads the mailbox over every connection to the proxy',
  kind: 'sometimes',
  about: 'deployment',
  given: given.eachIsServed,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'RFC 4559 6; RFC 9110 7.6',
  appliesTo: (deployment) =>
    reading(deployment, 'sometimes').length > 0 &&
    (!isProxied(deployment) || isDecided(deployment)),
  scope: scopes.proxied,
  subjects: (deployment, machines) =>
    observed(systemOf(deployment, machines), [], reading(deployment, 'sometimes')),
};

export const proxyLetsThrough: Claim = {
  id: 'proxy-lets-through',
  name: 'from every state a user can still read the mailbox over every connection to the proxy',
  kind: 'reachable',
  about: 'deployment',
  given: given.eachIsServed,
  witnesses: [],
  speaksOf: null,
  cause: stuck,
  source: 'YARP issue 1097; Clarke, Grumberg and Peled, Model Checking, 3 (AG EF)',
  appliesTo: (deployment) => proxyServes.appliesTo(deployment) && deployment.bounds.closing,
  scope: `connections may close, and ${scopes.proxied}`,
  subjects: (deployment, machines) =>
    observed(systemOf(deployment, machines), [], reading(deployment, 'reachable')),
};
