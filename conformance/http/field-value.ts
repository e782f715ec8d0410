/**
 * Values of header fields: a scanner that reads from left to right, and base64.
 *
 * @source RFC 9110 5.6.2, 5.6.3, 5.6.4; RFC 4648 4, 3.5 (base64 with its padding, one spelling for
 *   each sequence of bytes)
 */

/**
 * The error of header field readers: the place in the value, and the problem. It repeats nothing of
 * the value, which may be secret.
 */
export class HeaderError extends Error {
  override name = 'HeaderError';
  readonly position: number; // in characters, from the start of the value

  constructor(position: number, problem: string) {
    super(`character ${position + 1}: ${problem}`);
    this.position = position;
  }
}

const TOKEN = /[!#$%&'*+\-.^_`|~0-9A-Za-z]+/y;
const QUOTED = /"((?:[\t !#-[\]-~\u0080-\u00ff]|\\[\t -~\u0080-\u00ff])*)"/y;

export type Scanner = {
  readonly position: () => number;
  readonly isAtEnd: () => boolean;
  /** Takes the match of `pattern`, which is sticky, at this place; null: there is no match. */
  readonly take: (pattern: RegExp) => string | null;
  /** Goes back to an earlier position. */
  readonly rewind: (position: number) => void;
  readonly token: (what: string) => string;
  /** A token or a quoted string, the latter without quotes and backslashes. */
  readonly word: (what: string) => string;
  readonly fail: (problem: string) => HeaderError;
};

export function scannerOf(value: string): Scanner {
  let at = 0;
  const match = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const found = pattern.exec(value);
    if (found !== null) at += found[0].length;
    return found;
  };
  const fail = (problem: string) => new HeaderError(at, problem);
  const token = (what: string) => {
    const found = match(TOKEN);
    if (found === null)
      throw fail(`${what} has to be here${at < value.length ? '' : ', and the value ends'}`);
    return found[0];
  };
  return {
    position: () => at,
    isAtEnd: () => at === value.length,
    take: (pattern) => match(pattern)?.[0] ?? null,
    rewind: (position) => {
      at = position;
    },
    token,
    word: (what) => {
      if (value[at] !== '"') return token(what);
      const found = match(QUOTED);
      if (found === null)
        throw fail('a quoted string that is not closed or has a forbidden character');
      return found[1]!.replace(/\\(.)/g, '$1');
    },
    fail,
  };
}

export const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

/** @throws HeaderError for a wrong character, length, padding or spare bit */
export function fromBase64(text: string): Uint8Array {
  const stray = text.search(/[^A-Za-z0-9+/=]/);
  if (stray >= 0) throw new HeaderError(stray, 'this is not base64');
  const bytes = Uint8Array.from(Buffer.from(text, 'base64'));
  if (toBase64(bytes) === text) return bytes;
  throw new HeaderError(
    text.length,
    'this is base64 cut short, or padded otherwise than it has to be',
  );
}
