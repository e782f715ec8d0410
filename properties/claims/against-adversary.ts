/** Claims about an adversary, and witnesses that it does attack. */
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { acceptedThoughChanged } from '../causes/acceptances.ts';
import { passwordLearned } from '../causes/passwords.ts';
import { type Claim, observed } from '../claim.ts';
import { neverLearned } from '../monitors/passwords.ts';
import { untampered } from '../monitors/untampered.ts';
import { proved, refusedWithKey } from '../monitors/witnesses.ts';
import { adversaryMay, isStatic } from '../oracle/delivered-responses.ts';
import { hasAdversary, isHeard, isRefusedOnce } from '../oracle/exposed-servers.ts';
import { given } from '../oracle/given.ts';
import { holdsPassword } from '../oracle/passing-hops.ts';
import { deliveredResponses, overheardProofs } from './occasions.ts';

/** NTLM connections on which the adversary is the client. */
const connectionsOfAdversary = (deployment: Deployment) =>
  linksOf(deployment)
    .filter(({ adversary, to }) => adversary === 'client' && isChallenging(to))
    .flatMap(({ connections }) => connections);

/** Links over which the adversary hears users sign in. */
const overheardLinks = (deployment: Deployment) =>
  linksOf(deployment).filter(
    (link) =>
      isHeard(deployment, link) && (link.caller === null || holdsPassword(deployment, link.caller)),
  );

export const secretStaysWithItsUser: Claim = {
  id: 'no-secret-overheard',
  name: "the adversary never learns a user's password",
  kind: 'always',
  about: 'deployment',
  given: given.nothingToHear,
  witnesses: ['adversary-hears'],
  speaksOf: overheardProofs,
  cause: passwordLearned,
  source: 'MS-NLMP 3.3.2; RFC 7617 4',
  appliesTo: ({ adversary }) => adversary !== null,
  scope: 'there is an adversary',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      deployment.users.map(({ name }) =>
        monitor(`password of ${name}`, neverLearned, {
          user: name,
          server: deployment.adversary!.name,
        }),
      ),
    ),
};

export const micProtects: Claim = {
  id: 'mic-protects',
  name: 'a server accepts the messages that a MIC covers only as they were sent',
  kind: 'always',
  about: 'deployment',
  given: given.changesAreRefused,
  witnesses: ['attack-is-refused'],
  speaksOf: deliveredResponses,
  cause: acceptedThoughChanged,
  source: 'MS-NLMP 3.1.5.1.2, 3.2.5.1.2; CVE-2019-1040',
  appliesTo: (deployment) =>
    hasAdversary(deployment) &&
    (adversaryMay(deployment, 'strip') || adversaryMay(deployment, 'inject')) &&
    connectionsOfAdversary(deployment).length > 0 &&
    overheardLinks(deployment).length > 0 &&
    !deployment.hosts.some(isStatic),
  scope: 'the adversary may change messages on their way to an NTLM server with fresh challenges',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOfAdversary(deployment).map((connection) =>
        monitor(`untampered at ${connection}`, untampered, undefined, { connection }),
      ),
    ),
};

/** Shows that claims do not hold only because the adversary delivers nothing. */
export const attackIsRefused: Claim = {
  id: 'attack-is-refused',
  name: 'the server refuses a response that a user computed and the adversary delivered',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'MS-NLMP 3.2.5.1.2',
  appliesTo: (deployment) => hasAdversary(deployment) && isRefusedOnce(deployment),
  scope: 'the adversary can deliver a response that a check of the server refuses',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      connectionsOfAdversary(deployment).map((connection) =>
        monitor(`refused at ${connection}`, refusedWithKey, undefined, { connection }),
      ),
      [
        {
          kind: 'sometimes',
          name: 'refused',
          reads: connectionsOfAdversary(deployment).map((connection) => `refused at ${connection}`),
          holds: (...watchers) => watchers.some(({ value }) => value === 'refused'),
        },
      ],
    ),
};

export const adversaryHears: Claim = {
  id: 'adversary-hears',
  name: 'the adversary hears a user sign in',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'MS-NLMP 1.6',
  appliesTo: (deployment) => hasAdversary(deployment) && overheardLinks(deployment).length > 0,
  scope: 'the adversary owns a host that a user visits, or hears a wire',
  subjects: (deployment, machines) =>
    overheardLinks(deployment).flatMap(({ from, to }) =>
      observed(
        systemOf(deployment, machines),
        [monitor('witness', proved, undefined, { by: from, server: to.name })],
        [
          {
            kind: 'sometimes',
            name: 'witnessed',
            reads: ['witness'],
            holds: (witness) => witness?.value === 'proved',
          },
        ],
      ),
    ),
};
