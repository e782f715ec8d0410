/** What is proved without bounds: claims, each of every network of a class. */

import type { NameFunction } from '../../checker/unbounded/kinds.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { ZERO_BINDING } from '../../machines/vocabulary/terms.ts';
import type { Claim } from '../claim.ts';
import {
  agreementWithHolder,
  confinement,
  servedAsTheConnectionsIdentity,
} from '../claims/agreement.ts';
import { challengeAcceptedOnce, ownChallengeOnly } from '../claims/challenges.ts';
import { doubleHopStops, passwordStaysSecret } from '../claims/double-hop.ts';
import { poolKeepsApart } from '../claims/pools.ts';
import { type Fixed, ORDER } from './abstraction.ts';
import {
  attackedHosts,
  honestMixed,
  honestNtlm,
  pinned,
  pooled,
  redirecting,
  single,
  variedNtlm,
} from './examples.ts';

/**
 * A class of networks: any number of users, hosts and connections, calls of any depth and in any
 * graph, made of the kinds of connections that the examples show.
 */
export type NetworkClass = {
  readonly id: string; // kebab-case
  readonly says: string; // completes "networks in which ..."
  readonly supposing: readonly string[]; // what else its examples leave out
  readonly examples: () => readonly Deployment[];
};

export type Theorem = {
  readonly claim: Claim;
  readonly network: NetworkClass;
  /** What else is supposed, in words; each setting in `fixed` is one of them. */
  readonly supposing: readonly string[];
  readonly fixed: Fixed;
  /** What a view knows of names besides which are the same. */
  readonly functions: readonly NameFunction[];
};

const STAYING = 'every client answers a challenge on the connection that it came on';
const ORDINARY =
  'each host has one name, each user has a machine of their own, and browsers keep their connections';
const PLAIN = [`there is no TLS, ${ORDINARY}`, STAYING];

const NTLM: NetworkClass = {
  id: 'ntlm',
  says: 'every party is honest and every host accepts NTLM',
  supposing: PLAIN,
  examples: honestNtlm,
};

const MIXED: NetworkClass = {
  id: 'mixed',
  says: 'every party is honest and each host accepts NTLM, or Basic with a logon of either method',
  supposing: PLAIN,
  examples: honestMixed,
};

const VARIED: NetworkClass = {
  id: 'ntlm-varied',
  says:
    'every party is honest and every host accepts NTLM, with TLS or without and with one name or ' +
    'two; users sit at machines of their own or at hosts, and browsers keep connections or not',
  supposing: [STAYING],
  examples: variedNtlm,
};

const REDIRECTING: NetworkClass = {
  id: 'redirects',
  says:
    'every party is honest, hosts send visitors on to others, no host calls on another, and each ' +
    'accepts NTLM, or Basic with a logon of either method',
  supposing: PLAIN,
  examples: redirecting,
};

const POOLED: NetworkClass = {
  id: 'pools',
  says:
    'programs send requests for any users over pools that compare the full key, without ' +
    'credentials for a proxy and with no or full delegation, to hosts that accept NTLM and call ' +
    'on no other',
  supposing: PLAIN,
  examples: pooled,
};

const SERVER: NetworkClass = {
  id: 'server',
  says: 'one NTLM server meets the most general client, which says anything at any time',
  supposing: [],
  examples: single,
};

const attacked = (id: string, defence: string, sends: string): NetworkClass => ({
  id,
  says:
    'adversaries own any number of hosts and accounts, tell each other what they hear, relay, ' +
    `replay, strip, inject and redirect, while honest servers ${defence}`,
  supposing: [
    'every host accepts NTLM over TLS, and no adversary has the certificate of an honest host',
    'adversaries know no passwords but those of their own accounts, and can guess none',
    'honest servers refuse NTLMv1 and ignore LM responses',
    sends,
    ORDINARY,
    STAYING,
  ],
  examples: attackedHosts,
});

const BOUND = attacked(
  'adversary-channel-binding',
  'require the channel binding',
  'honest clients are of any kind',
);

const TARGETED = attacked(
  'adversary-target-name',
  'check the target name',
  'honest clients do not flag their target name as unverified',
);

const PINNED: NetworkClass = {
  id: 'pinned-proxies',
  says:
    'every party is honest, and users reach hosts that accept NTLM through reverse proxies that ' +
    'pin a connection to each of a client',
  supposing: PLAIN,
  examples: pinned,
};

export const NETWORKS: readonly NetworkClass[] = [
  NTLM,
  MIXED,
  VARIED,
  REDIRECTING,
  POOLED,
  PINNED,
  BOUND,
  TARGETED,
  SERVER,
];

const everywhere = (claim: Claim, network: NetworkClass): Theorem => ({
  claim,
  network,
  supposing: [],
  fixed: {},
  functions: [],
});

const REFUSAL_ENDS: Pick<Theorem, 'supposing' | 'fixed'> = {
  supposing: ['a host that refuses a request ends the sign-in of its connection'],
  fixed: { policy: { onPageRefusal: 'end' } },
};

const NTLMV2_ALONE = { lmResponse: 'ignored', ntlmv1: 'refused' } as const;

export const THEOREMS: readonly Theorem[] = [
  everywhere(confinement, NTLM),
  everywhere(agreementWithHolder, NTLM),
  everywhere(doubleHopStops, NTLM),
  everywhere(servedAsTheConnectionsIdentity, NTLM),
  everywhere(passwordStaysSecret, NTLM),
  everywhere(agreementWithHolder, MIXED),
  everywhere(doubleHopStops, MIXED),
  { ...everywhere(servedAsTheConnectionsIdentity, MIXED), ...REFUSAL_ENDS },
  everywhere(confinement, VARIED),
  everywhere(doubleHopStops, VARIED),
  everywhere(ownChallengeOnly, SERVER),
  {
    ...everywhere(challengeAcceptedOnce, SERVER),
    supposing: ['no challenge is issued twice'],
    fixed: { defences: { challenges: 'fresh' }, restart: false },
    functions: ORDER,
  },
  everywhere(confinement, REDIRECTING),
  everywhere(agreementWithHolder, REDIRECTING),
  everywhere(servedAsTheConnectionsIdentity, REDIRECTING),
  { ...everywhere(servedAsTheConnectionsIdentity, POOLED), ...REFUSAL_ENDS },
  { ...everywhere(poolKeepsApart, POOLED), ...REFUSAL_ENDS },
  {
    ...everywhere(servedAsTheConnectionsIdentity, PINNED),
    functions: [{ of: 'ownerOf', from: 'Connection', to: 'Party', ofTexts: {} }],
  },
  everywhere(passwordStaysSecret, PINNED),
  {
    ...everywhere(confinement, BOUND),
    fixed: { defences: { ...NTLMV2_ALONE, channelBinding: 'required' } },
    functions: [
      { of: 'isForOwned', from: 'Certificate', to: 'Answer', ofTexts: { [ZERO_BINDING]: 'true' } },
    ],
  },
  {
    ...everywhere(confinement, TARGETED),
    fixed: {
      defences: { ...NTLMV2_ALONE, targetName: 'checked' },
      initiator: { trustsTarget: true },
    },
    functions: [{ of: 'isOwned', from: 'Party', to: 'Answer', ofTexts: {} }],
  },
];
