/**
 * One connection of a server that the model runs: its machines, stepped with requests. Their
 * replies become bytes.
 *
 * A connection has a machine for each scheme that the server offers. A request with credentials
 * goes to the machine of their scheme, any other to the first one: NTLM's remembers the signed-in
 * user.
 *
 * @source MS-NTHT 2.2.1, 2.2.2, 3.1.5.1; RFC 7617 2; RFC 9110 11.6
 */
import { randomBytes } from 'node:crypto';
import { type AnyStateMachine, initialTransition, transition } from 'xstate';
import { effectsOf } from '../../checker/model/effects.ts';
import { basicServerConnection } from '../../machines/basic/basic-server.ts';
import type { Defences } from '../../machines/ntlm/acceptor.ts';
import type { ntlmServerConnection } from '../../machines/ntlm/ntlm-server.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import type {
  PageEvent,
  Reply,
  Request,
  ServerEvent,
  WireEvent,
} from '../../machines/vocabulary/messages.ts';
import type { ConnectionName, UserName } from '../../machines/vocabulary/terms.ts';
import { challenge, filetimeOf } from '../codec/initiate.ts';
import { parseCredentials } from '../http/challenges.ts';
import { fromBase64 } from '../http/field-value.ts';
import type { Dictionary } from '../terms/dictionary.ts';
import { MessageReader } from '../terms/message-reader.ts';

export type ServedScheme = 'NTLM' | 'Basic';

/** The common part of all connections of a server. */
export type ServedHost = {
  readonly schemes: readonly ServedScheme[]; // in the order in which they are offered
  readonly computer: string; // NetBIOS names, as challenges have them
  readonly domain: string;
  readonly policy: NtlmPolicy;
  readonly defences: Defences;
  readonly machine: typeof ntlmServerConnection;
  /** Shared, so a response to another connection's challenge is recognised. */
  readonly dictionary: Dictionary;
};

/** The page's answer to a user. `identity` null: no user is signed in. */
export type PageOf = (identity: UserName | null) => PageAnswer;
export type PageAnswer = Extract<
  ServerEvent,
  { readonly type: 'page.ready' | 'page.moved' | 'page.unauthorized' }
>;

/** A reply, with its bytes and its user. */
export type ServedReply = {
  readonly to: Request['type'];
  readonly reply: Reply;
  readonly token: Uint8Array | null; // the CHALLENGE_MESSAGE; null: it is no challenge
  readonly identity: UserName | null; // the user to whom the page was served
};

export type ServedConnection = {
  /**
   * @param authorization - value of the field, or null: there is none.
   * @throws CodecError or HeaderError for credentials that cannot be read; no machine receives
   *   them.
   */
  readonly answer: (authorization: string | null, page: PageOf) => ServedReply;
};

const STATIC_NONCE = Buffer.from('0123456789abcdef', 'hex');

export function servedConnection(host: ServedHost, connection: ConnectionName): ServedConnection {
  const common = { server: host.computer, connection };
  const { policy, defences, dictionary } = host;
  const machines = {
    NTLM: stepped(host.machine, {
      ...common,
      names: [host.computer],
      policy,
      defences,
      certificate: null,
      challenges: { max: Number.MAX_SAFE_INTEGER, restart: true },
    }),
    Basic: stepped(basicServerConnection, { ...common, logonMethod: 'Network' }),
  };
  for (const step of Object.values(machines)) step({ type: 'connection.opened' });
  const [first = 'NTLM'] = host.schemes;
  const reader = new MessageReader(dictionary, { bytesOf: fromBase64 });

  /** Machine and dictionary name a challenge alike: both count from 0. */
  const issued = (): Uint8Array => {
    const bytes = challenge({
      serverChallenge: defences.challenges === 'fresh' ? randomBytes(8) : STATIC_NONCE,
      computer: host.computer,
      domain: host.domain,
      timestamp: defences.timestamp === 'sent' ? filetimeOf(Date.now()) : null,
    });
    dictionary.challenge(connection, host.computer, bytes);
    return bytes;
  };

  const read = (authorization: string | null): readonly [ServedScheme, Request] => {
    const scheme = authorization === null ? null : parseCredentials(authorization).scheme;
    const offered = host.schemes.find((one) => one.toLowerCase() === scheme) ?? first;
    // Where no known password fits, the last reading is that of a wrong one.
    return [offered, reader.request(connection, authorization).at(-1)!];
  };

  return {
    answer: (authorization, page) => {
      const [scheme, request] = read(authorization);
      let identity: UserName | null = null;
      const heard: ServerEvent[] = [request];
      const said: Reply[] = [];
      for (const event of heard)
        for (const message of machines[scheme](event)) {
          if (message.type === 'wire.send') said.push(message.message as Reply);
          if (message.type !== 'page.requested') continue;
          identity = message.identity?.user ?? null;
          heard.push(page(identity));
        }
      const [reply, ...more] = said;
      if (reply === undefined || more.length > 0)
        throw new Error(`the model makes ${said.length} replies to ${request.type}, not one`);
      const token = reply.type === 'CHALLENGE_MESSAGE' ? issued() : null;
      const isServed = reply.type === 'http.ok' || reply.type === 'http.redirect';
      return { to: request.type, reply, token, identity: isServed ? identity : null };
    },
  };
}

/** A machine that takes one event after the other. @returns its messages, in order. */
function stepped(machine: AnyStateMachine, input: unknown) {
  let [state] = initialTransition(machine, input);
  return (event: ServerEvent): readonly (WireEvent | PageEvent)[] => {
    const [next, actions] = transition(machine, state, event);
    state = next;
    return effectsOf(actions).flatMap((effect) =>
      'to' in effect ? [effect.event as WireEvent | PageEvent] : [],
    );
  };
}
