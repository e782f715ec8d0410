/**
 * A response is good for one challenge, once. Proved against the most general client, which may
 * send every message in every state, so that nothing is assumed of the network.
 */

import type { Property } from '../../checker/model/system.ts';
import type { Defences } from '../../machines/ntlm/acceptor.ts';
import { type Component, monitor } from '../../machines/system/component.ts';
import type { Machines } from '../../machines/system/deployment.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import {
  againstMostGeneralClient,
  CONNECTIONS,
  challengesOf,
} from '../../machines/system/most-general-system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Challenge } from '../../machines/vocabulary/terms.ts';
import { acceptedForeign, acceptedTwice } from '../causes/single-connections.ts';
import { type Claim, observed, type SpeaksOf, type Subject } from '../claim.ts';
import { acceptedOnce } from '../monitors/accepted-once.ts';
import { never } from '../monitors/never.ts';
import { ownChallenge } from '../monitors/own-challenge.ts';
import { happened, hasHappened } from '../monitors/witnesses.ts';
import { given } from '../oracle/given.ts';

/** Two, so that a server that compares no challenges is noticed. */
const CHALLENGES = 2;

const hasChallenges = ({ hosts }: Deployment) => hosts.some(isChallenging);

/** The NTLM servers of the deployment that differ in what the claims depend on. */
function kindsOf({ hosts }: Deployment) {
  const kinds = hosts.flatMap(({ name, accepts, policy, defences: { challenges } }) =>
    isChallenging({ accepts }) ? [{ name, policy, challenges }] : [],
  );
  const keyOf = ({ policy, challenges }: (typeof kinds)[number]) =>
    JSON.stringify([policy, challenges]);
  return [...new Map(kinds.toReversed().map((kind) => [keyOf(kind), kind])).values()].toReversed();
}

const acceptancesAlone: SpeaksOf = {
  occasions: (deployment) =>
    kindsOf(deployment).map(({ name, policy, challenges }) => ({
      never: `the most general client is never accepted by a server like ${name}`,
      system: ({ ntlmServerConnection }) => [
        ...againstMostGeneralClient(policy, CHALLENGES, challenges, ntlmServerConnection),
        monitor('never', never, { kinds: ['commit'], connections: null, ofProgram: false }),
      ],
      properties: [],
    })),
  otherwise: 'no server accepts NTLM',
};

/** One subject for each kind of NTLM server that the deployment has, with these monitors. */
function servers(
  deployment: Deployment,
  { ntlmServerConnection }: Machines,
  monitorsFor: (challenges: Defences['challenges']) => readonly Component[],
  properties: readonly Property[] = [],
): readonly Subject[] {
  return kindsOf(deployment).flatMap(({ policy, challenges }) =>
    observed(
      againstMostGeneralClient(policy, CHALLENGES, challenges, ntlmServerConnection),
      monitorsFor(challenges),
      properties,
    ),
  );
}

export const ownChallengeOnly: Claim = {
  id: 'own-challenge-only',
  name: 'an NTLM server accepts on a connection only a response to its last challenge there',
  kind: 'always',
  about: 'server',
  given: given.none,
  witnesses: ['server-accepts'],
  speaksOf: acceptancesAlone,
  cause: acceptedForeign,
  source: 'MS-NLMP 3.2.5.1.2',
  appliesTo: hasChallenges,
  scope: 'some host accepts NTLM',
  subjects: (deployment, machines) =>
    servers(deployment, machines, () =>
      CONNECTIONS.map((connection) =>
        monitor(`own challenge at ${connection}`, ownChallenge, undefined, { connection }),
      ),
    ),
};

/** Shows that the two other claims do not hold vacuously. */
export const serverAccepts: Claim = {
  id: 'server-accepts',
  name: 'an NTLM server accepts a user from the most general client',
  kind: 'sometimes',
  about: 'server',
  given: given.none,
  witnesses: [],
  speaksOf: null,
  cause: null,
  source: 'MS-NLMP 3.2.5.1.2',
  appliesTo: hasChallenges,
  scope: 'some host accepts NTLM',
  subjects: (deployment, machines) =>
    servers(
      deployment,
      machines,
      () => [monitor('witness', happened, { what: 'commit', connections: CONNECTIONS })],
      [hasHappened],
    ),
};

/** A monitor for each challenge. */
export const onceEach = (challenges: readonly Challenge[]): readonly Component[] =>
  challenges.map((challenge) =>
    monitor(`accepted once, ${challenge.connection} ${challenge.serial}`, acceptedOnce, challenge),
  );

export const challengeAcceptedOnce: Claim = {
  id: 'challenge-accepted-once',
  name: 'an NTLM server accepts at most one response to each challenge',
  kind: 'always',
  about: 'server',
  given: given.freshChallenges,
  witnesses: ['server-accepts'],
  speaksOf: acceptancesAlone,
  cause: acceptedTwice,
  source: 'MS-NLMP 3.2.5.1.1; Lowe 1997, 2.4 (injective agreement)',
  appliesTo: hasChallenges,
  scope: 'some host accepts NTLM',
  subjects: (deployment, machines) =>
    servers(deployment, machines, (challenges) => onceEach(challengesOf(challenges, CHALLENGES))),
};
