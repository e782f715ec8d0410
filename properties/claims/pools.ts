/**
 * Programs with a pool of connections. A connection is signed in for the purpose of the request
 * with which its server accepted a user, whatever the client records.
 */

import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { programOf } from '../../machines/system/programs.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { servedForAnother } from '../causes/services.ts';
import { type Claim, observed } from '../claim.ts';
import { signedInFor } from '../monitors/signed-in-for.ts';
import { happened, hasHappened } from '../monitors/witnesses.ts';
import { given } from '../oracle/given.ts';
import { isPooled } from '../oracle/passing-hops.ts';
import { honestServers, serverLinks } from './honest-parties.ts';
import { servicesToPrograms } from './occasions.ts';

const ofPrograms = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => programOf(deployment, link) !== undefined);

export const poolKeepsApart: Claim = {
  id: 'pool-keeps-apart',
  name: 'a request is served only on a connection that was signed in for the same purpose',
  kind: 'always',
  about: 'deployment',
  given: given.tasksToldApart,
  witnesses: ['pool-serves'],
  speaksOf: servicesToPrograms,
  cause: servedForAnother,
  source: 'RFC 9110 16.4.2; RFC 4559 6; curl CVE-2014-0015 and later ones',
  appliesTo: (deployment) => deployment.programs.length > 0 && honestServers(deployment).length > 0,
  scope: 'a program shares a pool of connections',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOf(serverLinks(deployment)).map((connection) =>
        monitor(`kept apart at ${connection}`, signedInFor, undefined, { connection }),
      ),
    ),
};

export const poolServes: Claim = {
  id: 'pool-serves',
  name: "a program's request is served on each of its connections",
  kind: 'sometimes',
  about: 'deployment',
  given: given.programsCanSignIn,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'RFC 9112 9.3 (persistence)',
  appliesTo: isPooled,
  scope: 'programs share pools of connections to a mailbox server, and there is no adversary',
  subjects: (deployment, machines) =>
    connectionsOf(ofPrograms(deployment)).flatMap((connection) =>
      observed(
        systemOf(deployment, machines),
        [monitor('witness', happened, { what: 'served', connections: [connection] })],
        [hasHappened],
      ),
    ),
};
