/**
 * Parameters of the messages and signals of both sides of NTLM.
 *
 * @source MS-NLMP 2.2.1.1, 2.2.1.2, 2.2.1.3 (the three messages)
 */
import * as client from '../http/client-side.ts';
import * as server from '../http/server-side.ts';
import { causedBy, ghostOf, type Haunted, provedOn } from '../vocabulary/ghost.ts';
import type { Handover, Path, Port } from '../vocabulary/messages.ts';
import { present } from '../vocabulary/reading.ts';
import type { Challenge, Credential, Response, TargetInfo } from '../vocabulary/terms.ts';
import { type Acceptor, comparedWith, infoOf, isStatic, type ResponseCheck } from './acceptor.ts';
import { answer, type Vantage } from './initiator.ts';

export type Issued = { readonly challenge: Challenge; readonly info: TargetInfo };
/** `attempted`: it is the one handshake of the request. */
export type Exchange = client.Exchange & {
  readonly attempted: boolean;
  readonly issued?: Issued; // absent, unless the client may answer it on another connection
};
type ClientContext = client.ClientInput & Vantage & { readonly exchange: Exchange | null };
type ServerContext = server.ServerInput & Acceptor & { readonly identity: Credential | null };
type Client = { readonly context: ClientContext };
type Challenged = Client & { readonly event: Issued };
type Answering = Client & { readonly event: { readonly via: Port } };
type Server = { readonly context: ServerContext };
type Asked = Server & { readonly event: Haunted & { readonly path: Path } };
export type Proven = Server & { readonly event: Haunted & { readonly response: Response } };

/** One of the three messages was sent. */
export const message = ({ context: { connection } }: Client | Server) => ({
  type: 'message' as const,
  connection,
});

export const negotiate = (now: Client) =>
  client.send({
    type: 'NEGOTIATE_MESSAGE',
    path: client.exchangeOf(now).path,
    ...causedBy(client.exchangeOf(now)),
  });

const responseTo = ({ context, event: { challenge, info } }: Challenged) => {
  const { credential, purpose } = present(context, 'exchange');
  const target = purpose?.origin ?? context.target;
  return answer(present({ credential }, 'credential'), challenge, info, { ...context, target });
};

/** The connection of the challenge; for a static challenge, which has none, the client's own. */
const answered = ({ context: { connection }, event: { challenge } }: Challenged) =>
  isStatic(challenge) ? connection : challenge.connection;

export const running = (now: Challenged) => ({
  type: 'running' as const,
  user: responseTo(now).user,
  secret: responseTo(now).key,
  server: now.context.server,
  by: now.context.host,
  connection: answered(now),
  run: now.context.connection,
  response: responseTo(now),
  info: now.event.info,
});

export const authenticate = (now: Challenged) =>
  client.send({
    type: 'AUTHENTICATE_MESSAGE',
    path: client.exchangeOf(now).path,
    response: responseTo(now),
    ...provedOn(client.exchangeOf(now), now.context.connection),
  });

const issuedTo = ({ context }: Client): Issued => present(present(context, 'exchange'), 'issued');

/** The same parameters, for the challenge that the client has kept. */
export const ofKept =
  <Parameters>(of: (now: Challenged) => Parameters) =>
  ({ context }: Client): Parameters =>
    of({ context, event: issuedTo({ context }) });

export const moved = ({ context: { connection }, event: { via } }: Answering) => ({
  type: 'moved' as const,
  connection,
  to: via,
});

export const handOver = (now: Answering) => {
  const { owner, path, credential, purpose, ...bearer } = client.exchangeOf(now);
  const { challenge, info } = issuedTo(now);
  const type = 'client.takeOver' as const;
  const request = { owner, path, credential, purpose, ...causedBy(bearer) };
  return { to: now.event.via, event: { type, ...request, challenge, info } };
};

/** The request of another connection, of which this one takes over the handshake. */
export const taken = ({ owner, ...request }: Handover): Exchange => ({
  ...client.exchangeFor({ ...request, from: owner }),
  attempted: true,
});

export const issued = ({ context }: Server) => ({
  type: 'issued' as const,
  connection: context.connection,
  challenge: present(context, 'challenge'),
  info: infoOf(context),
});

export const challenge = ({ context }: Server) =>
  server.reply({
    type: 'CHALLENGE_MESSAGE',
    challenge: present(context, 'challenge'),
    info: infoOf(context),
  });

export const page = ({ context: { identity }, event }: Asked) => server.askPage(event, identity);

export const commit = ({ context: { connection, server }, event }: Proven) => ({
  type: 'commit' as const,
  user: event.response.user,
  server,
  connection,
  challenge: event.response.challenge,
  response: event.response,
  secret: event.response.key,
  ...ghostOf(event),
});

export const learned = ({ context: { server, identity } }: Server) => ({
  type: 'learned' as const,
  secret: identity?.secret ?? null,
  by: server,
});

export const rejectedFor =
  (why: ResponseCheck) =>
  ({ context, event }: Proven) => ({
    type: 'rejected' as const,
    connection: context.connection,
    run: ghostOf(event).run,
    response: event.response,
    why,
    own: comparedWith(context),
  });
