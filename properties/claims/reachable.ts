/** A model in which nothing happens is safe. These claims say that users can be served. */
import type { Property } from '../../checker/model/system.ts';
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { deadlocked, stuck } from '../causes/endings.ts';
import { fourthMessage } from '../causes/single-connections.ts';
import { type Claim, observed } from '../claim.ts';
import { reuse } from '../monitors/reuse.ts';
import { isReading, isSignedIn } from '../monitors/state-predicates.ts';
import { threeMessages } from '../monitors/three-messages.ts';
import { isKept, isProxied } from '../oracle/behind-proxies.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import { isPlain, lasts, passes, readableLinks } from '../oracle/passing-hops.ts';
import { directLinks } from './honest-parties.ts';
import { activity, handshakes } from './occasions.ts';

export const deadlockFree: Claim = {
  id: 'deadlock-free',
  name: 'in every reachable state some step is enabled',
  kind: 'deadlock-free',
  about: 'deployment',
  given: given.workersCanGoOn,
  witnesses: [],
  speaksOf: activity,
  cause: deadlocked,
  source: 'Baier and Katoen, Principles of Model Checking, 3.1 (deadlock)',
  appliesTo: () => true,
  scope: 'there is a deployment',
  subjects: (deployment, machines) => observed(systemOf(deployment, machines), []),
};

/** The users whose requests can use `link`: its own user, or the users that reach its caller. */
function usersOf(deployment: Deployment, link: Link): readonly string[] {
  const { caller } = link;
  if (caller === null) return [link.from];
  const inbound = linksOf(deployment).filter(({ to }) => to.name === caller.name);
  return [...new Set(inbound.flatMap((before) => usersOf(deployment, before)))];
}

export const canSignIn: Claim = {
  id: 'can-sign-in',
  name: 'from every state each user can still sign in, at every hop that lets the user through',
  kind: 'reachable',
  about: 'deployment',
  given: given.noneWhereTold,
  witnesses: [],
  speaksOf: null,
  cause: stuck,
  source: 'Clarke, Grumberg and Peled, Model Checking, 3 (AG EF)',
  appliesTo: (deployment) => isPlain(deployment) && deployment.bounds.closing,
  scope: `connections may close, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      [],
      linksOf(deployment)
        .filter((link) => passes(deployment, link))
        .flatMap((link) =>
          usersOf(deployment, link).map((user): Property => {
            const { reads, holds } = isSignedIn(user, link);
            return {
              kind: 'reachable',
              name: `${user} signs in: ${link.from} to ${link.to.name}`,
              reads,
              holds,
            };
          }),
        ),
    ),
};

export const mailboxCanBeRead: Claim = {
  id: 'mailbox-readable',
  name: 'from every state a user whom every hop lets through can still read the mailbox',
  kind: 'reachable',
  about: 'deployment',
  given: given.noneWhereTold,
  witnesses: [],
  speaksOf: null,
  cause: stuck,
  source: 'KB Q183545; Clarke, Grumberg and Peled, Model Checking, 3 (AG EF)',
  appliesTo: (deployment) =>
    isPlain(deployment) && deployment.bounds.closing && readableLinks(deployment).length > 0,
  scope: `connections may close, every hop lets some user through, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      [],
      readableLinks(deployment).map(
        ({ from, to, connections }): Property => ({
          kind: 'reachable',
          name: `${from} reads the mailbox through ${to.name}`,
          ...isReading(from, connections),
        }),
      ),
    ),
};

export const threeMessagesAtMost: Claim = {
  id: 'three-messages',
  name: 'an NTLM handshake takes at most three messages for one request',
  kind: 'always',
  about: 'deployment',
  given: given.none,
  witnesses: ['ntlm-accepts', 'next-hop-refused'],
  speaksOf: handshakes,
  cause: fourthMessage,
  source: 'MS-NLMP 1.3.1.1; MS-NTHT 3.1.5.1',
  appliesTo: (deployment) => ntlmConnections(deployment).length > 0,
  scope: `some host accepts NTLM, and ${scopes.directly}`,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      ntlmConnections(deployment).map((connection) =>
        monitor(`three messages at ${connection}`, threeMessages, undefined, { connection }),
      ),
    ),
};

const ntlmConnections = (deployment: Deployment) =>
  connectionsOf(directLinks(deployment).filter(({ to }) => isChallenging(to)));

/** NTLM connections to a mailbox server on which a user can be served, and a sign-in lasts. */
const reusable = (deployment: Deployment) =>
  linksOf(deployment)
    .filter(({ to }) => lasts(to) && to.callsOn === null)
    .filter((link) => passes(deployment, link) || isKept(deployment))
    .flatMap(({ connections }) => connections);

export const safeConnectionIsReused: Claim = {
  id: 'safe-reuse',
  name: 'from every state a signed-in connection can be reused without a handshake',
  kind: 'reachable',
  about: 'deployment',
  given: given.noneWhereTold,
  witnesses: [],
  speaksOf: null,
  cause: stuck,
  source: 'MS-N2HT 3.2.5; curl issue 21307 (what over-strict reuse breaks)',
  appliesTo: (deployment) =>
    (isPlain(deployment) || isProxied(deployment)) &&
    deployment.bounds.closing &&
    reusable(deployment).length > 0,
  scope: 'connections may close, and an NTLM sign-in at the mailbox server lasts',
  subjects: (deployment, machines) =>
    reusable(deployment).flatMap((connection) => {
      const name = `reuse of ${connection}`;
      return observed(
        systemOf(deployment, machines),
        [monitor(name, reuse, undefined, { connection })],
        [
          {
            kind: 'reachable',
            name: `${connection} is reused`,
            reads: [name],
            holds: (watcher) => watcher?.value === 'reused',
          },
        ],
      );
    }),
};
