/**
 * Parameters of the effects of both sides of NTLM: what is sent, and what is claimed about it.
 *
 * @source MS-NLMP 2.2.1.1, 2.2.1.2, 2.2.1.3 (the three messages)
 */
import * as client from '../client-side.ts';
import type { Path } from '../messages.ts';
import * as server from '../server-side.ts';
import { type Challenge, type Credential, type Response, respond } from '../terms.ts';

type ClientContext = client.ClientInput & { readonly errand: client.Errand | null };
type ServerContext = server.ServerInput & {
  readonly challenge: Challenge | null;
  readonly identity: Credential | null;
};
type Client = { readonly context: ClientContext };
type Challenged = Client & { readonly event: { readonly challenge: Challenge } };
type Server = { readonly context: ServerContext };
type Asked = Server & { readonly event: { readonly path: Path } };
type Proven = Server & { readonly event: { readonly response: Response } };

/** One of the three messages has left for the other side. */
export const leg = ({ context: { connection } }: Client | Server) => ({
  claim: { type: 'leg' as const, connection },
});

export const negotiate = ({ context: { errand } }: Client) =>
  client.send({ type: 'NEGOTIATE_MESSAGE', path: errand!.path });

const answer = ({ context: { errand }, event: { challenge } }: Challenged) =>
  respond(errand!.credential!, challenge);

export const running = (now: Challenged) => ({
  claim: {
    type: 'running' as const,
    user: answer(now).user,
    secret: answer(now).key,
    server: now.context.server,
    by: now.context.host,
    connection: now.event.challenge.connection,
  },
});

export const authenticate = (now: Challenged) =>
  client.send({
    type: 'AUTHENTICATE_MESSAGE',
    path: now.context.errand!.path,
    response: answer(now),
  });

export const issued = ({ context: { connection, challenge } }: Server) => ({
  claim: { type: 'issued' as const, connection, challenge: challenge! },
});

export const challenge = ({ context: { challenge } }: Server) =>
  server.reply({ type: 'CHALLENGE_MESSAGE', challenge: challenge! });

export const page = ({ context: { identity }, event: { path } }: Asked) =>
  server.askPage(path, identity);

export const commit = ({ context: { connection, server }, event: { response } }: Proven) => ({
  claim: {
    type: 'commit' as const,
    user: response.user,
    server,
    connection,
    challenge: response.challenge,
  },
});

export const learned = ({ context: { server, identity } }: Server) => ({
  claim: { type: 'learned' as const, secret: identity?.secret ?? null, by: server },
});

export const rejected = ({ context: { connection }, event: { response } }: Proven) => ({
  claim: { type: 'rejected' as const, connection, response },
});
