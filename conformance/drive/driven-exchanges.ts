/** A driver's recording as events of the model's server: each request with its outcome. */
import { stateKey } from '../../checker/model/state-key.ts';
import type { Request } from '../../machines/vocabulary/messages.ts';
import type { HostName, TargetInfo } from '../../machines/vocabulary/terms.ts';
import type { ConnectionId, Recording } from '../recording/recording.ts';
import { Dictionary, type Secrets } from '../terms/dictionary.ts';
import { MessageReader } from '../terms/message-reader.ts';
import type { Answer } from './driver-connection.ts';
import { type AnswerOutcome, outcomeOf } from './outcome.ts';

type Where = { readonly connection: ConnectionId; readonly server: HostName };
export type DrivenExchange =
  | (Where & { readonly what: 'opened' | 'closed' })
  | (Where & {
      readonly what: 'exchange';
      readonly readings: readonly Request[]; // at least one
      readonly outcome: AnswerOutcome;
      readonly status: 401 | 407; // the refusal of a server, or of a proxy
    });

/**
 * In the order of time. A request is left out if nothing followed it on its connection.
 *
 * @throws CodecError or HeaderError for a message that cannot be read
 */
export function drivenExchangesIn(
  { connections, observations }: Recording,
  secrets: Secrets,
): DrivenExchange[] {
  const reader = new MessageReader(new Dictionary(secrets));
  const servers = new Map(connections.map((it) => [it.id, it]));
  const pending = new Map<ConnectionId, readonly Request[]>();
  const infos = new Map<ConnectionId, TargetInfo>();
  return observations.flatMap((observation): DrivenExchange[] => {
    const { connection } = observation;
    const { server = '', isProxy = false } = servers.get(connection) ?? {};
    if (observation.what === 'request') {
      const info = infos.get(connection) ?? null;
      const readings = reader.request(connection, observation.authorization);
      pending.set(
        connection,
        readings.map((request) => withOwnInfo(request, info, server)),
      );
      return [];
    }
    const readings = pending.get(connection);
    pending.delete(connection);
    const exchange = (answer: Answer): DrivenExchange[] => {
      if (readings === undefined) return [];
      const challenge = answer && reader.challenge(connection, server, answer.authenticate);
      if (challenge !== null) infos.set(connection, challenge.info);
      const status = isProxy ? 407 : 401;
      const outcome = outcomeOf(answer);
      return [{ what: 'exchange', connection, server, readings, outcome, status }];
    };
    if (observation.what === 'reply') return exchange(observation);
    const event = { what: observation.what, connection, server } as const;
    return [...(observation.what === 'closed' ? exchange(null) : []), event];
  });
}

/**
 * The request as if the server had sent the model's target info. A real server's differs, and a MIC
 * covers it; whether the MIC is right stays as it was.
 */
function withOwnInfo(request: Request, sent: TargetInfo | null, server: HostName): Request {
  if (request.type !== 'AUTHENTICATE_MESSAGE' || request.response.mic === null) return request;
  const { mic } = request.response;
  const isRight = sent !== null && stateKey(mic) === stateKey(sent);
  const own = { computer: server, timestamp: true, flags: !isRight };
  return { ...request, response: { ...request.response, mic: own } };
}
