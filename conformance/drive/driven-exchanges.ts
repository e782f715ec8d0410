/**
 * A recording as the events of a server machine: each request in the symbolic terms of the model,
 * as whatever it may have been, with what it was answered with.
 */
import { stateKey } from '../../checker/model/state-key.ts';
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { HostName, TargetInfo } from '../../machines/vocabulary/terms.ts';
import { decode } from '../codec/messages/message.ts';
import { ntlmToken, parseCredentials } from '../http/challenges.ts';
import type { ConnectionId, Observation, Recording } from '../recording/recording.ts';
import { Dictionary, type Secrets } from '../terms/dictionary.ts';
import { type Outcome, outcomeOf } from './outcome.ts';

type Where = { readonly connection: ConnectionId; readonly server: HostName };
export type DrivenExchange =
  | (Where & { readonly what: 'opened' | 'closed' })
  | (Where & {
      readonly what: 'exchange';
      readonly readings: readonly Request[]; // at least one
      readonly outcome: Outcome;
      readonly status: 401 | 407; // of whoever it was asked
    });

const PATH = 'mailbox'; // whatever is asked for is for somebody

/** In order. A request that nothing came after is left out. @throws CodecError, HeaderError */
export function drivenExchangesIn(
  { connections, observations }: Recording,
  secrets: Secrets,
): DrivenExchange[] {
  const dictionary = new Dictionary(secrets);
  const servers = new Map(connections.map((it) => [it.id, it]));
  const pending = new Map<ConnectionId, readonly Request[]>();
  const negotiates = new Map<ConnectionId, Uint8Array>();
  const infos = new Map<ConnectionId, TargetInfo>();
  return observations.flatMap((seen): DrivenExchange[] => {
    const { connection } = seen;
    const { server = '', isProxy = false } = servers.get(connection) ?? {};
    if (seen.what === 'request') {
      const info = infos.get(connection) ?? null;
      pending.set(
        connection,
        readingsOf(seen, dictionary, negotiates).map((request) =>
          withOwnInfo(request, info, server),
        ),
      );
      return [];
    }
    const readings = pending.get(connection);
    pending.delete(connection);
    const exchange = (answer: Extract<Observation, { what: 'reply' }> | null): DrivenExchange[] => {
      if (readings === undefined) return [];
      const token = answer === null ? null : ntlmToken(answer.authenticate);
      if (token !== null)
        infos.set(connection, dictionary.challenge(connection, server, token).info);
      return [
        {
          what: 'exchange',
          connection,
          server,
          readings,
          outcome: outcomeOf(answer),
          status: isProxy ? 407 : 401,
        },
      ];
    };
    if (seen.what === 'reply') return exchange(seen);
    const closed = { what: seen.what, connection, server } as const;
    return [...(seen.what === 'closed' ? exchange(null) : []), closed];
  });
}

/**
 * A MIC covers the challenge that the server sent, whatever that has in it; here it is as if that
 * were what the model's sends.
 */
function withOwnInfo(request: Request, sent: TargetInfo | null, server: HostName): Request {
  if (request.type !== 'AUTHENTICATE_MESSAGE' || request.response.mic === null) return request;
  const { mic } = request.response;
  const isRight = sent !== null && stateKey(mic) === stateKey(sent);
  const own = { computer: server, timestamp: true, flags: !isRight };
  return { ...request, response: { ...request.response, mic: own } };
}

function readingsOf(
  { connection, authorization }: Extract<Observation, { what: 'request' }>,
  dictionary: Dictionary,
  negotiates: Map<ConnectionId, Uint8Array>,
): readonly Request[] {
  const bare = { type: 'http.request', path: PATH } as const;
  if (authorization === null) return [bare];
  const { scheme, token } = parseCredentials(authorization);
  if (scheme === 'basic') return dictionary.basic(PATH, token ?? '');
  if (scheme !== 'ntlm') return [bare];
  const bytes = Buffer.from(token ?? '', 'base64');
  if (decode(bytes).type === 'NEGOTIATE_MESSAGE') {
    negotiates.set(connection, bytes);
    return [{ type: 'NEGOTIATE_MESSAGE', path: PATH }];
  }
  return dictionary.authenticate(connection, PATH, negotiates.get(connection) ?? null, bytes);
}
