/**
 * The article's front end with NTLM: it signs users in by Samba's ntlm_auth, and calls the mailbox
 * as the impersonated user. A sign-in by NTLM leaves it a name and no key, so it answers the
 * mailbox's challenge with an anonymous message.
 *
 * @source KB 183545; KB 329986 (an impersonation token goes out as ANONYMOUS LOGON); MS-NLMP
 *   3.2.5.1.2 (an anonymous AUTHENTICATE_MESSAGE)
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { negotiate, VERSION } from '../../conformance/codec/initiate.ts';
import { FLAGS } from '../../conformance/codec/messages/flags.ts';
import { decode, encode } from '../../conformance/codec/messages/message.ts';
import type { Bytes } from '../../conformance/codec/messages/message-types.ts';
import { connect, type HttpConnection } from '../../conformance/drive/driver-connection.ts';
import { ntlmToken } from '../../conformance/http/challenges.ts';
import { gateOf, type NtlmAuthOptions } from '../acceptors/ntlm-auth-server.ts';
import { serveHttp } from '../acceptors/serve-http.ts';
import type { Lab } from '../lab.ts';
import { type Started, targetAt, together } from '../started.ts';

const NO_TAPE = { connection: () => {}, observe: () => {} };
const PATH = '/mailbox/';

/** @param mailbox - the origin and path that it calls. */
export async function startTokenFrontEnd(
  lab: Lab,
  options: Pick<NtlmAuthOptions, 'name' | 'host' | 'helper' | 'isKnown' | 'accounts'>,
  mailbox: { readonly origin: string; readonly path: string },
): Promise<Started> {
  const target = { ...mailbox, proxy: null, identityHeader: null, ca: null };
  const gate = gateOf({ ...options, computer: '', behind: null });
  const calls = new WeakMap<Socket, HttpConnection>();
  const call = async (socket: Socket): Promise<HttpConnection> => {
    const known = calls.get(socket);
    if (known?.isOpen()) return known;
    const made = await connect({ ...target, accounts: options.accounts }, 'call', NO_TAPE);
    socket.once('close', made.close);
    calls.set(socket, made);
    return made;
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    request.resume();
    const { user, token } = await gate(request);
    if (user === null) {
      const value = token === null ? 'NTLM' : `NTLM ${token}`;
      response.writeHead(401, { 'WWW-Authenticate': value }).end('unauthorized\n');
      return;
    }
    const status = request.url === PATH ? await anonymousStatus(await call(request.socket)) : 404;
    response.writeHead(status, status === 401 ? { 'WWW-Authenticate': 'NTLM' } : {});
    response.end(`the mailbox says ${status}\n`);
  };
  const server = await serveHttp(lab, options.name, options.host, (request, response) => {
    answer(request, response).catch(({ message }: Error) =>
      response.writeHead(502).end(`${message}\n`),
    );
  });
  return together(targetAt(server.address, PATH, { accounts: options.accounts }), null, [server]);
}

/** The mailbox's last status for a caller without a key. 502: it does not answer. */
async function anonymousStatus(connection: HttpConnection): Promise<number> {
  const send = (token: Bytes | null) =>
    connection.send({
      authorization: token === null ? null : `NTLM ${Buffer.from(token).toString('base64')}`,
      user: null,
    });
  const first = await send(null);
  if (first?.status !== 401) return first?.status ?? 502;
  const challenged = await send(negotiate());
  const challenge = challenged === null ? null : ntlmToken(challenged.authenticate);
  if (challenge === null) return challenged?.status ?? 502;
  return (await send(anonymous(challenge)))?.status ?? 502;
}

/** An anonymous AUTHENTICATE_MESSAGE: one zero byte as the LM response, no NT response. */
function anonymous(challenge: Bytes): Bytes {
  const { flags } = decode(challenge);
  const none = new Uint8Array(0);
  return encode({
    type: 'AUTHENTICATE_MESSAGE',
    flags: ((flags | FLAGS.ANONYMOUS) & ~FLAGS.KEY_EXCH) >>> 0,
    lmResponse: new Uint8Array(1),
    ntResponse: none,
    ...{ domain: '', user: '', workstation: '' },
    encryptedRandomSessionKey: none,
    version: VERSION,
    mic: null,
  });
}
