/** A network log as Chromium writes one, of a recording that has a reply to each request. */
import type { Recording } from '../../../../conformance/recording/recording.ts';

const TYPES = {
  URL_REQUEST_START_JOB: 1,
  HTTP_STREAM_REQUEST_BOUND_TO_JOB: 2,
  SOCKET_POOL_BOUND_TO_SOCKET: 3,
  TCP_CONNECT: 4,
  HTTP_TRANSACTION_SEND_REQUEST_HEADERS: 5,
  HTTP_TRANSACTION_READ_RESPONSE_HEADERS: 6,
  SOCKET_ALIVE: 7,
} as const;
const [NONE, BEGIN, END] = [0, 1, 2];

type Event = {
  readonly type: number;
  readonly phase: number;
  readonly source: { readonly id: number };
  readonly params?: object;
};

export function netLogOf({ connections, observations }: Recording) {
  const events: Event[] = [];
  const note = (name: keyof typeof TYPES, phase: number, id: number, params: object = {}) =>
    events.push({ type: TYPES[name], phase, source: { id }, params });
  let ids = 1000;
  const asking = new Map<string, number>(); // by connection: the request
  for (const one of observations) {
    const socket = connections.findIndex(({ id }) => id === one.connection) + 1;
    const { server } = connections[socket - 1]!;
    const address = new URL(server).host;
    if (one.what === 'opened') note('TCP_CONNECT', END!, socket, { remote_address: address });
    if (one.what === 'closed') note('SOCKET_ALIVE', END!, socket);
    if (one.what === 'request') {
      const request = asking.get(one.connection) ?? ids;
      ids += 2;
      asking.set(one.connection, request);
      note('URL_REQUEST_START_JOB', BEGIN!, request, { url: `${server}${one.target}` });
      note('HTTP_STREAM_REQUEST_BOUND_TO_JOB', NONE!, request, {
        source_dependency: { id: request + 1 },
      });
      note('SOCKET_POOL_BOUND_TO_SOCKET', NONE!, request + 1, {
        source_dependency: { id: socket },
      });
      note('HTTP_TRANSACTION_SEND_REQUEST_HEADERS', NONE!, request, {
        line: `${one.method} ${one.target} HTTP/1.1\r\n`,
        headers: [
          `Host: ${address}`,
          ...(one.authorization === null ? [] : [`Authorization: ${one.authorization}`]),
        ],
      });
    }
    if (one.what === 'reply')
      note('HTTP_TRANSACTION_READ_RESPONSE_HEADERS', NONE!, asking.get(one.connection)!, {
        headers: [
          `HTTP/1.1 ${one.status} Whatever`,
          ...one.authenticate.map((value) => `WWW-Authenticate: ${value}`),
          ...(one.identity === null ? [] : [`X-User: ${one.identity}`]),
        ],
      });
  }
  return {
    constants: {
      clientInfo: { name: 'Chromium', version: '156.0' },
      logEventTypes: TYPES,
      logEventPhase: { PHASE_BEGIN: BEGIN!, PHASE_END: END!, PHASE_NONE: NONE! },
    },
    events,
  };
}
