/**
 * How long a sign-in lasts, and how a client uses it: its persistent-auth-value, and the reuse of
 * connections that stay open.
 */

import { type Component, monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { clientOf, connectionsOf, type Link } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import { stuck } from '../causes/endings.ts';
import { flagStays } from '../causes/single-connections.ts';
import { type Claim, observed, type Subject } from '../claim.ts';
import { standingSignIn } from '../monitors/answers.ts';
import { reuse } from '../monitors/reuse.ts';
import { happened } from '../monitors/witnesses.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import { isPlain, isPooled, lastingLinks, servingLinks } from '../oracle/passing-hops.ts';
import { directLinks } from './honest-parties.ts';
import { flags } from './occasions.ts';

const ntlmLinks = (deployment: Deployment): readonly Link[] =>
  directLinks(deployment).filter(({ to }) => isChallenging(to));

/** True of a client side that treats its connection as signed in. */
const isFlagged = (client: unknown): boolean =>
  (client as { context: { authenticatedFor: unknown } }).context.authenticatedFor !== null;

export const persistentAuthFlag: Claim = {
  id: 'persistent-auth-flag',
  name: 'a client treats its connection as signed in only if it received no 401 since the sign-in',
  kind: 'always',
  about: 'deployment',
  given: given.signInsAreKnown,
  witnesses: ['flag-is-set', 'ntlm-accepts'],
  speaksOf: flags,
  cause: flagStays,
  source: 'MS-N2HT 3.2.1, 3.2.5',
  appliesTo: (deployment) => ntlmLinks(deployment).length > 0,
  scope: `some host accepts NTLM, and ${scopes.directly}`,
  subjects: (deployment, machines) =>
    connectionsOf(ntlmLinks(deployment)).flatMap((connection) => {
      const name = `sign-in on ${connection}`;
      return observed(
        systemOf(deployment, machines),
        [monitor(name, standingSignIn, undefined, { connection })],
        [
          {
            kind: 'always',
            name: `${connection} is signed in if its client treats it so`,
            reads: [name, clientOf(connection)],
            holds: (watcher, client) => watcher?.value === 'signedIn' || !isFlagged(client),
          },
        ],
      );
    }),
};

export const flagIsSet: Claim = {
  id: 'flag-is-set',
  name: 'a client treats an NTLM connection as signed in',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'MS-N2HT 3.2.5',
  appliesTo: (deployment) => isPlain(deployment) && servingLinks(deployment).length > 0,
  scope: `an NTLM mailbox server can accept a user, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      [],
      connectionsOf(servingLinks(deployment)).map((connection) => ({
        kind: 'sometimes',
        name: `the client treats ${connection} as signed in`,
        reads: [clientOf(connection)],
        holds: isFlagged,
      })),
    ),
};

/** Whether the monitor's `state` can always be reached, if no connection ever closes. */
const whileOpen = (
  deployment: Deployment,
  machines: Machines,
  state: string,
  watch: (connection: ConnectionName) => Component,
): readonly Subject[] => {
  const open = { ...deployment, bounds: { ...deployment.bounds, closing: false } };
  return connectionsOf(lastingLinks(deployment)).flatMap((connection) => {
    const watcher = watch(connection);
    return observed(
      systemOf(open, machines),
      [watcher],
      [
        {
          kind: 'reachable',
          name: `${state} on ${connection}`,
          reads: [watcher.name],
          holds: (monitored) => monitored?.value === state,
        },
      ],
    );
  });
};

export const reusedWhileOpen: Claim = {
  id: 'reused-while-open',
  name: 'from every state a connection that stays open can be reused without a handshake',
  kind: 'reachable',
  about: 'deployment',
  given: given.reuseIsHarmless,
  witnesses: [],
  speaksOf: null,
  cause: stuck,
  source: 'MS-N2HT 3.2.5; RFC 9112 9.3; curl issue 21307',
  appliesTo: (deployment) =>
    (isPlain(deployment) || isPooled(deployment)) && lastingLinks(deployment).length > 0,
  scope:
    'an NTLM sign-in at the mailbox server lasts, and there is no adversary, proxy or redirect',
  subjects: (deployment, machines) =>
    whileOpen(deployment, machines, 'reused', (connection) =>
      monitor(`reuse of ${connection}`, reuse, undefined, { connection }),
    ),
};

export const upgradedWhileOpen: Claim = {
  ...reusedWhileOpen,
  id: 'upgraded-while-open',
  name: 'from every state before a first sign-in, an open connection can still be signed in on',
  given: given.mistypingIsHarmless,
  source: 'RFC 9112 9.3; curl issue 21307, test 338 (from no credentials to some)',
  appliesTo: (deployment) => isPlain(deployment) && lastingLinks(deployment).length > 0,
  scope: `an NTLM sign-in at the mailbox server lasts, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    whileOpen(deployment, machines, 'happened', (connection) =>
      monitor(`sign-in on ${connection}`, happened, {
        what: 'commit',
        connections: [connection],
      }),
    ),
};
