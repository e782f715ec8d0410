/**
 * Challenges of WWW-Authenticate and Proxy-Authenticate, and credentials of Authorization and
 * Proxy-Authorization.
 *
 * One field value can have several challenges, and the comma between them is that between their
 * parameters, too.
 *
 * @source RFC 9110 11.2 (parameters, token68), 11.3, 11.4, 11.6.1; RFC 4559 4.1 (Negotiate);
 *   MS-NTHT 2.2.1, 2.2.2 (NTLM)
 */
import { fromBase64, type Scanner, scannerOf } from './field-value.ts';

export type AuthChallenge = {
  readonly scheme: string; // in lower case
  readonly token: string | null; // token68; null: there is none
  readonly parameters: Readonly<Record<string, string>>; // names in lower case
};

/** Of the form of a challenge. */
export type AuthCredentials = AuthChallenge;

const TOKEN68 = /[A-Za-z0-9\-._~+/]+=*(?=[ \t]*(?:,|$))/y;
const END = /(?=[ \t]*(?:,|$))/y;
const SPACE = /[ \t]*/y;
const SPACES = / +/y;
const COMMAS = /[ \t]*(?:,[ \t]*)+/y;
const PARAMETER = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+[ \t]*=/y;

/**
 * All challenges of the fields with these values, in their order.
 *
 * @throws HeaderError where a value is not a list of challenges
 */
export const parseChallenges = (values: readonly string[]): readonly AuthChallenge[] =>
  values.flatMap(challengesIn);

/** @throws HeaderError where `value` is not one scheme with a token or parameters */
export function parseCredentials(value: string): AuthCredentials {
  const scanner = scannerOf(value);
  scanner.take(SPACE);
  const credentials = challenge(scanner);
  scanner.take(SPACE);
  if (!scanner.isAtEnd()) throw scanner.fail('something follows the credentials');
  return credentials;
}

function challengesIn(value: string): AuthChallenge[] {
  const scanner = scannerOf(value);
  const found: AuthChallenge[] = [];
  scanner.take(SPACE);
  scanner.take(COMMAS);
  while (!scanner.isAtEnd()) {
    found.push(challenge(scanner));
    const end = scanner.take(COMMAS) ?? scanner.take(SPACE);
    if (!scanner.isAtEnd() && !end?.includes(',')) throw scanner.fail('a comma has to be here');
  }
  return found;
}

function challenge(scanner: Scanner): AuthChallenge {
  const scheme = scanner.token('a scheme').toLowerCase();
  if (scanner.take(SPACES) === null) return { scheme, token: null, parameters: {} };
  const token = scanner.take(TOKEN68);
  if (token !== null) return { scheme, token, parameters: {} };
  const found = parameters(scanner);
  if (Object.keys(found).length === 0 && scanner.take(END) === null)
    throw scanner.fail('neither a token nor a parameter');
  return { scheme, token, parameters: found };
}

/** Up to what does not go on as one, which is then the next challenge's. */
function parameters(scanner: Scanner): Record<string, string> {
  const found = new Map<string, string>();
  for (let before = scanner.position(); ; before = scanner.position()) {
    if (found.size > 0 && scanner.take(COMMAS) === null) break;
    const start = scanner.position();
    const isOne = scanner.take(PARAMETER) !== null;
    scanner.rewind(isOne ? start : before);
    if (!isOne) break;
    const name = scanner.token('a parameter').toLowerCase();
    if (found.has(name)) throw scanner.fail('a parameter is there twice');
    scanner.take(SPACE);
    scanner.take(/=/y);
    scanner.take(SPACE);
    found.set(name, scanner.word('a value'));
  }
  return Object.fromEntries(found);
}

const SIGNATURE = 'NTLMSSP\0';

/**
 * The NTLM data in values of WWW-Authenticate: that of NTLM, or of Negotiate where it is NTLM as it
 * is, without SPNEGO around it. Null: there is none.
 *
 * @throws HeaderError where a value is not a list of challenges, or the data not base64
 */
export const ntlmToken = (values: readonly string[]): Uint8Array | null =>
  parseChallenges(values)
    .map(ntlmData)
    .find((data) => data !== null) ?? null;

/** The same, of one challenge or of credentials. */
export function ntlmData({ scheme, token }: AuthChallenge): Uint8Array | null {
  if (token === null || (scheme !== 'ntlm' && scheme !== 'negotiate')) return null;
  const data = fromBase64(token);
  const isNtlm = Buffer.from(data.subarray(0, SIGNATURE.length)).toString('latin1') === SIGNATURE;
  return scheme === 'ntlm' || isNtlm ? data : null;
}
