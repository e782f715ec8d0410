/** An HTTP archive as a proxy would save it, of a recording that has a reply to each request. */
import type {
  ConnectionId,
  Observation,
  Recording,
} from '../../../../conformance/recording/recording.ts';

type Request = Extract<Observation, { readonly what: 'request' }>;

export function harOf({ connections, observations }: Recording) {
  const servers = new Map(connections.map((connection) => [connection.id, connection]));
  const asked = new Map<ConnectionId, { readonly request: Request; readonly at: number }>();
  const entries = observations.flatMap((one, at) => {
    if (one.what === 'request') asked.set(one.connection, { request: one, at });
    if (one.what !== 'reply') return [];
    const { request, at: start } = asked.get(one.connection)!;
    const { server, isProxy } = servers.get(one.connection)!;
    const [client, from] = isProxy
      ? ['Proxy-Authorization', 'Proxy-Authenticate']
      : ['Authorization', 'WWW-Authenticate'];
    const header = (name: string, value: string | null) =>
      value === null ? [] : [{ name, value }];
    return [
      {
        startedDateTime: new Date(Date.UTC(2026, 0, 1) + start).toISOString(),
        time: at - start,
        connection: one.connection,
        request: {
          method: request.method,
          url: isProxy ? request.target : `${server}${request.target}`,
          httpVersion: 'HTTP/1.1',
          headers: [
            { name: 'Cookie', value: 'session=5ecret5ession' },
            ...header(client!, request.authorization),
          ],
        },
        response: {
          status: one.status,
          httpVersion: 'HTTP/1.1',
          headers: [
            { name: 'Set-Cookie', value: 'session=5ecret5ession' },
            ...one.authenticate.flatMap((value) => header(from!, value)),
            ...header('Location', one.location),
            ...header('X-User', one.identity),
          ],
        },
      },
    ];
  });
  return { log: { version: '1.2', creator: { name: 'a proxy', version: '1' }, entries } };
}
