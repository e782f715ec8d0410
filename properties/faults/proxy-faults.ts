/** Mistakes of reverse proxies: with the connections behind them, and with those before them. */
import { assign } from 'xstate';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Fault } from '../claim.ts';
import { deploymentOf } from '../deployments/deployments.ts';
import * as proxies from '../deployments/with-proxies.ts';
import { faultIn } from './fault.ts';

const pinned: Deployment = deploymentOf(proxies.PINNED_PROXY);
const alone: Deployment = deploymentOf(proxies.PINNED_PROXY_ALONE);
const twoConnections: Deployment = deploymentOf(proxies.PINNED_PROXY_TWO_CONNECTIONS);
const trusting: Deployment = deploymentOf(proxies.PINNED_PROXY_TRUSTING_CLIENT);

// An effect is in the parameters of its action: without the action it is not there.
const downstream = faultIn('downstreamConnection');
const upstream = faultIn('upstreamConnection');

export const PROXY_FAULTS: readonly Fault[] = [
  upstream(
    {
      id: 'pin-is-shared',
      what: "a connection that is pinned to one client is used for another's request",
      seenIn: 'HAProxy issue 581; Traefik issue 3792',
      deployment: pinned,
    },
    { guards: { isFreeFor: () => true } },
  ),
  upstream(
    {
      id: 'pin-is-not-noted',
      what: 'a connection is pinned, and nobody writes down to whom',
      seenIn: 'Traefik pull request 13812 (CVE-2026-88007), in effect',
      deployment: pinned,
    },
    { actions: { take: assign((_, { from }) => ({ downstream: from })) } },
  ),
  upstream(
    {
      id: 'pin-outlives-client',
      what: 'the connection stays open when its client has gone, and the next one inherits it',
      seenIn: null,
      deployment: pinned,
    },
    { actions: { close: assign({}) } },
  ),
  upstream(
    {
      id: 'pin-is-never-used-again',
      what: 'a connection that was used once is not used again, not even for its own client',
      seenIn: null,
      deployment: pinned,
    },
    { guards: { isFreeFor: () => false } },
  ),
  upstream(
    {
      id: 'owner-is-not-told',
      what: "a client's connection stays open when the one behind it has closed",
      seenIn: null,
      deployment: trusting,
    },
    { actions: { reportToOwner: assign({}) } },
  ),
  upstream(
    {
      id: 'lost-reply-is-not-told',
      what: 'nobody hears that a connection closed before it brought the reply',
      seenIn: null,
      deployment: alone,
    },
    { actions: { reportToDownstream: assign({}) } },
  ),
  downstream(
    {
      id: 'downstream-changes-connections',
      what: 'a pinned client is sent over whichever connection is free',
      seenIn: 'YARP issue 1097',
      deployment: twoConnections,
    },
    { guards: { mayGoBy: () => true } },
  ),
  downstream(
    {
      id: 'downstream-forwards-nothing',
      what: 'no request is passed on',
      seenIn: null,
      deployment: alone,
    },
    { guards: { mayGoBy: () => false } },
  ),
  downstream(
    {
      id: 'pin-is-not-released',
      what: 'a connection stays pinned to a client that has gone',
      seenIn: null,
      deployment: pinned,
    },
    { actions: { release: assign({}) } },
  ),
];
