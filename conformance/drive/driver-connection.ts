/**
 * One keep-alive HTTP/1.1 connection to a server, over TCP or TLS. The caller decides which request
 * goes out on which connection; HTTP clients do not leave that choice to their callers. Requests
 * and replies are recorded as observations, in the order of time.
 *
 * @source RFC 9112 3.2 (request target and Host), 9 (connections); RFC 9110 11.6, 11.7
 */
import net from 'node:net';
import tls from 'node:tls';
import type { Connection, Observation } from '../recording/recording.ts';
import { NotAResponse, type Parsed, parseResponse } from './response.ts';
import { ServerProblem, serverOf, type Target } from './target.ts';

/** The reply to a request. Null: the server closed the connection instead. */
export type Answer = Extract<Observation, { what: 'reply' }> | null;

export type Sending = {
  readonly authorization: string | null; // value of the header. Null: no such header
  readonly user: string | null; // for whom; null: no user
  readonly method?: string; // default: GET
};

export type HttpConnection = {
  readonly id: string;
  /** Whether another request can be sent on it. */
  readonly isOpen: () => boolean;
  /** One request, and the answer to it. @throws ServerProblem */
  readonly send: (sending: Sending) => Promise<Answer>;
  readonly close: () => void;
};

export type Tape = {
  readonly connection: (connection: Connection) => void;
  readonly observe: (observation: Observation) => void;
};

export const MILLISECONDS_MAX = { toConnect: 5_000, toAnswer: 15_000 } as const;
const CERTIFICATE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

/**
 * @param id - its name on the tape.
 * @throws ServerProblem if the server cannot be reached, or its certificate is not trusted.
 */
export async function connect(target: Target, id: string, tape: Tape): Promise<HttpConnection> {
  const server = serverOf(target);
  const socket = await opened(target);
  tape.connection({ id, client: 'double-hop', server, isProxy: target.proxy !== null });
  tape.observe({ what: 'opened', connection: id });

  const state = { bytes: Buffer.alloc(0), ended: false, closed: false, wake: () => {} };
  const closing = () => {
    if (!state.closed) tape.observe({ what: 'closed', connection: id });
    state.closed = true;
    socket.destroy();
  };
  const end = () => {
    state.ended = true;
    state.wake();
  };
  socket.on('data', (more: Buffer) => {
    state.bytes = Buffer.concat([state.bytes, more]);
    state.wake();
  });
  socket.on('end', end).on('close', end).on('error', end);

  const fault = (kind: 'silent' | 'malformed', problem: string) => {
    closing();
    return new ServerProblem(kind, server, problem);
  };

  const parsed = (method: string): Parsed | null => {
    try {
      return parseResponse(state.bytes, method, state.ended);
    } catch (error) {
      if (error instanceof NotAResponse) throw fault('malformed', `the answer ${error.message}`);
      throw error;
    }
  };

  const answerTo = async (method: string): Promise<Parsed | null> => {
    const until = performance.now() + MILLISECONDS_MAX.toAnswer;
    for (;;) {
      const answer = parsed(method);
      if (answer !== null || state.ended) return answer;
      const left = until - performance.now();
      if (left <= 0)
        throw fault('silent', `no answer within ${MILLISECONDS_MAX.toAnswer / 1000} seconds`);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        state.wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  };

  return {
    id,
    isOpen: () => !state.closed && !state.ended,
    close: closing,
    async send({ authorization, user, method = 'GET' }) {
      if (state.bytes.length > 0)
        throw fault('malformed', `${state.bytes.length} bytes came that answer no request`);
      const asked = requested(target);
      tape.observe({
        what: 'request',
        connection: id,
        method,
        target: asked,
        authorization,
        user,
      });
      socket.write(requestText(target, method, asked, authorization));
      const parsed = await answerTo(method);
      if (parsed === null) {
        closing();
        return null;
      }
      state.bytes = state.bytes.subarray(parsed.bytes);
      const reply = replyOf(id, parsed, target);
      tape.observe(reply);
      if (!parsed.persists || state.ended) closing();
      return reply;
    },
  };
}

const requested = ({ origin, path, proxy }: Target) => (proxy === null ? path : origin + path);

function requestText(
  { origin, proxy }: Target,
  method: string,
  asked: string,
  authorization: string | null,
): string {
  const field = proxy === null ? 'Authorization' : 'Proxy-Authorization';
  return [
    `${method} ${asked} HTTP/1.1`,
    `Host: ${new URL(origin).host}`,
    'User-Agent: double-hop',
    'Accept: */*',
    ...(authorization === null ? [] : [`${field}: ${authorization}`]),
    '',
    '',
  ].join('\r\n');
}

function replyOf(connection: string, { status, fields }: Parsed, target: Target) {
  const challenges = target.proxy === null ? 'www-authenticate' : 'proxy-authenticate';
  const { identityHeader } = target;
  return {
    what: 'reply',
    connection,
    status,
    authenticate: fields.get(challenges) ?? [],
    location: fields.get('location')?.[0] ?? null,
    identity:
      identityHeader === null ? null : (fields.get(identityHeader.toLowerCase())?.at(-1) ?? null),
  } as const satisfies Observation;
}

function opened(target: Target): Promise<net.Socket> {
  const server = serverOf(target);
  const url = new URL(server);
  const isTls = url.protocol === 'https:';
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const port = Number(url.port || (isTls ? 443 : 80));
  return new Promise((resolve, reject) => {
    const socket = isTls
      ? tls.connect({
          host,
          port,
          ALPNProtocols: ['http/1.1'], // a sign-in belongs to a connection, which HTTP/2 shares
          ...(net.isIP(host) === 0 ? { servername: host } : {}),
          ...(target.ca === null ? {} : { ca: [...tls.rootCertificates, target.ca] }),
        })
      : net.connect({ host, port });
    const fail = (kind: 'unreachable' | 'untrusted', problem: string) => {
      clearTimeout(timer);
      socket.destroy();
      reject(new ServerProblem(kind, server, problem));
    };
    const timer = setTimeout(
      () =>
        fail('unreachable', `no connection within ${MILLISECONDS_MAX.toConnect / 1000} seconds`),
      MILLISECONDS_MAX.toConnect,
    );
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code ?? error.message;
      if (CERTIFICATE.test(reason)) fail('untrusted', `its certificate is not trusted (${reason})`);
      else fail('unreachable', `no connection can be made (${reason})`);
    });
    socket.once(isTls ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      socket.removeAllListeners('error');
      socket.setNoDelay(true);
      resolve(socket);
    });
  });
}
