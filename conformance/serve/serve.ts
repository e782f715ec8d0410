/**
 * The model as a server: HTTP over TCP, with replies decided by the machines that the checker
 * searches. Every message is recorded.
 *
 * @source RFC 9112 9.3 (persistence), 9.6 (closing); RFC 9110 11.6, 11.7 (a server, a proxy)
 */
import {
  createServer,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { DEFENCES, type Defences } from '../../machines/ntlm/acceptor.ts';
import { ntlmServerConnection } from '../../machines/ntlm/ntlm-server.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type { Account } from '../codec/initiate.ts';
import { CodecError } from '../codec/reader.ts';
import { HeaderError } from '../http/field-value.ts';
import type { ConnectionId, Recording } from '../recording/recording.ts';
import { Dictionary } from '../terms/dictionary.ts';
import { type Recorder, recorder } from './recorder.ts';
import { FIELDS, type HttpReply, httpReply, UNREADABLE } from './reply.ts';
import { answerOf, type Closing, isAt, outside, type Route, routeOf } from './route.ts';
import {
  type ServedConnection,
  type ServedHost,
  type ServedReply,
  servedConnection,
} from './served-connection.ts';

export type ServeOptions = {
  readonly address: string;
  readonly port?: number; // default: any free one
  readonly accounts: readonly Account[];
  readonly computer: string; // NetBIOS names, which challenges have
  readonly domain: string;
  readonly scheme: 'NTLM' | 'Basic' | 'both'; // both: NTLM first
  readonly policy: NtlmPolicy;
  /** There is no TLS to bind to. Default: a server's default settings. */
  readonly defences?: Defences;
  /** Default: one page for signed-in users. */
  readonly routes?: readonly Route[];
  /** Answers as a proxy does, with 407, and forwards nothing. Default: false. */
  readonly isProxy?: boolean;
  /** The machine for NTLM. Tests pass one with a fault. Default: the model's. */
  readonly machine?: typeof ntlmServerConnection;
  /** The user for whom a request is. Default: the value of `for` in its query. */
  readonly userOf?: (target: string) => string | null;
  /** A recorder that several servers share. Default: the server's own. */
  readonly recorder?: Recorder;
};

export type Served = {
  readonly origin: string;
  /** So far. Complete after `stop`. */
  readonly recording: () => Recording;
  /** Replaces the routes. Closings count from 0 again. */
  readonly route: (routes: readonly Route[]) => void;
  /** Closes all connections, and accepts no more. */
  readonly stop: () => Promise<void>;
};

const BODY_MAX = 2 ** 20; // bytes of a request; a longer one ends its connection
const CHALLENGES_MAX = 100; // the latest ones, whose responses are recognised
const IDLE_MAX = 30_000; // milliseconds without a request

const PAGE = '<!doctype html><link rel="icon" href="data:,">'; // a browser asks for no other

type Slot = { readonly id: ConnectionId; readonly served: ServedConnection };

/** @throws Error if the server cannot listen at the address. */
export async function serve(options: ServeOptions): Promise<Served> {
  const { address, port = 0, isProxy = false, userOf = inTheNameOf } = options;
  const host = hostOf(options);
  const fields = FIELDS[isProxy ? 'proxy' : 'server'];
  const { open, observe, recording } = options.recorder ?? recorder('a client against the model');
  const slots = new Map<Socket, Slot>();
  let routes = options.routes ?? [];
  const closed = new Map<Closing, number>(); // how often each was done

  const server = createServer({ keepAliveTimeout: IDLE_MAX }, (request, response) => {
    const target = request.url!;
    const { id, served } = slots.get(request.socket)!;
    const authorization = request.headers[fields.request]?.toString() ?? null;
    const user = userOf(target);
    const method = request.method!;
    observe({ what: 'request', connection: id, method, target, authorization, user });
    drained(request, () => {
      const route = routeOf(routes, target);
      const said = saidTo(served, authorization, route);
      const reply = said === null ? UNREADABLE : httpReply(said, host.schemes, fields);
      const how = said === null ? null : endOf(said, route);
      setTimeout(() => {
        if (request.socket.destroyed) return;
        if (how === 'silently') {
          request.socket.destroy();
          return;
        }
        observe({ what: 'reply', connection: id, ...reply });
        send(response, reply, { field: fields.reply, how, socket: request.socket });
      }, route.waits ?? 0);
    });
  });

  const endOf = (said: ServedReply, { closing }: Route): Closing['how'] | null => {
    if (closing === undefined || !isAt(said, closing)) return null;
    const times = closed.get(closing) ?? 0;
    closed.set(closing, times + 1);
    return times < closing.times ? closing.how : null;
  };

  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, address, resolve);
  });
  const origin = `http://${address}:${(server.address() as AddressInfo).port}`;
  server.on('connection', (socket) => {
    const id = open({ client: 'client', server: origin, isProxy });
    slots.set(socket, { id, served: servedConnection(host, id) });
    socket.once('close', () => {
      slots.delete(socket);
      observe({ what: 'closed', connection: id });
    });
  });
  return {
    origin,
    recording,
    route: (others) => {
      routes = others;
      closed.clear();
    },
    stop: async () => {
      const ends = [...slots.keys()].map(
        (socket) => new Promise((end) => socket.once('close', end)),
      );
      const down = new Promise((end) => server.close(end));
      server.closeAllConnections();
      await Promise.all([down, ...ends]);
    },
  };
}

function hostOf(options: ServeOptions): ServedHost {
  const { scheme, accounts, defences = DEFENCES, machine = ntlmServerConnection } = options;
  const secrets = new Map(accounts.map((it) => [it.user.toLowerCase(), it.password]));
  return {
    ...options,
    dictionary: new Dictionary(secrets, {
      challenges: defences.challenges,
      remembers: CHALLENGES_MAX,
    }),
    schemes: scheme === 'both' ? ['NTLM', 'Basic'] : [scheme],
    defences,
    machine,
  };
}

/** Null: the credentials cannot be read. */
function saidTo(
  served: ServedConnection,
  authorization: string | null,
  route: Route,
): ServedReply | null {
  if (route.isOutside) return outside(answerOf({ ...route, audience: 'everybody' }, null));
  try {
    return served.answer(authorization, (identity) => answerOf(route, identity));
  } catch (error) {
    if (error instanceof CodecError || error instanceof HeaderError) return null;
    throw error;
  }
}

/** Reads and drops the body, then calls back. */
function drained(request: IncomingMessage, then: () => void): void {
  let length = 0;
  request.on('data', (part: Buffer) => {
    length += part.length;
    if (length > BODY_MAX) request.socket.destroy();
  });
  request.once('end', then);
}

function send(response: ServerResponse, { status, ...reply }: HttpReply, at: Place): void {
  const body = `${PAGE}${status}\n`;
  const headers = {
    'Content-Type': 'text/html',
    'Content-Length': body.length,
    ...(reply.authenticate.length > 0 ? { [at.field]: reply.authenticate } : {}),
    ...(reply.location !== null ? { Location: reply.location } : {}),
    ...(reply.identity !== null ? { 'X-User': reply.identity } : {}),
    ...(at.how === 'announces' ? { Connection: 'close' } : {}),
  };
  response.writeHead(status, headers as OutgoingHttpHeaders);
  response.end(body, () => {
    if (at.how === 'replies') at.socket.destroySoon();
  });
}

type Place = {
  readonly field: string; // that challenges are in
  readonly how: Closing['how'] | null; // null: the connection stays open
  readonly socket: Socket;
};

/** The value of `for` in the query of a target. Null: it has none. */
function inTheNameOf(target: string): string | null {
  return new URL(target, 'http://localhost').searchParams.get('for');
}
