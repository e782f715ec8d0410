/**
 * Credentials in symbolic terms: an AUTHENTICATE_MESSAGE, and the token of Basic. The reader has
 * the known passwords and the challenges seen so far.
 *
 * @source MS-NLMP 3.2.5.1.2, 3.3.1, 3.3.2, 2.2.2.1
 */
import type {
  AvPairs,
  ConnectionName,
  Credential,
  Response,
  Secret,
  TargetInfo,
  UserName,
} from '../../machines/vocabulary/terms.ts';
import { isEqual, isZero } from '../codec/bytes.ts';
import { decodeNtResponseV2, isLmResponseEss, V1_LENGTH } from '../codec/crypto/responses.ts';
import { type Check, isAnonymous, isV2, verify } from '../codec/crypto/verify.ts';
import type { AuthenticateMessage, AvPair, Bytes } from '../codec/messages/message-types.ts';
import { CodecError } from '../codec/reader.ts';
import { decodeBasic } from '../http/basic.ts';
import { HeaderError } from '../http/field-value.ts';
import { fromOwn, type Issued, NOBODYS, type Secrets, UNKNOWN } from './issued.ts';
import { type Names, NO_NAMES, userNamed } from './names.ts';
import { computerIn, pairsFrom, type Readers } from './pairs.ts';

export type ReadingContext = {
  readonly secrets: Secrets;
  readonly names: Names;
  readonly issued: readonly Issued[]; // the likeliest to be answered first
  readonly connection: ConnectionName; // on which it came
};

/** Target info that differs from `info`: that of a wrong MIC. */
export const otherThan = (info: TargetInfo): TargetInfo => ({ ...info, flags: !info.flags });

const NO_INFO: TargetInfo = { computer: null, timestamp: false, flags: false };

/** One response; two if the password is unknown: with the right key, then with another. */
export function readResponse(
  bytes: Bytes,
  message: AuthenticateMessage,
  negotiate: Bytes | null,
  known: ReadingContext,
): readonly Response[] {
  if (isAnonymous(message)) return [anonymous(known)];
  const user = userNamed(message.user);
  const pairs = pairsOf(message);
  if (pairs === 'malformed') return [unreadable(message, user, null, known)];
  const found = whose(bytes, user, negotiate, known);
  if (found !== null) return [proven(message, user, pairs, found, known, negotiate)];
  const wrong = unreadable(message, user, pairs, known);
  if (known.secrets.has(user)) return [wrong];
  const likely = likeliest(pairs, known);
  const mic = wrong.mic === null ? null : (likely?.info ?? NO_INFO);
  return [{ ...wrong, key: { passwordOf: user }, mic }, wrong];
}

const anonymous = ({ issued, connection }: ReadingContext): Response => ({
  user: null,
  key: null,
  challenge: issued.find((each) => each.connection === connection)?.challenge ?? UNKNOWN,
  pairs: null,
  altered: false,
  lm: false,
  mic: null,
});

/** The AV pairs; null: version 1 has none. */
function pairsOf(message: AuthenticateMessage): readonly AvPair[] | null | 'malformed' {
  if (!isV2(message)) return null;
  try {
    const { pairs } = decodeNtResponseV2(message.ntResponse);
    pairsFrom(pairs, { names: NO_NAMES, computerOf: (name) => name, servers: [] });
    return pairs;
  } catch (error) {
    if (error instanceof CodecError) return 'malformed';
    throw error;
  }
}

type Proof = { readonly owner: string; readonly issued: Issued; readonly check: Check };

/** The key and the challenge that give these bytes. An NT proof goes before an LM proof. */
function whose(
  bytes: Bytes,
  user: UserName,
  negotiate: Bytes | null,
  { secrets, issued }: ReadingContext,
): Proof | null {
  let byLm: Proof | null = null;
  for (const [owner, password] of fromOwn(secrets, user))
    for (const each of issued) {
      const messages = negotiate === null ? null : { negotiate, challenge: each.bytes };
      const check = verify(password, each.nonce, bytes, messages);
      if (check.nt) return { owner, issued: each, check };
      if (check.lm) byLm ??= { owner, issued: each, check };
    }
  return byLm;
}

function proven(
  message: AuthenticateMessage,
  user: UserName,
  pairs: readonly AvPair[] | null,
  { owner, issued, check }: Proof,
  known: ReadingContext,
  negotiate: Bytes | null,
): Response {
  const isRight = negotiate === null || check.mic === 'right';
  return {
    user,
    key: { passwordOf: owner },
    challenge: issued.challenge,
    pairs: symbolic(pairs, issued, known),
    altered: !check.nt,
    lm: check.lm,
    mic: !hasMic(message) ? null : isRight ? issued.info : otherThan(issued.info),
  };
}

/** A response by an unknown key: only the presence of its parts shows. */
function unreadable(
  message: AuthenticateMessage,
  user: UserName,
  pairs: readonly AvPair[] | null,
  known: ReadingContext,
): Response {
  const likely = likeliest(pairs, known);
  const key: Secret = NOBODYS;
  return {
    user,
    key,
    challenge: likely?.challenge ?? UNKNOWN,
    pairs: symbolic(pairs, likely, known),
    altered: false,
    lm: hasLm(message),
    mic: hasMic(message) ? otherThan(likely?.info ?? NO_INFO) : null,
  };
}

const hasMic = ({ mic }: AuthenticateMessage) => mic !== null && !isZero(mic);

/** Whether its LM field is a response. Else it is empty, zero, a copy, or a client's challenge. */
export const hasLm = ({ lmResponse, ntResponse }: AuthenticateMessage): boolean =>
  lmResponse.length === V1_LENGTH &&
  !isLmResponseEss(lmResponse) &&
  !isEqual(lmResponse, ntResponse);

/**
 * The latest challenge whose pairs are all repeated; for version 1, the latest of the connection.
 */
function likeliest(
  pairs: readonly AvPair[] | null,
  { issued, connection }: ReadingContext,
): Issued | null {
  const repeats = (each: Issued) =>
    pairs === null
      ? each.connection === connection
      : each.pairs.every((pair) =>
          pairs.some(({ id, value }) => id === pair.id && isEqual(value, pair.value)),
        );
  return issued.find(repeats) ?? null;
}

/** @param answered - the challenge; the names of its server come before others */
function symbolic(
  pairs: readonly AvPair[] | null,
  answered: Issued | null,
  { names, issued, connection }: ReadingContext,
): AvPairs | null {
  if (pairs === null) return null;
  const here = issued.filter((each) => each.connection === connection);
  const likely = [...(answered === null ? [] : [answered]), ...here, ...issued];
  const readers: Readers = {
    names,
    computerOf: (name) =>
      names.computers.get(name.toUpperCase()) ??
      likely.find((each) => computerIn(each.pairs)?.toUpperCase() === name.toUpperCase())?.server ??
      name,
    servers: likely.map(({ server }) => server),
  };
  return pairsFrom(pairs, readers);
}

/**
 * The token of Basic: one reading if the user's password is known; else two, the right one first.
 */
export function readBasic(token: string, secrets: Secrets): readonly Credential[] {
  const decoded = decodedBasic(token);
  if (decoded === null) return [{ user: '', secret: NOBODYS }];
  const user = userNamed(decoded.user);
  const owner = fromOwn(secrets, user).find(([, password]) => password === decoded.password);
  if (owner !== undefined) return [{ user, secret: { passwordOf: owner[0] } }];
  const wrong = { user, secret: NOBODYS };
  return secrets.has(user) ? [wrong] : [{ user, secret: { passwordOf: user } }, wrong];
}

function decodedBasic(token: string) {
  try {
    return decodeBasic(token);
  } catch (error) {
    if (error instanceof HeaderError) return null;
    throw error;
  }
}
