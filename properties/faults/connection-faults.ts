/** Mistakes of clients: with the connections that they keep, and with redirects. */

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
      what: 'a program uses whichever connection is free, whatever it was signed in for',
      seenIn: 'CVE-2014-0015 and later ones',
      deployment: pool,
    },
    { guards: { isFreeFor: () => true } },
  ),
  ntlmClient(
    {
      id: 'never-answers-401',
      what: 'the client takes the first 401 for the last word',
      seenIn: null,
      deployment: pool,
    },
    { guards: { mayAuthenticate: () => false } },
  ),
  ntlmClient(
    {
      id: 'never-upgraded',
      what: 'an open connection on which nobody has signed in is not used to sign in',
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
      what: 'a 401 does not reset what the client believes of its connection',
      seenIn: null,
      deployment: deploymentOf(SINGLE_REQUEST),
    },
    { actions: { release: () => {} } },
  ),
  browser(
    {
      id: 'credentials-follow-redirect',
      what: 'the password for one host goes along when it redirects to another',
      seenIn: 'CVE-2026-86413, CVE-2026-94265',
      deployment: redirect,
    },
    { guards: { mayCarry: () => true } },
  ),
  browser(
    {
      id: 'redirect-not-followed',
      what: 'a redirect to another host leads nowhere',
      seenIn: null,
      deployment: redirect,
    },
    { actions: { goOn: assign({}) } }, // an effect whose parameters are not resolved either
  ),
];
