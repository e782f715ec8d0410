/**
 * Bytes to symbolic terms, from the challenges issued so far and the known passwords.
 *
 * A key shows only in its results: the dictionary knows the key and the challenge of a response if
 * a known password and an issued challenge give the same bytes.
 *
 * @source MS-NLMP 3.2.5.1.2, 3.3.2; RFC 7617 2
 */
import type { Path, Reply, Request } from '../../machines/vocabulary/messages.ts';
import type {
  Challenge,
  ConnectionName,
  HostName,
  Response,
} from '../../machines/vocabulary/terms.ts';
import { decodeAs3 } from '../codec/crypto/verify.ts';
import { AV } from '../codec/messages/av-pairs.ts';
import { decode } from '../codec/messages/message.ts';
import type { Bytes } from '../codec/messages/message-types.ts';
import { CodecError } from '../codec/reader.ts';
import { type Issued, type Secrets, STATIC } from './issued.ts';
import { type Names, NO_NAMES } from './names.ts';
import { infoFrom } from './pairs.ts';
import { readBasic, readResponse } from './reading.ts';

export type { Secrets } from './issued.ts';

export type DictionaryOptions = {
  /** Computers, certificates and machines whose names are known beforehand. Default: none. */
  readonly names?: Names;
  /** Static: every challenge is the one that belongs to no connection. Default: fresh. */
  readonly challenges?: 'fresh' | 'static';
  /** The number of latest challenges that it remembers. Default: all. */
  readonly remembers?: number;
};

export class Dictionary {
  readonly #secrets: Secrets;
  readonly #names: Names;
  readonly #isStatic: boolean;
  readonly #remembers: number;
  readonly #issued: Issued[] = [];
  readonly #serials = new Map<ConnectionName, number>(); // of the next

  constructor(
    secrets: Secrets,
    {
      names = NO_NAMES,
      challenges = 'fresh',
      remembers = Number.POSITIVE_INFINITY,
    }: DictionaryOptions = {},
  ) {
    this.#remembers = remembers;
    this.#secrets = secrets;
    this.#names = names;
    this.#isStatic = challenges === 'static';
  }

  /**
   * A CHALLENGE_MESSAGE seen on a connection of `server`, or issued for it. Serials count from 0 on
   * each connection. An unknown computer name is the server's.
   *
   * @throws CodecError if `bytes` are not a CHALLENGE_MESSAGE
   */
  challenge(
    connection: ConnectionName,
    server: HostName,
    bytes: Bytes,
  ): Extract<Reply, { type: 'CHALLENGE_MESSAGE' }> {
    const message = decode(bytes);
    if (message.type !== 'CHALLENGE_MESSAGE')
      throw new CodecError(8, `a ${message.type}, where a CHALLENGE_MESSAGE has to be`);
    const pairs = message.targetInfo ?? [];
    const info = infoFrom(pairs, (name) => this.#names.computers.get(name.toUpperCase()) ?? server);
    const challenge = this.#isStatic ? STATIC : this.#next(connection);
    this.#issued.push({
      connection,
      server,
      challenge,
      info,
      bytes: Uint8Array.from(bytes),
      nonce: message.serverChallenge,
      pairs: pairs.filter(({ id }) => id !== AV.FLAGS),
    });
    if (this.#issued.length > this.#remembers) this.#issued.shift();
    return { type: 'CHALLENGE_MESSAGE', challenge, info };
  }

  /**
   * The readings of an AUTHENTICATE_MESSAGE on that connection: one if the password of its user is
   * known; else two, one computed with the right key and one with another.
   *
   * The message answers the challenge that its proof covers; else the latest challenge whose AV
   * pairs it repeats, of the same connection if possible; else one of connection "?".
   *
   * @param negotiate - the NEGOTIATE_MESSAGE that opened the handshake; null: unknown. A MIC then
   *   counts as right.
   * @throws CodecError if `bytes` are not an AUTHENTICATE_MESSAGE
   */
  authenticate(
    connection: ConnectionName,
    path: Path,
    negotiate: Bytes | null,
    bytes: Bytes,
  ): readonly Extract<Request, { type: 'AUTHENTICATE_MESSAGE' }>[] {
    const latest = this.#issued.toReversed();
    const isHere = (issued: Issued) => issued.connection === connection;
    const responses: readonly Response[] = readResponse(bytes, decodeAs3(bytes), negotiate, {
      secrets: this.#secrets,
      names: this.#names,
      issued: [...latest.filter(isHere), ...latest.filter((issued) => !isHere(issued))],
      connection,
    });
    return responses.map((response) => ({ type: 'AUTHENTICATE_MESSAGE', path, response }));
  }

  /**
   * The readings of a Basic token: one if the password of its user is known, else two. A malformed
   * token has an empty user name and a wrong password.
   */
  basic(path: Path, token: string): readonly Extract<Request, { type: 'http.request.basic' }>[] {
    return readBasic(token, this.#secrets).map((credential) => ({
      type: 'http.request.basic',
      path,
      credential,
    }));
  }

  #next(connection: ConnectionName): Challenge {
    const serial = this.#serials.get(connection) ?? 0;
    this.#serials.set(connection, serial + 1);
    return { connection, serial };
  }
}
