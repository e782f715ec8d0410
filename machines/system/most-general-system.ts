/** One server, with two connections, against the most general client. */

import { DEFENCES, type Defences, STATIC_CHALLENGE } from '../ntlm/acceptor.ts';
import { answer, INITIATOR } from '../ntlm/initiator.ts';
import { ntlmServerConnection } from '../ntlm/ntlm-server.ts';
import type { NtlmPolicy } from '../ntlm/policy.ts';
import { mostGeneralClient } from '../parties/most-general-client.ts';
import type { ServerEvent } from '../vocabulary/messages.ts';
import type { Challenge, Credential, Response } from '../vocabulary/terms.ts';
import { component, type System } from './component.ts';

export const CONNECTIONS = ['alice>frontEnd#1', 'bob>frontEnd#1'] as const;

/** Correct in all other respects: only the challenge matters here. */
const INFO = { computer: 'frontEnd', timestamp: true, flags: false };
const VANTAGE = {
  initiator: INITIATOR,
  machine: 'client',
  target: 'frontEnd',
  certificate: null,
};

/** Correct, with another user's key, with a wrong password, and anonymous. */
const responsesTo = (challenge: Challenge): Response[] => {
  const by = (credential: Credential) => answer(credential, challenge, INFO, VANTAGE);
  return [
    by({ user: 'alice', secret: { passwordOf: 'alice' } }),
    by({ user: 'alice', secret: { passwordOf: 'bob' } }),
    by({ user: 'alice', secret: { passwordOf: null } }),
    by({ user: 'bob', secret: { passwordOf: 'bob' } }),
    by({ user: 'alice', secret: null }),
  ];
};

/** Every possible challenge. */
export const challengesOf = (kind: Defences['challenges'], max: number): readonly Challenge[] =>
  kind === 'static'
    ? [STATIC_CHALLENGE]
    : CONNECTIONS.flatMap((connection) =>
        Array.from({ length: max }, (_, serial) => ({ connection, serial })),
      );

/** Everything that can reach a server side, but for what opens a handshake. */
function utterances(challenges: readonly Challenge[]): ServerEvent[] {
  const path = 'mailbox';
  return [
    { type: 'connection.opened' },
    { type: 'connection.closed' },
    { type: 'http.request', path },
    ...(['alice', null] as const).map(
      (passwordOf) =>
        ({
          type: 'http.request.basic',
          path,
          credential: { user: 'alice', secret: { passwordOf } },
        }) as const,
    ),
    ...challenges
      .flatMap(responsesTo)
      .map((response) => ({ type: 'AUTHENTICATE_MESSAGE', path, response }) as const),
    { type: 'page.ready' },
    { type: 'page.unauthorized' },
  ];
}

/**
 * @param challengesMax - how many challenges there are in all, at least 1. With one alone, nothing
 *   would show whether challenges are compared.
 */
export function againstMostGeneralClient(
  policy: NtlmPolicy,
  challengesMax: number,
  challenges: Defences['challenges'] = 'fresh',
  server: typeof ntlmServerConnection = ntlmServerConnection,
): System {
  const ports = CONNECTIONS.flatMap((connection) => [
    [connection, { component: connection, port: 'wire' }] as const,
    [`${connection}/page`, { component: connection, port: 'page' }] as const,
  ]);
  const says = CONNECTIONS.flatMap((connection) =>
    utterances(challengesOf(challenges, challengesMax)).map((event) => ({
      type: 'client.says' as const,
      to: connection,
      event,
    })),
  );
  const negotiates = CONNECTIONS.map(
    (to) => ({ type: 'client.negotiates', to, path: 'mailbox' }) as const,
  );
  return [
    component('client', mostGeneralClient, { challengesMax }, Object.fromEntries(ports), [
      ...negotiates,
      ...says,
    ]),
    ...CONNECTIONS.map((connection) =>
      component(
        connection,
        server,
        {
          server: 'frontEnd',
          names: ['frontEnd'],
          connection,
          policy,
          defences: { ...DEFENCES, challenges },
          certificate: null,
          challenges: { max: challengesMax, restart: false },
        },
        {
          wire: { component: 'client', port: connection },
          page: { component: 'client', port: `${connection}/page` },
        },
      ),
    ),
  ];
}
