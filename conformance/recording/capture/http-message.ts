/**
 * The messages of HTTP/1.1 in bytes: the head of each, and where its body ends.
 *
 * @source RFC 9112 2 (messages), 3 (request line), 4 (status line), 5.2 (folded lines), 6 (bodies),
 *   7.1 (chunks)
 */

export type Head = {
  readonly startsAt: number;
  readonly bodyAt: number;
  readonly line: string; // the first
  readonly fields: readonly (readonly [name: string, value: string])[]; // names in lower case
};

/** Incomplete: more bytes may make it one. Unreadable: no more bytes do. */
export type HeadResult = Head | 'incomplete' | 'unreadable';

const HEAD_MAX = 256 * 2 ** 10;
const REQUEST_LINE = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+ \S+ HTTP\/1\.[01]$/;
const STATUS_LINE = /^HTTP\/1\.[01] [1-9]\d\d(?: .*)?$/;
const [CR, LF] = [0x0d, 0x0a] as const;

export const requestHead = (bytes: Uint8Array, at: number) => headAt(bytes, at, REQUEST_LINE);
export const replyHead = (bytes: Uint8Array, at: number) => headAt(bytes, at, STATUS_LINE);

function headAt(bytes: Uint8Array, at: number, first: RegExp): HeadResult {
  let startsAt = at;
  while (bytes[startsAt] === CR || bytes[startsAt] === LF) startsAt += 1;
  const lines: string[] = [];
  for (let from = startsAt; ; ) {
    const end = bytes.indexOf(LF, from);
    if (end < 0 || end - startsAt > HEAD_MAX)
      return end >= 0 || bytes.length - startsAt > HEAD_MAX ? 'unreadable' : 'incomplete';
    const line = textIn(bytes, from, bytes[end - 1] === CR ? end - 1 : end);
    if (lines.length === 0 && !first.test(line)) return 'unreadable';
    from = end + 1;
    if (line === '') return { startsAt, bodyAt: from, line: lines[0]!, fields: fieldsIn(lines) };
    lines.push(line);
  }
}

const textIn = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset + from, Math.max(to - from, 0)).toString('latin1');

function fieldsIn([, ...lines]: readonly string[]): Head['fields'] {
  const unfolded: string[] = [];
  for (const line of lines)
    if (/^[ \t]/.test(line) && unfolded.length > 0)
      unfolded[unfolded.length - 1] += ` ${line.trim()}`;
    else unfolded.push(line);
  return unfolded.flatMap((line) => {
    const colon = line.indexOf(':');
    return colon <= 0
      ? []
      : [[line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const];
  });
}

export const valuesOf = ({ fields }: Head, name: string): readonly string[] =>
  fields.filter(([one]) => one === name).map(([, value]) => value);

/** The offset after a body. `closed`: the end of the connection ends it. */
export type BodyEnd = number | 'closed' | 'unreadable';

/** @param hasNone - by the status, or by the method of the request: it has no body. */
export function replyEnd(bytes: Uint8Array, head: Head, hasNone: boolean): BodyEnd {
  return hasNone ? head.bodyAt : (bodyEnd(bytes, head) ?? 'closed');
}

export const requestEnd = (bytes: Uint8Array, head: Head): BodyEnd =>
  bodyEnd(bytes, head) ?? head.bodyAt;

/** Null: neither a length nor chunks are announced. */
function bodyEnd(bytes: Uint8Array, head: Head): BodyEnd | null {
  const codings = valuesOf(head, 'transfer-encoding').join(',');
  if (/\bchunked\s*$/i.test(codings)) return chunksEnd(bytes, head.bodyAt);
  const lengths = new Set(valuesOf(head, 'content-length').flatMap((value) => value.split(',')));
  if (codings !== '' || lengths.size === 0) return null;
  const [length] = [...lengths].map((text) => text.trim());
  return lengths.size === 1 && /^\d{1,15}$/.test(length!)
    ? head.bodyAt + Number(length)
    : 'unreadable';
}

function chunksEnd(bytes: Uint8Array, at: number): BodyEnd {
  for (let from = at; ; ) {
    const end = bytes.indexOf(LF, from);
    if (end < 0) return Number.MAX_SAFE_INTEGER; // more bytes than there are
    const [, size] = /^([0-9a-f]{1,8})[ \t]*(?:;.*)?\r?$/i.exec(textIn(bytes, from, end)) ?? [];
    if (size === undefined) return 'unreadable';
    const length = Number.parseInt(size, 16);
    if (length === 0) return trailersEnd(bytes, end + 1);
    from = end + 1 + length;
    if (bytes[from] === CR) from += 1;
    if (from < bytes.length && bytes[from] !== LF) return 'unreadable';
    from += 1;
  }
}

function trailersEnd(bytes: Uint8Array, at: number): BodyEnd {
  for (let from = at; ; ) {
    const end = bytes.indexOf(LF, from);
    if (end < 0) return Number.MAX_SAFE_INTEGER;
    if (textIn(bytes, from, end).replace(/\r$/, '') === '') return end + 1;
    from = end + 1;
  }
}
