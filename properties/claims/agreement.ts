/**
 * Which user a server accepts, stated as Lowe's agreement. The natural wording, "the credential is
 * valid at one server only", is false of a response, which is valid wherever its challenge came
 * from, and has no meaning for a password.
 */
import { monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { connectionsOf } from '../../machines/system/links.ts';
import { behind, type Deployment } from '../../machines/system/topology.ts';
import { acceptedElsewhere } from '../causes/acceptances.ts';
import { servedAsAnother } from '../causes/services.ts';
import { type Claim, observed } from '../claim.ts';
import { agreement, provedInRun } from '../monitors/agreement.ts';
import { servedAsOwner } from '../monitors/served-as-owner.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import { honestServers, ownersOf, provingLinks, serverLinks } from './honest-parties.ts';
import { acceptances, services } from './occasions.ts';

const hasServer = (deployment: Deployment): boolean => honestServers(deployment).length > 0;

const agreements = (deployment: Deployment, machines: Machines, ownClient: boolean) =>
  observed(systemOf(deployment, machines), [
    ...connectionsOf(serverLinks(deployment)).map((connection) =>
      monitor(`proved in a run, at ${connection}`, provedInRun, undefined, { connection }),
    ),
    ...provingLinks(deployment).flatMap((link) =>
      link.connections.map((run) =>
        monitor(
          `${ownClient ? 'own client' : 'holder'} on ${run}`,
          agreement,
          {
            server: behind(deployment.hosts, link.to).name,
            proves: ownClient ? ownersOf(deployment, link) : null,
          },
          { run },
        ),
      ),
    ),
  ]);

export const confinement: Claim = {
  id: 'confinement',
  name: "a server accepts a user only if the user's own client was signing in to it",
  kind: 'always',
  about: 'deployment',
  given: given.honestOrBound,
  witnesses: [
    'ntlm-accepts',
    'basic-accepts',
    'attack-is-refused',
    'adversary-hears',
    'proxy-serves',
    'pool-serves',
  ],
  speaksOf: acceptances,
  cause: acceptedElsewhere,
  source: 'Lowe 1997, 2.3 (non-injective agreement); KB Q183545; MS-NLMP 3.2.5.1.2',
  appliesTo: hasServer,
  scope: scopes.server,
  subjects: (deployment, machines) => agreements(deployment, machines, true),
};

export const agreementWithHolder: Claim = {
  id: 'agreement-with-holder',
  name: "a server accepts a user only if a holder of the user's secret was signing in to it",
  kind: 'always',
  about: 'deployment',
  given: given.undeceived,
  witnesses: [
    ...['ntlm-accepts', 'basic-accepts', 'attack-is-refused', 'adversary-hears'],
    ...['proxy-serves', 'pool-serves'],
  ],
  speaksOf: acceptances,
  cause: acceptedElsewhere,
  source: 'Lowe 1997, 2.3 (non-injective agreement)',
  appliesTo: hasServer,
  scope: scopes.server,
  subjects: (deployment, machines) => agreements(deployment, machines, false),
};

export const servedAsTheConnectionsIdentity: Claim = {
  id: 'served-as-owner',
  name: 'a request is served only as its sender, who signed in on that connection',
  kind: 'always',
  about: 'deployment',
  given: given.connectionsAreOnesOwn,
  witnesses: [
    ...['mailbox-read', 'ntlm-accepts', 'basic-accepts'],
    ...['attack-is-refused', 'proxy-serves', 'pool-serves'],
  ],
  speaksOf: services,
  cause: servedAsAnother,
  source: 'RFC 4559 6; RFC 9110 16.4.2; MS-NTHT 2.2.2',
  appliesTo: hasServer,
  scope: scopes.server,
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOf(serverLinks(deployment)).map((connection) =>
        monitor(`served as owner at ${connection}`, servedAsOwner, undefined, { connection }),
      ),
    ),
};
