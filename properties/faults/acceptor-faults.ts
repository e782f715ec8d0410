/** Checks that a server is configured to make and does not make; a client that never answers. */
import type { Fault } from '../claim.ts';
import { deploymentOf } from '../deployments/deployments.ts';
import { MIC_CHECKED, RELAY, RELAY_CHANNEL_BINDING } from '../deployments/with-adversary.ts';
import { faultIn } from './fault.ts';

const server = faultIn('ntlmServerConnection');
const client = faultIn('ntlmClientConnection');

export const ACCEPTOR_FAULTS: readonly Fault[] = [
  server(
    {
      id: 'binding-not-compared',
      what: 'the server requires a channel binding and never compares it',
      seenIn: 'chimera-nas issue 1227',
      deployment: deploymentOf(RELAY_CHANNEL_BINDING),
    },
    { guards: { isBoundElsewhere: () => false } },
  ),
  server(
    {
      id: 'mic-not-verified',
      what: 'the server never compares a MIC with the messages that it covers',
      seenIn: 'chimera-nas issue 1038',
      deployment: deploymentOf(MIC_CHECKED),
    },
    { guards: { isTamperedWith: () => false } },
  ),
  client(
    {
      id: 'client-answers-no-challenge',
      what: 'the client answers no challenge',
      seenIn: null,
      deployment: deploymentOf(RELAY),
    },
    { guards: { mayAuthenticate: () => false } },
  ),
];
