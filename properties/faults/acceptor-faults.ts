/** Demands that are not made though somebody asked for them, and a client that answers nobody. */
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
      what: 'a channel binding is required, and never compared',
      seenIn: 'chimera-nas issue 1227',
      deployment: deploymentOf(RELAY_CHANNEL_BINDING),
    },
    { guards: { isBoundElsewhere: () => false } },
  ),
  server(
    {
      id: 'mic-not-verified',
      what: 'a MIC is never compared with the messages that it covers',
      seenIn: 'chimera-nas issue 1038',
      deployment: deploymentOf(MIC_CHECKED),
    },
    { guards: { isTamperedWith: () => false } },
  ),
  client(
    {
      id: 'client-answers-nobody',
      what: 'a client answers no challenge, whoever it comes from',
      seenIn: null,
      deployment: deploymentOf(RELAY),
    },
    { guards: { mayAuthenticate: () => false } },
  ),
];
