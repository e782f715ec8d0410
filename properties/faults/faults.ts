/**
 * The seeded faults. Each replaces one guard or update of one machine, through `provide`.
 *
 * They show that the claims are tight: with each fault, some claim fails with a shortest
 * counterexample. `goldens.json` holds the claims that each fault breaks.
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
      what: 'an NTLM sign-in leaves the password with the server',
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
      what: 'a response proves its user even if it answers another challenge',
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
      what: 'the server accepts a response computed without a key',
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
      id: 'no-response-accepted',
      what: 'the server accepts no response',
      seenIn: null,
      deployment: article,
    },
    { guards: { isUnproven: () => true } },
  ),
  ntlmServer(
    {
      id: 'identity-outlives-connection',
      what: 'the server keeps the identity after the sign-in has ended',
      seenIn: null,
      deployment: basicThenNtlm,
    },
    { actions: { unbindUser: () => {} } },
  ),
  faultIn('basicServerConnection')(
    {
      id: 'any-password',
      what: 'a Basic server accepts any password',
      seenIn: 'KB Q183545 says so of IIS, wrongly',
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
      what: 'a client sends a request on a connection that is signed in as another user',
      seenIn: 'CVE-2014-0015, CVE-2015-3143 and later ones; HAProxy issue 581; Traefik issue 3792',
      deployment: basicThenNtlm,
    },
    { guards: { isFreeFor: () => true } },
  ),
  ntlmClient(
    {
      id: 'pool-forgets-user',
      what: 'the client does not record the user as whom a connection is signed in',
      seenIn: null,
      deployment: basicThenNtlm,
    },
    { actions: { hold: () => {} } },
  ),
  ntlmClient(
    {
      id: 'never-reused',
      what: 'the client never reuses a signed-in connection, even for the same user',
      seenIn: 'curl issue 21307',
      deployment: basicThenNtlm,
    },
    { guards: { isFreeFor: ({ context }) => context.authenticatedFor === null } },
  ),
  ntlmClient(
    {
      id: 'never-free',
      what: 'the client never reuses an open connection',
      seenIn: null,
      deployment: deploymentOf(STAYING_OPEN),
    },
    { guards: { isFreeFor: () => false } },
  ),
  ntlmClient(
    {
      id: 'tries-for-ever',
      what: 'the client answers every 401 with another handshake',
      seenIn: 'axios-ntlm, when the answer to NEGOTIATE is a bare 401',
      deployment: article,
    },
    { guards: { mayAuthenticate: ({ context: { exchange } }) => exchange!.credential !== null } },
  ),
  faultIn('basicClientConnection')(
    {
      id: 'password-not-sent',
      what: 'a Basic client sends no password',
      seenIn: null,
      deployment: articleBasic,
    },
    {
      guards: { hasPassword: () => false },
    },
  ),
  faultIn('frontEnd')(
    {
      id: 'front-end-refuses-all',
      what: 'the front end refuses every user, signed in or not',
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

/** @throws TypeError if no fault has this id. */
export function faultCalled(id: string): Fault {
  const found = FAULTS.find((fault) => fault.id === id);
  if (found === undefined) throw new TypeError(`no fault is called ${id}`);
  return found;
}
