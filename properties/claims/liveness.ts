/**
 * What must eventually happen in every fair run. No single state violates these claims: a
 * counterexample is a loop that a run can repeat for ever.
 */

import type { AnyEventObject } from 'xstate';
import type { Fairness, Property, Response } from '../../checker/model/system.ts';
import { monitor, type System } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import {
  browserOf,
  connectionsOf,
  keepsAlive,
  type Link,
  linksOf,
} from '../../machines/system/links.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import { programOf } from '../../machines/system/programs.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import { behind, type Deployment } from '../../machines/system/topology.ts';
import type { ConnectionName, Secret } from '../../machines/vocabulary/terms.ts';
import { endless } from '../causes/endings.ts';
import { type Claim, observed, type Subject } from '../claim.ts';
import { completion, refusalReported } from '../monitors/answers.ts';
import { signIn, signInSeenByClient } from '../monitors/sign-in.ts';
import { isEachServed, isProxied } from '../oracle/behind-proxies.ts';
import { given } from '../oracle/given.ts';
import { scopes } from '../oracle/hypotheses.ts';
import { moves } from '../oracle/moving-handshakes.ts';
import { firstHops, isPlain } from '../oracle/passing-hops.ts';
import {
  answeredFirstLinks,
  answeredLinks,
  directLinks,
  mayRedirect,
  ownersOf,
} from './honest-parties.ts';
import { proofs, refusedProofs, requests } from './occasions.ts';

/**
 * Messages arrive, workers and proxies forward requests, clients answer challenges, and a user who
 * is prompted eventually types the right password. Connections close, and users cancel or mistype,
 * only finitely often. Users need not visit again.
 *
 * @source Baier and Katoen, Principles of Model Checking, 3.5 (weak fairness)
 */
export function fairnessOf(_component: string, event: AnyEventObject): Fairness {
  switch (event.type) {
    case 'wire.deliver':
    case 'page.call':
    case 'proxy.forward':
    case 'client.answers':
      return 'weak';
    case 'user.types':
      return (event as AnyEventObject & { secret: Secret }).secret.passwordOf ? 'weak' : 'finite';
    case 'wire.close':
    case 'user.cancels':
      return 'finite';
    default:
      return 'free';
  }
}

/** Fairness is of an event's type: a worker calls eventually, on any of its connections. */
const actionOf = (_component: string, { type }: AnyEventObject): string => type;

const response = (name: string, reads: Property['reads'], holds: Property['holds']): Response => ({
  kind: 'response',
  name,
  reads,
  holds,
  fairness: fairnessOf,
  action: actionOf,
});

/**
 * True where weak fairness decides who is answered, or theory knows what it leaves out. A user who
 * keeps a shared connection busy can hold up another client for ever, and a user who reloads can
 * hold up a redirect: neither says anything of the deployment.
 */
const isEachFair = (deployment: Deployment): boolean =>
  isPlain(deployment) || (!mayRedirect(deployment) && !isCrowded(deployment));

const isProxiedNtlm = (deployment: Deployment): boolean =>
  isProxied(deployment) &&
  !deployment.bounds.wrongPasswords &&
  deployment.hosts.every(isChallenging);

/** True where a host has fewer connections to the next one than its clients have to it. */
const isCrowded = (deployment: Deployment): boolean =>
  linksOf(deployment).some(({ caller, connections }) => {
    const inbound = linksOf(deployment).filter(({ to }) => to.name === caller?.name);
    return connectionsOf(inbound).length > connections.length;
  });

export const signInCompletes: Claim = {
  id: 'sign-in-completes',
  name: 'a user who gives the right password is eventually served, unless the connection closes',
  kind: 'response',
  about: 'deployment',
  given: given.signInsEnd,
  witnesses: ['mailbox-read', 'proxy-serves'],
  speaksOf: proofs,
  cause: endless,
  source: 'Baier and Katoen, Principles of Model Checking, 3.5 (fairness); KB Q183545',
  appliesTo: (deployment) =>
    (isEachFair(deployment) || isProxiedNtlm(deployment)) &&
    answeredFirstLinks(deployment).length > 0,
  scope: scopes.answered,
  subjects: (deployment, machines) => {
    const system = systemOf(deployment, machines);
    return answeredFirstLinks(deployment).flatMap((link) =>
      link.connections.flatMap((connection) => signInOn(connection, link, deployment, system)),
    );
  },
};

function signInOn(
  connection: ConnectionName,
  link: Link,
  deployment: Deployment,
  system: System,
): readonly Subject[] {
  const name = `sign-in on ${connection}`;
  const owner = programOf(deployment, link)?.name ?? browserOf(link);
  const users = ownersOf(deployment, link);
  const input = { users, server: behind(deployment.hosts, link.to).name, connection };
  return observed(
    system,
    [
      isServedHere(deployment, link)
        ? monitor(name, signIn, input)
        : monitor(name, signInSeenByClient, input),
    ],
    [
      response(
        `${connection} serves ${link.from}`,
        [name, owner],
        (watcher, browser) =>
          watcher?.value === 'idle' ||
          watcher?.value === 'answered' ||
          (watcher?.value === 'prompted' && isHidden(browser?.value)),
      ),
    ],
  );
}

/**
 * True where the far end serves the user itself, and one connection lasts from the request to the
 * page. A client without keep-alive closes its connections itself, so that a closed one is no
 * answer to it, and another may go on with its request on another connection.
 */
const isServedHere = (deployment: Deployment, link: Link): boolean =>
  !isProxy(link.to) &&
  link.to.redirectsTo === null &&
  keepsAlive(deployment, link) &&
  !moves(deployment, link);

/** True where the user has cancelled the prompt, for which there is no signal. */
const isHidden = (browser: unknown): boolean => (browser as { prompt: string }).prompt === 'hidden';

const answeredConnections = (deployment: Deployment): readonly ConnectionName[] =>
  connectionsOf(answeredLinks(deployment));

export const everyRequestCompletes: Claim = {
  id: 'every-request-completes',
  name: 'every request that a client sends eventually completes',
  kind: 'response',
  about: 'deployment',
  given: given.requestsEnd,
  witnesses: ['ntlm-accepts', 'basic-accepts', 'proxy-serves'],
  speaksOf: requests,
  cause: endless,
  source: 'RFC 9112 9.3.2; Baier and Katoen, Principles of Model Checking, 3.5 (fairness)',
  appliesTo: (deployment) =>
    (isEachFair(deployment) || (isProxied(deployment) && isEachServed(deployment))) &&
    answeredLinks(deployment).length > 0,
  scope: scopes.answered,
  subjects: (deployment, machines) => {
    const system = systemOf(deployment, machines);
    return answeredConnections(deployment).flatMap((connection) => {
      const name = `requests on ${connection}`;
      return observed(
        system,
        [monitor(name, completion, undefined, { connection })],
        [response(`${connection} answers`, [name], (watcher) => watcher?.value === 'idle')],
      );
    });
  },
};

/** A subject for each connection, with the monitor of its refusals. */
function refusalsOn(
  connections: readonly ConnectionName[],
  system: System,
  property: (watcher: string) => Property,
): readonly Subject[] {
  return connections.flatMap((connection) => {
    const name = `refusal on ${connection}`;
    return observed(
      system,
      [monitor(name, refusalReported, undefined, { connection })],
      [property(name)],
    );
  });
}

export const retriesAreBounded: Claim = {
  id: 'retries-are-bounded',
  name: 'a client whose sign-in is refused eventually reports it, and does not retry for ever',
  kind: 'response',
  about: 'deployment',
  given: given.tabsDoNotWait,
  witnesses: ['refusal-reported'],
  speaksOf: refusedProofs,
  cause: endless,
  source: 'MS-NTHT 3.1.5.1; Baier and Katoen, Principles of Model Checking, 3.5 (fairness)',
  appliesTo: (deployment) => deployment.bounds.wrongPasswords && directLinks(deployment).length > 0,
  scope: `users may mistype, and ${scopes.directly}`,
  subjects: (deployment, machines) =>
    refusalsOn(connectionsOf(directLinks(deployment)), systemOf(deployment, machines), (name) =>
      response(`no end of ${name}`, [name], (watcher) => watcher?.value !== 'refused'),
    ),
};

export const refusalIsReported: Claim = {
  id: 'refusal-reported',
  name: 'a user mistypes the password and learns that it was refused',
  kind: 'sometimes',
  about: 'deployment',
  given: given.noneWhereKept,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'RFC 9110 15.5.2 (401)',
  appliesTo: (deployment) => isPlain(deployment) && deployment.bounds.wrongPasswords,
  scope: `users may mistype, and ${scopes.plain}`,
  subjects: (deployment, machines) =>
    refusalsOn(
      firstHops(deployment).flatMap(({ connections }) => connections),
      systemOf(deployment, machines),
      (watcher) => ({
        kind: 'sometimes',
        name: `${watcher} is reported`,
        reads: [watcher],
        holds: (watcher) => watcher?.value === 'reported',
      }),
    ),
};
