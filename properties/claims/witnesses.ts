/** Witnesses that the claims are not vacuous. */
import { monitor } from '../../machines/system/component.ts';
import { type Machines, systemOf } from '../../machines/system/deployment.ts';
import { type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type { Deployment, Mechanism } from '../../machines/system/topology.ts';
import { type Claim, observed } from '../claim.ts';
import { isRefused } from '../monitors/state-predicates.ts';
import { happened, hasHappened, promptLoop } from '../monitors/witnesses.ts';
import { hasAdversary } from '../oracle/exposed-servers.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import {
  firstHops,
  isAttempted,
  isPlain,
  isReached,
  passes,
  passingHops,
  readableLinks,
  stoppingHops,
} from '../oracle/passing-hops.ts';

/** A server accepts (`commit`) or serves a user on one of the connections of `links`. */
const happens = (
  deployment: Deployment,
  machines: Machines,
  what: 'commit' | 'served',
  links: readonly Link[],
) => {
  const connections = links.flatMap((link) => link.connections);
  return observed(
    systemOf(deployment, machines),
    [monitor('witness', happened, { what, connections })],
    [hasHappened],
  );
};

/** Links on which a server can accept a user by `mechanism`. Each needs a witness of its own. */
const accepting = (deployment: Deployment, mechanism: Mechanism) =>
  linksOf(deployment).filter(
    (link) =>
      link.to.accepts === mechanism &&
      (link.adversary === 'none' || link.adversary === 'tap') &&
      passes(deployment, link) &&
      isReached(deployment, link),
  );

const accepts = (mechanism: Mechanism, source: string): Claim => ({
  id: `${mechanism.toLowerCase()}-accepts`,
  name: `${mechanism} signs a user in on each link on which theory allows it`,
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source,
  appliesTo: (deployment) =>
    (isPlain(deployment) || hasAdversary(deployment)) &&
    accepting(deployment, mechanism).length > 0,
  scope: `a user can reach a host that accepts ${mechanism}, and ${scopes.direct}`,
  subjects: (deployment, machines) =>
    accepting(deployment, mechanism).flatMap((link) =>
      happens(deployment, machines, 'commit', [link]),
    ),
});

export const ntlmAccepts: Claim = accepts('NTLM', 'MS-NLMP 1.3.1.1');
export const basicAccepts: Claim = accepts('Basic', 'RFC 7617 2');

export const passwordPassesOn: Claim = {
  id: 'password-passes-on',
  name: 'the next server accepts the user where Basic left a password',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'KB Q183545; KB 329986',
  appliesTo: (deployment) => isPlain(deployment) && passingHops(deployment).length > 0,
  scope: `a host that accepts Basic (logon method ClearText) calls on another, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    passingHops(deployment).flatMap((link) => happens(deployment, machines, 'commit', [link])),
};

const refusing = (deployment: Deployment) =>
  stoppingHops(deployment).filter((link) => isAttempted(deployment, link));

export const nextHopIsTriedAndRefused: Claim = {
  id: 'next-hop-refused',
  name: 'a server that holds no password calls on the next one, which refuses it',
  kind: 'sometimes',
  about: 'deployment',
  given: given.noneWhereTold,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'KB Q183545; KB 329986',
  appliesTo: (deployment) => isPlain(deployment) && refusing(deployment).length > 0,
  scope: scopes.stopping,
  subjects: (deployment, machines) =>
    refusing(deployment).flatMap(({ connections }) =>
      observed(
        systemOf(deployment, machines),
        [],
        [{ kind: 'sometimes', name: 'refused', ...isRefused(connections) }],
      ),
    ),
};

/** Links to hosts that accept a user, and respond 401 because the next hop refuses the user. */
const looping = (deployment: Deployment) =>
  firstHops(deployment).filter(
    (link) => isChallenging(link.to) && link.to.callsOn !== null && passes(deployment, link),
  );

/** For each user and host that can enter the article's loop: the loop reaches one of `states`. */
const loops = (deployment: Deployment, machines: Machines, states: readonly string[]) =>
  looping(deployment).flatMap(({ from, to }) =>
    observed(
      systemOf(deployment, machines),
      [monitor('witness', promptLoop, undefined, { user: from, server: to.name })],
      [
        {
          kind: 'sometimes',
          name: 'witnessed',
          reads: ['witness'],
          holds: (witness) => states.includes(witness?.value as string),
        },
      ],
    ),
  );

export const askedAgain: Claim = {
  id: 'asked-again',
  name: 'a user whom the front end accepted is asked for the password again',
  kind: 'sometimes',
  about: 'deployment',
  given: given.noneWhereTold,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'KB Q183545; KB Q263236',
  appliesTo: (deployment) => isPlain(deployment) && looping(deployment).length > 0,
  scope: `a user visits a host that accepts NTLM and calls on another, and ${scopes.plain}`,
  subjects: (deployment, machines) => loops(deployment, machines, ['askedAgain']),
};

export const promptLoopHappens: Claim = {
  ...askedAgain,
  id: 'prompt-loop',
  name: 'a user who types the right password is asked for it again and again',
  subjects: (deployment, machines) => loops(deployment, machines, ['looping']),
};

export const mailboxIsRead: Claim = {
  id: 'mailbox-read',
  name: 'a user reads the mailbox through all the hops',
  kind: 'sometimes',
  about: 'deployment',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'KB Q183545',
  appliesTo: (deployment) => isPlain(deployment) && readableLinks(deployment).length > 0,
  scope: `every hop lets some user through, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    readableLinks(deployment).flatMap((link) => happens(deployment, machines, 'served', [link])),
};
