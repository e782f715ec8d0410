/**
 * Programs with a pool of connections. What a connection was signed in for is what was asked for on
 * it when its server accepted somebody, whatever its client believes.
 */

import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { programOf } from '../../machines/system/programs.ts';
import type { Deployment, Program } from '../../machines/system/topology.ts';
import { POOL_KEY, type Purpose } from '../../machines/vocabulary/purpose.ts';
import { type Claim, observed } from '../claim.ts';
import { happened, hasHappened } from '../monitors/happened.ts';
import { signedInFor } from '../monitors/signed-in-for.ts';
import { isPooled, lasts } from '../oracle/passing-hops.ts';

const ofPrograms = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter((link) => programOf(deployment, link) !== undefined);

/** True where the key takes for the same what is not, and a sign-in is there to be shared. */
const isLoose = ({ hosts }: Deployment, { poolKey, tasks, connectsTo }: Program): boolean => {
  const keyOf = (task: Purpose, parts: readonly (keyof Purpose)[]) =>
    JSON.stringify(parts.map((part) => task[part]));
  const distinct = (parts: readonly (keyof Purpose)[]) =>
    new Set(tasks.map((task) => keyOf(task, parts))).size;
  return (
    lasts(hosts.find(({ name }) => name === connectsTo)!) && distinct(poolKey) < distinct(POOL_KEY)
  );
};

export const poolKeepsApart: Claim = {
  id: 'pool-keeps-apart',
  name: 'a request is served only on a connection that was signed in for the very same purpose',
  kind: 'always',
  about: 'deployment',
  hypothesis:
    'programs compare credentials, ambient identity, origin, proxy credentials and delegation ' +
    'level before they use a connection again, as far as their requests differ in these',
  witnesses: ['pool-serves'],
  source: 'RFC 9110 16.4.2; RFC 4559 6; curl CVE-2014-0015 and later ones',
  appliesTo: isPooled,
  expected: (deployment) =>
    deployment.programs.some((program) => isLoose(deployment, program)) ? 'violated' : 'holds',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOf(ofPrograms(deployment)).map((connection) =>
        monitor(`kept apart at ${connection}`, signedInFor, undefined, { connection }),
      ),
    ),
};

export const poolServes: Claim = {
  id: 'pool-serves',
  name: "a program's requests are served, on each of its connections",
  kind: 'sometimes',
  about: 'deployment',
  hypothesis: 'none',
  witnesses: [],
  source: 'RFC 9112 9.3 (persistence)',
  appliesTo: isPooled,
  expected: () => 'witnessed',
  subjects: (deployment, machines) =>
    connectionsOf(ofPrograms(deployment)).flatMap((connection) =>
      observed(
        systemOf(deployment, machines),
        [monitor('witness', happened, { what: 'served', connections: [connection] })],
        [hasHappened],
      ),
    ),
};
