/**
 * A small HTTP server of ours around ntlm_auth, with one helper for each TCP connection. It carries
 * tokens, and the helper decides. The rest is our choice: an NTLM header ends an earlier sign-in,
 * and a handshake may start again.
 *
 * As a front end it forwards requests below /owa/ to the server behind, with the client's
 * Authorization, which is all that it has of the user.
 *
 * @source MS-NTHT 2.2.1, 2.2.2 (the headers), 3.1.5.1; KB 183545 (a front end that forwards)
 */
import { get, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Target } from '../../conformance/drive/target.ts';
import type { Lab } from '../lab.ts';
import { type Started, targetAt, together } from '../started.ts';
import { type Helper, type HelperOptions, startHelper } from './ntlm-helper.ts';
import { type HttpServer, serveHttp } from './serve-http.ts';

export type NtlmAuthOptions = {
  readonly name: string;
  readonly host: string;
  readonly computer: string; // its name in X-Server
  readonly helper: HelperOptions;
  /** Whether an accepted user, as "LAB\alice", has an account. */
  readonly isKnown: (user: string) => boolean;
  readonly behind: string | null; // an origin. Null: it is no front end
  readonly accounts: Target['accounts'];
};

export const NTLM_PATH = '/ntlm/';
export const FORWARDED_PATH = '/owa/ntlm/';

const FORWARD_MILLISECONDS = 5_000;
const NTLM_HEADER = /^NTLM ([A-Za-z0-9+/=]+)$/i;

/** Starts one, at a free port of its host. */
export async function startNtlmAuth(lab: Lab, options: NtlmAuthOptions): Promise<Started> {
  const { name, host, computer, behind, accounts } = options;
  const gate = gateOf(options);
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    response.setHeader('X-Server', computer);
    const { user, token, refusal } = await gate(request);
    if (refusal !== null) server.say(`refuses what ${request.url} brings: ${refusal}`);
    if (user === null) {
      const value = token === null ? 'NTLM' : `NTLM ${token}`;
      response.writeHead(401, { 'WWW-Authenticate': value }).end('unauthorized\n');
    } else if (behind !== null && request.url?.startsWith('/owa/')) {
      response.setHeader('X-Front-User', user);
      forward(request, response, behind);
    } else response.writeHead(200, { 'X-User': user }).end(`${computer} ${request.url} ok\n`);
  };
  const server: HttpServer = await serveHttp(lab, name, host, (request, response) => {
    void answer(request, response);
  });
  return together(targetAt(server.address, NTLM_PATH, { accounts }), null, [server]);
}

export type Gate = (request: IncomingMessage) => Promise<{
  readonly user: string | null; // as whom the connection is signed in
  readonly token: string | null; // a challenge to send; null: none
  readonly refusal: string | null; // the helper's reason to refuse. Null: it did not refuse
}>;

/** Passes each connection's tokens to its helper. */
export function gateOf({ helper: options, isKnown }: NtlmAuthOptions): Gate {
  type Side = { readonly helper: Helper; user: string | null };
  const sides = new WeakMap<Socket, Side>();
  const opened = (socket: Socket): Side => {
    const side = { helper: startHelper(options), user: null };
    sides.set(socket, side);
    socket.once('close', side.helper.stop);
    return side;
  };
  return async ({ socket, headers }) => {
    const token = NTLM_HEADER.exec(headers.authorization ?? '')?.[1];
    if (token === undefined)
      return { user: sides.get(socket)?.user ?? null, token: null, refusal: null };
    const side = sides.get(socket) ?? opened(socket);
    side.user = null;
    const isFirst = Buffer.from(token, 'base64')[8] === 1; // MessageType
    const answer = await side.helper.ask(token, isFirst);
    if (answer.what === 'accepted' && isKnown(answer.user)) side.user = answer.user;
    return {
      user: side.user,
      token: answer.what === 'challenge' ? answer.token : null,
      refusal: answer.what === 'refused' ? answer.why : null,
    };
  };
}

/** The reply of the server behind, with status and headers. 502: there is none. */
function forward(request: IncomingMessage, response: ServerResponse, behind: string): void {
  const { authorization } = request.headers;
  const headers = authorization === undefined ? {} : { authorization };
  const path = request.url?.slice('/owa'.length) ?? '/';
  const options = { agent: false, timeout: FORWARD_MILLISECONDS, headers };
  const call = get(`${behind}${path}`, options, (answer) => {
    response.writeHead(answer.statusCode ?? 502, endToEnd(answer));
    answer.pipe(response);
  });
  call.once('timeout', () => call.destroy());
  call.once('error', () => response.writeHead(502).end('the server behind does not answer\n'));
}

/** Headers without those of the one connection (RFC 9110 7.6.1). */
export const endToEnd = ({ headers }: IncomingMessage) => {
  const { connection: _, 'keep-alive': __, 'transfer-encoding': ___, ...rest } = headers;
  return rest;
};
