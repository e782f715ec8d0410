/**
 * How long a sign-in lasts, and what a client makes of it: the flag by which it knows, and the use
 * of connections that stay open, which is a bug where it is refused without a reason.
 */
import { type Component, monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { clientOf, connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName } from '../../machines/vocabulary/terms.ts';
import { type Claim, observed, type Subject } from '../claim.ts';
import { happened } from '../monitors/happened.ts';
import { reuse } from '../monitors/reuse.ts';
import { toldNo401 } from '../monitors/told-no-401.ts';
import { assumesPersistence, isSpoilt } from '../oracle/endless-prompts.ts';
import { isPlain, isPooled, lasts, passes } from '../oracle/passing-hops.ts';

const ntlmLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ to }) => to.accepts === 'NTLM');

/** True of a client side that takes its connection for signed in. */
const isFlagged = (client: unknown): boolean =>
  (client as { context: { authenticatedFor: unknown } }).context.authenticatedFor !== null;

export const persistentAuthFlag: Claim = {
  id: 'persistent-auth-flag',
  name: 'a client takes its connection for signed in only if it was told no 401 since',
  kind: 'always',
  about: 'deployment',
  hypothesis: 'clients know that a sign-in can lapse',
  witnesses: ['flag-is-set', 'ntlm-accepts'],
  source: 'MS-N2HT 3.2.1, 3.2.5',
  appliesTo: (deployment) => isPlain(deployment) && ntlmLinks(deployment).length > 0,
  expected: (deployment) => (assumesPersistence(deployment) ? 'violated' : 'holds'),
  subjects: (deployment, machines) =>
    connectionsOf(ntlmLinks(deployment)).flatMap((connection) => {
      const name = `sign-in on ${connection}`;
      return observed(
        systemOf(deployment, machines),
        [monitor(name, toldNo401, undefined, { connection })],
        [
          {
            kind: 'always',
            name: `${connection} is as its client believes`,
            reads: [name, clientOf(connection)],
            holds: (heard, client) => heard?.value === 'signedIn' || !isFlagged(client),
          },
        ],
      );
    }),
};

/** NTLM connections to a mailbox server, on which somebody can come to be served. */
const servingLinks = (deployment: Deployment): readonly Link[] =>
  ntlmLinks(deployment).filter((link) => link.to.callsOn === null && passes(deployment, link));

export const flagIsSet: Claim = {
  id: 'flag-is-set',
  name: 'a client comes to take an NTLM connection for signed in',
  kind: 'sometimes',
  about: 'deployment',
  hypothesis: 'some NTLM connection to the mailbox server can come to accept a user',
  witnesses: [],
  source: 'MS-N2HT 3.2.5',
  appliesTo: (deployment) => isPlain(deployment) && servingLinks(deployment).length > 0,
  expected: () => 'witnessed',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      [],
      connectionsOf(servingLinks(deployment)).map((connection) => ({
        kind: 'sometimes',
        name: `${connection} is held`,
        reads: [clientOf(connection)],
        holds: isFlagged,
      })),
    ),
};

/** Those on which a sign-in lasts, so that it can be used again. */
const lastingLinks = (deployment: Deployment): readonly Link[] =>
  servingLinks(deployment).filter(({ to }) => lasts(to));

/** True where a mistyped password can leave a connection useless, and it does not close. */
const canBeSpoilt = (deployment: Deployment): boolean =>
  deployment.bounds.wrongPasswords &&
  lastingLinks(deployment).some(({ caller, to }) => caller === null && isSpoilt(to.policy));

/** Whether what is watched for can still come about everywhere, if no connection ever closes. */
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
          holds: (heard) => heard?.value === state,
        },
      ],
    );
  });
};

export const reusedWhileOpen: Claim = {
  id: 'reused-while-open',
  name: 'a connection that stays open is used again for what it was signed in for, as it is',
  kind: 'reachable',
  about: 'deployment',
  hypothesis:
    'no failed sign-in leaves the connection useless; the user types the right password at last',
  witnesses: [],
  source: 'MS-N2HT 3.2.5; RFC 9112 9.3; curl issue 21307',
  appliesTo: (deployment) =>
    (isPlain(deployment) || isPooled(deployment)) && lastingLinks(deployment).length > 0,
  expected: (deployment) => (canBeSpoilt(deployment) ? 'violated' : 'holds'),
  subjects: (deployment, machines) =>
    whileOpen(deployment, machines, 'reused', (connection) =>
      monitor(`reuse of ${connection}`, reuse, undefined, { connection }),
    ),
};

export const upgradedWhileOpen: Claim = {
  ...reusedWhileOpen,
  id: 'upgraded-while-open',
  name: "a connection that is open and nobody's yet can still be signed in on",
  source: 'RFC 9112 9.3; curl issue 21307, test 338 (from no credentials to some)',
  appliesTo: (deployment) => isPlain(deployment) && lastingLinks(deployment).length > 0,
  subjects: (deployment, machines) =>
    whileOpen(deployment, machines, 'happened', (connection) =>
      monitor(`sign-in on ${connection}`, happened, {
        what: 'commit',
        connections: [connection],
      }),
    ),
};
