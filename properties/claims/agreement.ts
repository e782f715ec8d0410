/**
 * Which user a server accepts, stated as Lowe's agreement. The natural wording, "the credential is
 * valid at one server only", is false of a response, which is valid wherever its challenge came
 * from, and has no meaning for a password.
 */
import { monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { linksOf } from '../../machines/system/links.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { type Claim, observed } from '../claim.ts';
import { agreement } from '../monitors/agreement.ts';
import { servedAsOwner } from '../monitors/served-as-owner.ts';
import { downstreamsOf, isFreshForLong, isProxied, signsIn } from '../oracle/behind-proxies.ts';
import { hasAdversary } from '../oracle/exposed-servers.ts';
import { given, scopes } from '../oracle/given.ts';
import { isPlain, readableLinks } from '../oracle/passing-hops.ts';

/** Links whose server is neither the adversary nor a proxy. */
const protectedLinks = (deployment: Deployment) =>
  linksOf(deployment).filter(({ adversary, to }) => adversary !== 'server' && !isProxy(to));

const agreements = (deployment: Deployment, machines: Machines, ownClient: boolean) =>
  observed(
    systemOf(deployment, machines),
    protectedLinks(deployment).flatMap(({ to, connections }) =>
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
  given: given.honestOrBound,
  witnesses: [
    'ntlm-accepts',
    'basic-accepts',
    'attack-is-refused',
    'adversary-hears',
    'proxy-serves',
  ],
  source: 'Lowe 1997, 2.4 (agreement); KB Q183545; MS-NLMP 3.2.5.1.2',
  appliesTo: (deployment) =>
    isPlain(deployment) ||
    hasAdversary(deployment) ||
    (isProxied(deployment) &&
      isFreshForLong(deployment) &&
      downstreamsOf(deployment).some(signsIn)),
  scope: `${scopes.direct}, or each user reaches an NTLM server over pinned connections of one proxy`,
  subjects: (deployment, machines) => agreements(deployment, machines, true),
};

export const agreementWithHolder: Claim = {
  id: 'agreement-with-holder',
  name: "a server accepts a user only if a holder of the user's secret was signing in to it",
  kind: 'always',
  about: 'deployment',
  given: given.undeceived,
  witnesses: ['ntlm-accepts', 'basic-accepts', 'attack-is-refused', 'adversary-hears'],
  source: 'Lowe 1997, 2.4 (agreement)',
  appliesTo: (deployment) => isPlain(deployment) || hasAdversary(deployment),
  scope: scopes.direct,
  subjects: (deployment, machines) => agreements(deployment, machines, false),
};

export const servedAsTheConnectionsIdentity: Claim = {
  id: 'served-as-owner',
  name: 'a request is served only as its sender, who signed in on that connection',
  kind: 'always',
  about: 'deployment',
  given: given.connectionsAreOnesOwn,
  witnesses: ['mailbox-read', 'ntlm-accepts', 'basic-accepts', 'attack-is-refused', 'proxy-serves'],
  source: 'RFC 4559 6; RFC 9110 16.4.2; MS-NTHT 2.2.2',
  appliesTo: (deployment) =>
    hasAdversary(deployment) ||
    (isPlain(deployment) && readableLinks(deployment).length > 0) ||
    (isProxied(deployment) && downstreamsOf(deployment).some(signsIn)),
  scope: 'some user can be served or there is an adversary, and there is no pool or redirect',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      protectedLinks(deployment).flatMap(({ connections }) =>
        connections.map((connection) =>
          monitor(`served as owner at ${connection}`, servedAsOwner, undefined, { connection }),
        ),
      ),
    ),
};
