/** What claims speak of: the occasions without which a claim that holds says nothing. */
import type { Property } from '../../checker/model/system.ts';
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { clientOf, connectionsOf, type Link, linksOf } from '../../machines/system/links.ts';
import { isChallenging, receivesPasswords } from '../../machines/system/mechanisms.ts';
import { isProxy } from '../../machines/system/proxies.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Occasion, SpeaksOf } from '../claim.ts';
import { never } from '../monitors/never.ts';
import { answeredLinks, directLinks, honestServers, serverLinks } from './honest-parties.ts';

type Kinds = Parameters<typeof monitor<typeof never>>[2]['kinds'];
type Where = { readonly on?: readonly Link[]; readonly ofProgram?: boolean };

/** A signal of one of these kinds, on the links. Without links: anywhere. */
const signal = (
  deployment: Deployment,
  sentence: string,
  kinds: Kinds,
  { on, ofProgram = false }: Where = {},
): Occasion => ({
  never: sentence,
  system: (machines) => [
    ...systemOf(deployment, machines),
    monitor('never', never, {
      kinds,
      connections: on === undefined ? null : connectionsOf(on),
      ofProgram,
    }),
  ],
  properties: [],
});

/** A state in which `happens` is true of one of the components. */
const state = (
  deployment: Deployment,
  sentence: string,
  components: readonly string[],
  happens: Property['holds'],
): Occasion => ({
  never: sentence,
  system: (machines) => systemOf(deployment, machines),
  properties: [
    {
      kind: 'always',
      name: 'never',
      reads: components,
      holds: (...snapshots) => !snapshots.some((snapshot) => happens(snapshot)),
    },
  ],
});

/** One occasion for each honest server, on the connections that lead to it. */
const atEachServer = (
  deployment: Deployment,
  servers: ReturnType<typeof honestServers>,
  sentence: (server: string) => string,
  kinds: Kinds,
): readonly Occasion[] =>
  servers.map(({ name }) =>
    signal(deployment, sentence(name), kinds, {
      on: serverLinks(deployment).filter(({ to }) => to.name === name),
    }),
  );

const acceptedAt = (server: string) => `no user is ever accepted at ${server}`;

export const acceptances: SpeaksOf = {
  occasions: (deployment) =>
    atEachServer(deployment, honestServers(deployment), acceptedAt, ['commit']),
  otherwise: 'no server accepts users',
};

export const basicAcceptances: SpeaksOf = {
  occasions: (deployment) =>
    atEachServer(deployment, honestServers(deployment).filter(receivesPasswords), acceptedAt, [
      'commit',
    ]),
  otherwise: 'no server accepts users by Basic',
};

export const services: SpeaksOf = {
  occasions: (deployment) =>
    atEachServer(
      deployment,
      honestServers(deployment),
      (server) => `no request of a signed-in user ever reaches the page at ${server}`,
      ['served', 'acting'],
    ),
  otherwise: 'no server serves users',
};

export const servicesToPrograms: SpeaksOf = {
  occasions: (deployment) => [
    signal(deployment, 'no request of a program is ever served', ['served', 'acting'], {
      on: serverLinks(deployment),
      ofProgram: true,
    }),
  ],
  otherwise: 'no program sends requests',
};

export const proofs: SpeaksOf = {
  occasions: (deployment) => [
    signal(deployment, 'no client ever authenticates as a user', ['running']),
  ],
  otherwise: 'no client authenticates',
};

/** Links on which the adversary is the far end, or listens. */
const heardLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ adversary }) => adversary === 'server' || adversary === 'tap');

export const overheardProofs: SpeaksOf = {
  occasions: (deployment) =>
    heardLinks(deployment).map((link) =>
      signal(
        deployment,
        `${link.from} never authenticates to ${link.to.name} within hearing of the adversary`,
        ['running'],
        { on: [link] },
      ),
    ),
  otherwise: 'the adversary hears no client authenticate',
};

const adversaryLinks = (deployment: Deployment): readonly Link[] =>
  linksOf(deployment).filter(({ adversary }) => adversary === 'client');

export const deliveredResponses: SpeaksOf = {
  occasions: (deployment) =>
    adversaryLinks(deployment).map((link) =>
      signal(
        deployment,
        `no response of a user ever reaches ${link.to.name} through the adversary`,
        ['commit', 'rejected'],
        { on: [link] },
      ),
    ),
  otherwise: 'the adversary connects to no server',
};

export const handshakes: SpeaksOf = {
  occasions: (deployment) =>
    directLinks(deployment)
      .filter(({ to }) => isChallenging(to))
      .map((link) =>
        signal(
          deployment,
          `no NTLM handshake from ${link.from} to ${link.to.name} ever begins`,
          ['message'],
          { on: [link] },
        ),
      ),
  otherwise: 'no client uses NTLM',
};

export const learnedPasswords: SpeaksOf = {
  occasions: (deployment) => [signal(deployment, 'no party ever sees a password', ['learned'])],
  otherwise: 'no party receives passwords',
};

/** A request on each of the links. */
const requestsOn = (
  linksIn: (deployment: Deployment) => readonly Link[],
  otherwise: string,
): SpeaksOf => ({
  occasions: (deployment) =>
    linksIn(deployment).map((link) =>
      signal(deployment, `${link.from} never sends a request to ${link.to.name}`, ['asked'], {
        on: [link],
      }),
    ),
  otherwise,
});

export const requests = requestsOn(answeredLinks, 'no client sends a request');

/** Requests of every party that the adversary does not play. */
export const activity = requestsOn(
  (deployment) => linksOf(deployment).filter(({ adversary }) => adversary !== 'client'),
  'no party sends a request',
);

/** Requests of the hosts at the near ends of the links. */
export const hopsOf = (linksIn: (deployment: Deployment) => readonly Link[]): SpeaksOf =>
  requestsOn(linksIn, 'no host calls on another');

export const refusedProofs: SpeaksOf = {
  occasions: (deployment) => [
    signal(deployment, 'no client ever receives a 401', ['refused', 'rejected']),
  ],
  otherwise: 'no server refuses',
};

export const flags: SpeaksOf = {
  occasions: (deployment) =>
    directLinks(deployment)
      .filter(({ to }) => isChallenging(to))
      .map(({ from, to, connections }) =>
        state(
          deployment,
          `${from} never takes a connection to ${to.name} as signed in`,
          connections.map(clientOf),
          (client) => (client!.context as { authenticatedFor: unknown }).authenticatedFor !== null,
        ),
      ),
  otherwise: 'no client uses NTLM',
};

export const pins: SpeaksOf = {
  occasions: (deployment) =>
    linksOf(deployment)
      .filter(
        ({ caller, adversary }) => caller !== null && isProxy(caller) && adversary !== 'client',
      )
      .map(({ from, to, connections }) =>
        state(
          deployment,
          `${from} never pins a connection to ${to.name}`,
          connections.map(clientOf),
          (upstream) => (upstream!.context as { owner: unknown }).owner !== null,
        ),
      ),
  otherwise: 'no proxy pins connections',
};
