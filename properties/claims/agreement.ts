/**
 * Whom an acceptance is about. Stated as Lowe's agreement, because the natural wording ("the
 * credential is valid at one server only") is false of a response, which is valid wherever its
 * challenge came from, and says nothing of a password.
 */
import { monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { type Deployment, linksOf } from '../../machines/system/topology.ts';
import { type Claim, observed } from '../claim.ts';
import { agreement } from '../monitors/agreement.ts';
import { servedAsOwner } from '../monitors/served-as-owner.ts';
import { passingHops, readableLinks } from '../reach.ts';

const agreements = (deployment: Deployment, machines: Machines, ownClient: boolean) =>
  observed(
    systemOf(deployment, machines),
    linksOf(deployment).flatMap(({ to, connections }) =>
      connections.map((connection) =>
        monitor(
          `${ownClient ? 'own client' : 'holder'} at ${connection}`,
          agreement,
          { server: to.name, ownClient },
          { connection },
        ),
      ),
    ),
  );

export const confinement: Claim = {
  id: 'confinement',
  name: "a server accepts a user only if the user's own client was signing in to it",
  kind: 'always',
  about: 'deployment',
  hypothesis: 'the middle tier is honest, and its sign-in (NTLM) leaves it no password',
  witnesses: ['ntlm-accepts', 'basic-accepts'],
  source: 'Lowe 1997, 2.4 (agreement); KB Q183545',
  appliesTo: () => true,
  expected: (deployment) => (passingHops(deployment).length === 0 ? 'holds' : 'violated'),
  subjects: (deployment, machines) => agreements(deployment, machines, true),
};

export const agreementWithHolder: Claim = {
  id: 'agreement-with-holder',
  name: 'a server accepts a user only if a holder of the secret was signing in to it',
  kind: 'always',
  about: 'deployment',
  hypothesis: 'the middle tier is honest',
  witnesses: ['ntlm-accepts', 'basic-accepts'],
  source: 'Lowe 1997, 2.4 (agreement)',
  appliesTo: () => true,
  expected: () => 'holds',
  subjects: (deployment, machines) => agreements(deployment, machines, false),
};

export const servedAsTheConnectionsIdentity: Claim = {
  id: 'served-as-owner',
  name: 'a request is served as its sender, who signed in on that connection',
  kind: 'always',
  about: 'deployment',
  hypothesis: 'the middle tier is honest; some user can be served at all',
  witnesses: ['mailbox-read'],
  source: 'RFC 4559 6; RFC 9110 16.4.2; MS-NTHT 2.2.2',
  appliesTo: (deployment) => readableLinks(deployment).length > 0,
  expected: () => 'holds',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      linksOf(deployment).flatMap(({ connections }) =>
        connections.map((connection) =>
          monitor(`served as owner at ${connection}`, servedAsOwner, undefined, { connection }),
        ),
      ),
    ),
};
