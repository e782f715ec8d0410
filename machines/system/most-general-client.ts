/** One server, with two connections, against the most general client. */
import type { ServerEvent } from '../messages.ts';
import { mostGeneralClient } from '../most-general-client.ts';
import type { NtlmPolicy } from '../ntlm/policy.ts';
import { ntlmServerConnection } from '../ntlm/server-connection.ts';
import type { Response } from '../terms.ts';
import { component, type System } from './component.ts';

export const CONNECTIONS = ['alice>frontEnd#1', 'bob>frontEnd#1'] as const;

/** Right, with somebody else's key or nobody's, and anonymous: to every challenge there can be. */
function responsesTo(challengesMax: number): Response[] {
  const serials = Array.from({ length: challengesMax }, (_, serial) => serial);
  return CONNECTIONS.flatMap((connection) =>
    serials.flatMap((serial): Response[] => {
      const challenge = { connection, serial };
      return [
        { user: 'alice', key: { passwordOf: 'alice' }, challenge },
        { user: 'alice', key: { passwordOf: 'bob' }, challenge },
        { user: 'alice', key: { passwordOf: null }, challenge },
        { user: 'bob', key: { passwordOf: 'bob' }, challenge },
        { user: null, key: null, challenge },
      ];
    }),
  );
}

/** Everything that can reach a server side, but for what opens a handshake. */
function utterances(challengesMax: number): ServerEvent[] {
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
    ...responsesTo(challengesMax).map(
      (response) => ({ type: 'AUTHENTICATE_MESSAGE', path, response }) as const,
    ),
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
  server: typeof ntlmServerConnection = ntlmServerConnection,
): System {
  const ports = CONNECTIONS.flatMap((connection) => [
    [connection, { component: connection, port: 'wire' }] as const,
    [`${connection}/page`, { component: connection, port: 'page' }] as const,
  ]);
  const says = CONNECTIONS.flatMap((connection) =>
    utterances(challengesMax).map((event) => ({ type: 'says' as const, to: connection, event })),
  );
  const negotiates = CONNECTIONS.map(
    (to) => ({ type: 'negotiates', to, path: 'mailbox' }) as const,
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
          connection,
          policy,
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
