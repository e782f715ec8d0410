/**
 * Mistakes, each one guard or update of one machine, made through `provide` and found by a claim.
 *
 * They show that the claims are tight: with the mistake, some claim fails with a shortest
 * counterexample. Which claims each one breaks is pinned in `pins.json`.
 */
import { assign } from 'xstate';
import type { Deployment } from '../../machines/system/topology.ts';
import { isPasswordOf, proves } from '../../machines/vocabulary/terms.ts';
import type { Fault } from '../claim.ts';
import { deploymentOf } from '../deployments/deployments.ts';
import { ARTICLE, BASIC_THEN_NTLM, STAYING_OPEN } from '../deployments/plain.ts';
import { ACCEPTOR_FAULTS } from './acceptor-faults.ts';
import { CONNECTION_FAULTS } from './connection-faults.ts';
import { faultIn } from './fault.ts';
import { PROXY_FAULTS } from './proxy-faults.ts';

const ntlmServer = faultIn('ntlmServerConnection');
const ntlmClient = faultIn('ntlmClientConnection');

const article: Deployment = deploymentOf(ARTICLE, 'NTLM');
const articleBasic: Deployment = deploymentOf(ARTICLE, 'Basic');
const basicThenNtlm: Deployment = deploymentOf(BASIC_THEN_NTLM);

const ACCEPTORS: readonly Fault[] = [
  ntlmServer(
    {
      id: 'token-keeps-password',
      what: 'an NTLM sign-in leaves the server the password',
      seenIn: 'KB Q183545, as what Basic does',
      deployment: article,
    },
    {
      actions: {
        bindUser: assign((_, { user, key }) => ({
          identity: user === null ? null : { user, secret: key },
        })),
      },
    },
  ),
  ntlmServer(
    {
      id: 'challenge-not-compared',
      what: 'a response proves its user, whatever challenge it answers',
      seenIn: 'type-3 interleave: express-ntlm issue 17, node-http-proxy issue 1500',
      deployment: article,
    },
    {
      guards: { isUnproven: (_, { user, key }) => user === null || !isPasswordOf(key, user) },
    },
  ),
  ntlmServer(
    {
      id: 'serial-not-compared',
      what: 'an earlier challenge of the same connection is as good as the last',
      seenIn: null,
      deployment: article,
    },
    {
      guards: {
        isUnproven: ({ context: { challenge } }, response) =>
          challenge === null ||
          !proves(response, { ...challenge, serial: response.challenge.serial }),
      },
    },
  ),
  ntlmServer(
    {
      id: 'static-challenge',
      what: 'every challenge is the same',
      seenIn: null,
      deployment: article,
    },
    {
      actions: {
        issueChallenge: assign(({ context: { connection } }) => ({
          challenge: { connection, serial: 0 },
        })),
      },
    },
  ),
  ntlmServer(
    {
      id: 'anonymous-accepted',
      what: 'a response computed without a key is accepted',
      seenIn: 'FreeRDP pull request 6082, in effect: the password is not checked',
      deployment: article,
    },
    {
      guards: {
        isUnproven: ({ context: { challenge } }, response) =>
          response.user !== null && !proves(response, challenge),
      },
    },
  ),
  ntlmServer(
    {
      id: 'nobody-accepted',
      what: 'no response is accepted',
      seenIn: null,
      deployment: article,
    },
    { guards: { isUnproven: () => true } },
  ),
  ntlmServer(
    {
      id: 'identity-outlives-connection',
      what: 'the identity is not dropped when the sign-in ends',
      seenIn: null,
      deployment: basicThenNtlm,
    },
    { actions: { unbindUser: () => {} } },
  ),
  faultIn('basicServerConnection')(
    {
      id: 'any-password',
      what: 'Basic accepts any password',
      seenIn: 'KB Q183545, which says so of IIS; it is not so',
      deployment: articleBasic,
    },
    {
      guards: { isPassword: () => true },
    },
  ),
];

const CLIENTS: readonly Fault[] = [
  ntlmClient(
    {
      id: 'pool-ignores-user',
      what: "a request goes out on a connection that is signed in as somebody else's",
      seenIn: 'CVE-2014-0015, CVE-2015-3143 and later ones; HAProxy issue 581; Traefik issue 3792',
      deployment: basicThenNtlm,
    },
    { guards: { isFreeFor: () => true } },
  ),
  ntlmClient(
    {
      id: 'pool-forgets-user',
      what: 'the client does not note whom a connection is signed in as',
      seenIn: null,
      deployment: basicThenNtlm,
    },
    { actions: { hold: () => {} } },
  ),
  ntlmClient(
    {
      id: 'never-reused',
      what: 'a signed-in connection is not used again, not even by its own user',
      seenIn: 'curl issue 21307',
      deployment: basicThenNtlm,
    },
    { guards: { isFreeFor: ({ context }) => context.authenticatedFor === null } },
  ),
  ntlmClient(
    {
      id: 'never-free',
      what: 'an open connection is never used again',
      seenIn: null,
      deployment: deploymentOf(STAYING_OPEN),
    },
    { guards: { isFreeFor: () => false } },
  ),
  ntlmClient(
    {
      id: 'tries-for-ever',
      what: 'every 401 is answered with another handshake',
      seenIn: 'axios-ntlm, when the answer to NEGOTIATE is a bare 401',
      deployment: article,
    },
    { guards: { mayAuthenticate: ({ context: { exchange } }) => exchange!.credential !== null } },
  ),
  faultIn('basicClientConnection')(
    {
      id: 'password-not-sent',
      what: 'Basic sends no password',
      seenIn: null,
      deployment: articleBasic,
    },
    {
      guards: { hasPassword: () => false },
    },
  ),
  faultIn('frontEnd')(
    {
      id: 'nobody-calls-on',
      what: 'the front end refuses everybody, signed in or not',
      seenIn: null,
      deployment: article,
    },
    { guards: { isAnonymous: () => true } },
  ),
];

export const FAULTS: readonly Fault[] = [
  ...ACCEPTORS,
  ...CLIENTS,
  ...ACCEPTOR_FAULTS,
  ...CONNECTION_FAULTS,
  ...PROXY_FAULTS,
];

/** @throws TypeError where there is none of this id. */
export function faultCalled(id: string): Fault {
  const found = FAULTS.find((fault) => fault.id === id);
  if (found === undefined) throw new TypeError(`no mistake is called ${id}`);
  return found;
}
