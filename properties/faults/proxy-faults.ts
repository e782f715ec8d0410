/** Faults of reverse proxies, in upstream and in downstream connections. */
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

// The parameters of an action hold its effect: without the action there is no effect.
const downstream = faultIn('downstreamConnection');
const upstream = faultIn('upstreamConnection');

export const PROXY_FAULTS: readonly Fault[] = [
  upstream(
    {
      id: 'pin-is-shared',
      what: "the proxy sends a client's request over a connection pinned to another client",
      seenIn: 'HAProxy issue 581; Traefik issue 3792',
      deployment: pinned,
    },
    { guards: { isFreeFor: () => true } },
  ),
  upstream(
    {
      id: 'pin-is-not-noted',
      what: 'the proxy pins a connection and does not record to which client',
      seenIn: 'Traefik pull request 13812 (CVE-2026-88007), in effect',
      deployment: pinned,
    },
    { actions: { take: assign((_, { from }) => ({ downstream: from })) } },
  ),
  upstream(
    {
      id: 'pin-outlives-client',
      what: 'a pinned connection outlives its client, and the next client inherits it',
      seenIn: null,
      deployment: pinned,
    },
    { actions: { close: assign({}) } },
  ),
  upstream(
    {
      id: 'pin-is-never-used-again',
      what: 'the proxy never reuses an upstream connection, even for the same client',
      seenIn: null,
      deployment: pinned,
    },
    { guards: { isFreeFor: () => false } },
  ),
  upstream(
    {
      id: 'owner-is-not-notified',
      what: "a client's connection stays open after its pinned upstream connection has closed",
      seenIn: null,
      deployment: trusting,
    },
    { actions: { reportToOwner: assign({}) } },
  ),
  upstream(
    {
      id: 'lost-reply-is-not-reported',
      what: 'the proxy does not report that an upstream connection closed before its reply',
      seenIn: null,
      deployment: alone,
    },
    { actions: { reportToDownstream: assign({}) } },
  ),
  downstream(
    {
      id: 'downstream-changes-connections',
      what: 'the proxy sends the requests of a pinned client over any free connection',
      seenIn: 'YARP issue 1097',
      deployment: twoConnections,
    },
    { guards: { mayGoBy: () => true } },
  ),
  downstream(
    {
      id: 'downstream-forwards-nothing',
      what: 'the proxy forwards no request',
      seenIn: null,
      deployment: alone,
    },
    { guards: { mayGoBy: () => false } },
  ),
  downstream(
    {
      id: 'pin-is-not-released',
      what: 'a connection stays pinned to a client that has left',
      seenIn: null,
      deployment: pinned,
    },
    { actions: { release: assign({}) } },
  ),
];
