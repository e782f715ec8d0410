/**
 * Credentials of Basic: a user-id and a password, joined by a colon, in UTF-8 and then base64.
 *
 * @source RFC 7617 2, 2.1 (UTF-8)
 */
import { fromBase64, HeaderError, toBase64 } from './field-value.ts';

export type BasicCredentials = { readonly user: string; readonly password: string };

/**
 * The token68 of Authorization.
 *
 * @throws HeaderError where the user-id has a colon, or either has a control character or half of a
 *   surrogate pair
 */
export function encodeBasic(user: string, password: string): string {
  const colon = user.indexOf(':');
  if (colon >= 0) throw new HeaderError(colon, 'a user-id must not have a colon');
  for (const part of [user, password]) {
    refuseControls(part);
    if (/\p{Surrogate}/u.test(part))
      throw new HeaderError(0, 'half of a surrogate pair has no UTF-8');
  }
  return toBase64(Buffer.from(`${user}:${password}`, 'utf8'));
}

/**
 * Bytes that are not UTF-8 are read as Latin-1: the standard leaves the encoding of older clients
 * open. The first colon ends the user-id.
 *
 * @throws HeaderError where it is not base64, or has no colon, or a control character
 */
export function decodeBasic(token: string): BasicCredentials {
  const text = textOf(fromBase64(token));
  const colon = text.indexOf(':');
  if (colon < 0) throw new HeaderError(0, 'no colon ends the user-id');
  refuseControls(text);
  return { user: text.slice(0, colon), password: text.slice(colon + 1) };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return Buffer.from(bytes).toString('latin1');
  }
}

function refuseControls(text: string): void {
  const at = [...text].findIndex((character) => {
    const code = character.codePointAt(0)!;
    return code < 0x20 || code === 0x7f;
  });
  if (at >= 0) throw new HeaderError(at, 'a control character must not be in it');
}

/**
 * Why `decodeBasic` refuses a token, as the end of a sentence about the credentials. Null: it reads
 * it.
 */
export function basicFault(token: string): string | null {
  try {
    decodeBasic(token);
    return null;
  } catch (error) {
    if (!(error instanceof HeaderError)) throw error;
  }
  if (token === '') return 'are empty';
  const bytes = Buffer.from(token, 'base64');
  const digits = (text: string) => text.replace(/=+$/, '');
  if (digits(toBase64(bytes)) !== digits(token)) return 'are not base64';
  if (toBase64(bytes) !== token) return 'have base64 without its padding';
  return textOf(bytes).includes(':') ? 'have a control character' : 'have no colon';
}
