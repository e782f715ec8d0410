/** What holds against an adversary, and evidence that it did try. */
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { linksOf } from '../../machines/system/links.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { type Claim, observed } from '../claim.ts';
import { neverLearned } from '../monitors/passwords.ts';
import { proved } from '../monitors/proved.ts';
import { refusedWithKey } from '../monitors/refused-with-key.ts';
import { untampered } from '../monitors/untampered.ts';
import { adversaryMay, isStatic } from '../oracle/delivered-responses.ts';
import {
  exposed,
  hasAdversary,
  isHeard,
  isRefusedOnce,
  isTampered,
} from '../oracle/exposed-servers.ts';

/** NTLM connections on which the adversary is the client. */
const itsOwn = (deployment: Deployment) =>
  linksOf(deployment)
    .filter(({ adversary, to }) => adversary === 'client' && to.accepts === 'NTLM')
    .flatMap(({ connections }) => connections);

/** Links over which users prove themselves within its hearing. */
const heard = (deployment: Deployment) =>
  linksOf(deployment).filter((link) => isHeard(deployment, link));

export const secretStaysWithItsUser: Claim = {
  id: 'no-secret-overheard',
  name: 'no adversary comes to know what a user signs in with',
  kind: 'always',
  about: 'deployment',
  hypothesis: 'NTLM, and passwords that cannot be guessed; nothing was stolen beforehand',
  witnesses: ['adversary-hears'],
  source: 'MS-NLMP 3.3.2; RFC 7617 4',
  appliesTo: (deployment) => hasAdversary(deployment) && heard(deployment).length > 0,
  expected: (deployment) => (exposed(deployment).length === 0 ? 'holds' : 'violated'),
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
  name: 'messages that a MIC covers are accepted as they were sent, or not at all',
  kind: 'always',
  about: 'deployment',
  hypothesis:
    'the acceptor checks a MIC where there is one, and sees whether there is one; challenges are ' +
    'fresh, so that it shows which answer is to which',
  witnesses: ['attack-is-refused'],
  source: 'MS-NLMP 3.1.5.1.2, 3.2.5.1.2; CVE-2019-1040',
  appliesTo: (deployment) =>
    hasAdversary(deployment) &&
    (adversaryMay(deployment, 'strip') || adversaryMay(deployment, 'inject')) &&
    itsOwn(deployment).length > 0 &&
    heard(deployment).length > 0 &&
    !deployment.hosts.some(isStatic),
  expected: (deployment) => (isTampered(deployment) ? 'violated' : 'holds'),
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      itsOwn(deployment).map((connection) =>
        monitor(`untampered at ${connection}`, untampered, undefined, { connection }),
      ),
    ),
};

/** Otherwise a claim would hold against an adversary that never comes near what it is about. */
export const attackIsRefused: Claim = {
  id: 'attack-is-refused',
  name: 'a response that its user computed reaches the server by the adversary, and is refused',
  kind: 'sometimes',
  about: 'deployment',
  hypothesis: 'the adversary can pass a response on, or send it again; a guard is in its way',
  witnesses: [],
  source: 'MS-NLMP 3.2.5.1.2',
  appliesTo: (deployment) => hasAdversary(deployment) && isRefusedOnce(deployment),
  expected: () => 'witnessed',
  subjects: (deployment, machines) =>
    observed(
      systemOf(deployment, machines),
      itsOwn(deployment).map((connection) =>
        monitor(`refused at ${connection}`, refusedWithKey, undefined, { connection }),
      ),
      [
        {
          kind: 'sometimes',
          name: 'refused',
          reads: itsOwn(deployment).map((connection) => `refused at ${connection}`),
          holds: (...watchers) => watchers.some(({ value }) => value === 'refused'),
        },
      ],
    ),
};

export const adversaryHears: Claim = {
  id: 'adversary-hears',
  name: 'a user proves something within hearing of the adversary',
  kind: 'sometimes',
  about: 'deployment',
  hypothesis: 'it owns a host that a user visits, or hears a wire',
  witnesses: [],
  source: 'MS-NLMP 1.6',
  appliesTo: (deployment) => hasAdversary(deployment) && heard(deployment).length > 0,
  expected: () => 'witnessed',
  subjects: (deployment, machines) =>
    heard(deployment).flatMap(({ from, to }) =>
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
