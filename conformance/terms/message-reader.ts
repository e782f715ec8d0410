/**
 * Requests and challenges of HTTP in symbolic terms, as they come on many connections. One
 * dictionary serves them all, so a response to another connection's challenge is recognised.
 *
 * @source MS-NTHT 2.2.1, 2.2.2 (NTLM messages in header fields); RFC 7617 2
 */
import type { Path, Reply, Request } from '../../machines/vocabulary/messages.ts';
import type { ConnectionName, HostName } from '../../machines/vocabulary/terms.ts';
import { decode } from '../codec/messages/message.ts';
import type { Bytes } from '../codec/messages/message-types.ts';
import { ntlmToken, parseCredentials } from '../http/challenges.ts';
import type { Dictionary } from './dictionary.ts';

/** The one page of the model: real pages differ by their content, which the model does not have. */
export const PATH: Path = 'mailbox';

const BARE: Request = { type: 'http.request', path: PATH };

export type MessageReaderOptions = {
  /** Schemes, in lower case, whose tokens are NTLM messages. Default: "ntlm" alone. */
  readonly schemes?: readonly string[];
  /** Base64 to bytes. Default: characters that are not base64 are skipped. */
  readonly bytesOf?: (token: string) => Bytes;
};

export class MessageReader {
  readonly #dictionary: Dictionary;
  readonly #schemes: readonly string[];
  readonly #bytesOf: (token: string) => Bytes;
  readonly #negotiates = new Map<ConnectionName, Bytes>(); // the last of each connection

  constructor(dictionary: Dictionary, options: MessageReaderOptions = {}) {
    this.#dictionary = dictionary;
    this.#schemes = options.schemes ?? ['ntlm'];
    this.#bytesOf = options.bytesOf ?? ((token) => Buffer.from(token, 'base64'));
  }

  /**
   * The possible meanings of a request, at least one; several where a password is not known. A
   * request with credentials of any other scheme is read as one without credentials.
   *
   * @param authorization - value of the header field; null: there is none.
   * @throws CodecError or HeaderError for credentials that cannot be read
   */
  request(connection: ConnectionName, authorization: string | null): readonly Request[] {
    if (authorization === null) return [BARE];
    const { scheme, token } = parseCredentials(authorization);
    if (scheme === 'basic') return this.#dictionary.basic(PATH, token ?? '');
    if (!this.#schemes.includes(scheme)) return [BARE];
    const bytes = this.#bytesOf(token ?? '');
    if (decode(bytes).type === 'NEGOTIATE_MESSAGE') {
      this.#negotiates.set(connection, bytes);
      return [{ type: 'NEGOTIATE_MESSAGE', path: PATH }];
    }
    const negotiate = this.#negotiates.get(connection) ?? null;
    return this.#dictionary.authenticate(connection, PATH, negotiate, bytes);
  }

  /**
   * The challenge of a reply. Null: the reply has none.
   *
   * @param authenticate - values of WWW-Authenticate, or of Proxy-Authenticate at a proxy.
   * @throws CodecError or HeaderError for a challenge that cannot be read
   */
  challenge(
    connection: ConnectionName,
    server: HostName,
    authenticate: readonly string[],
  ): Extract<Reply, { type: 'CHALLENGE_MESSAGE' }> | null {
    const token = ntlmToken(authenticate);
    return token === null ? null : this.#dictionary.challenge(connection, server, token);
  }
}
