/** Faults of clients, in the reuse of connections and in redirects. */

import { assign } from 'xstate';
import { purposeOf } from '../../machines/http/client-side.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { areAlike } from '../../machines/vocabulary/purpose.ts';
import type { Fault } from '../claim.ts';
import { deploymentOf } from '../deployments/deployments.ts';
import { SINGLE_REQUEST } from '../deployments/lapsing.ts';
import { STAYING_OPEN } from '../deployments/plain.ts';
import { TWO_USERS_POOL } from '../deployments/with-pools.ts';
import { REDIRECT } from '../deployments/with-redirects.ts';
import { faultIn } from './fault.ts';

const pool: Deployment = deploymentOf(TWO_USERS_POOL);
const redirect: Deployment = deploymentOf(REDIRECT, 'Basic');

const ntlmClient = faultIn('ntlmClientConnection');
const browser = faultIn('browser');

export const CONNECTION_FAULTS: readonly Fault[] = [
  ntlmClient(
    {
      id: 'pool-compares-nothing',
      what: 'a program uses any free connection, for any purpose',
      seenIn: 'CVE-2014-0015 and later ones',
      deployment: pool,
    },
    { guards: { isFreeFor: () => true } },
  ),
  ntlmClient(
    {
      id: 'never-answers-401',
      what: 'the client does not answer the first 401',
      seenIn: null,
      deployment: pool,
    },
    { guards: { mayAuthenticate: () => false } },
  ),
  ntlmClient(
    {
      id: 'never-upgraded',
      what: 'the client does not sign in on an open connection that is not signed in yet',
      seenIn: 'curl issue 21307, test 338',
      deployment: deploymentOf(STAYING_OPEN),
    },
    {
      guards: {
        isFreeFor: ({ context }, fetch) =>
          context.authenticatedFor !== null &&
          areAlike(context.poolKey, context.authenticatedFor, purposeOf(context, fetch)),
      },
    },
  ),
  ntlmClient(
    {
      id: 'flag-outlives-401',
      what: 'a 401 does not reset persistent-auth-value at the client',
      seenIn: null,
      deployment: deploymentOf(SINGLE_REQUEST),
    },
    { actions: { release: () => {} } },
  ),
  browser(
    {
      id: 'credentials-follow-redirect',
      what: 'the browser sends the password for one host to the host of a redirect',
      seenIn: 'CVE-2026-86413, CVE-2026-94265',
      deployment: redirect,
    },
    { guards: { mayCarry: () => true } },
  ),
  browser(
    {
      id: 'redirect-not-followed',
      what: 'the browser does not follow a redirect to another host',
      seenIn: null,
      deployment: redirect,
    },
    { actions: { goOn: assign({}) } }, // the parameters of the effect are not resolved either
  ),
];
