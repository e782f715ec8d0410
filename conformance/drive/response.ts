/**
 * HTTP/1.1 responses from bytes: where one ends, and its header fields.
 *
 * @source RFC 9112 2.2 (line ends), 4 (status line), 5 (fields), 6.3 (how long the body is),
 *   7.1 (chunks), 9.3 (whether the connection persists); RFC 9110 15.2 (interim responses)
 */

export const LIMITS = {
  headerBytes: 65_536,
  bodyBytes: 8 * 2 ** 20,
} as const;

/** The error in the bytes, in words. */
export class NotAResponse extends Error {
  override name = 'NotAResponse';
}

/** Lower-case names. A repeated field has several values. */
export type ResponseFields = ReadonlyMap<string, readonly string[]>;

export type Parsed = {
  readonly status: number;
  readonly fields: ResponseFields;
  readonly bytes: number; // its length, with its body and the interim responses before it
  readonly persists: boolean; // the connection stays open for another request
};

/**
 * The final response at the start of `bytes`.
 *
 * @param method - of the request that it answers.
 * @param ended - whether no more bytes will come, which ends some bodies.
 * @returns null while it is incomplete.
 * @throws NotAResponse
 */
export function parseResponse(bytes: Buffer, method: string, ended: boolean): Parsed | null {
  let start = 0;
  for (;;) {
    const head = headAt(bytes, start);
    if (head === null) {
      if (ended && bytes.length > start) throw new NotAResponse('closed in the middle of a header');
      return null;
    }
    const { status } = head;
    if (status === 101) throw new NotAResponse('switches to a protocol without a request for it');
    if (status >= 200) return withBody(bytes, head, method, ended);
    start = head.end;
    if (start > LIMITS.headerBytes) throw new NotAResponse('has 1xx responses without end');
  }
}

type Head = {
  readonly version: string; // "1.1"
  readonly status: number;
  readonly fields: ResponseFields;
  readonly end: number;
};

function headAt(bytes: Buffer, start: number): Head | null {
  const text = bytes.toString('latin1', start, start + LIMITS.headerBytes);
  if (text.length >= 5 && !text.startsWith('HTTP/'))
    throw new NotAResponse(`begins with ${JSON.stringify(text.slice(0, 20))}, not with HTTP/`);
  const blank = /\r?\n\r?\n/.exec(text);
  if (blank === null) {
    if (text.length >= LIMITS.headerBytes)
      throw new NotAResponse(`has a header of more than ${LIMITS.headerBytes} bytes`);
    return null;
  }
  const [first = '', ...lines] = text
    .slice(0, blank.index)
    .replace(/\r?\n[ \t]+/g, ' ')
    .split(/\r?\n/);
  const line = /^HTTP\/(1\.[01]) ([1-9]\d\d)(?: .*)?$/.exec(first);
  if (line === null) throw new NotAResponse(`has the status line ${JSON.stringify(first)}`);
  const end = start + blank.index + blank[0].length;
  return { version: line[1]!, status: Number(line[2]), fields: fieldsOf(lines), end };
}

function fieldsOf(lines: readonly string[]): ResponseFields {
  const fields = new Map<string, string[]>();
  for (const line of lines) {
    const field = /^([!#$%&'*+.^_`|~\w-]+):[ \t]*(.*?)[ \t]*$/.exec(line);
    if (field === null) throw new NotAResponse(`has the field ${JSON.stringify(line)}`);
    const name = field[1]!.toLowerCase();
    fields.set(name, [...(fields.get(name) ?? []), field[2]!]);
  }
  return fields;
}

/** The members of a field that is a list of words, in lower case. */
const wordsOf = (fields: ResponseFields, name: string): readonly string[] =>
  (fields.get(name) ?? [])
    .flatMap((value) => value.split(','))
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');

function withBody(bytes: Buffer, head: Head, method: string, ended: boolean): Parsed | null {
  const { status, fields, version, end } = head;
  const options = wordsOf(fields, 'connection');
  const persists =
    !options.includes('close') && (version === '1.1' || options.includes('keep-alive'));
  const complete = (at: number, stays = persists): Parsed | null => {
    if (at - end > LIMITS.bodyBytes)
      throw new NotAResponse(`has a body of more than ${LIMITS.bodyBytes} bytes`);
    if (at <= bytes.length) return { status, fields, bytes: at, persists: stays };
    if (ended) throw new NotAResponse('closed in the middle of a body');
    return null;
  };
  if (method === 'HEAD' || status === 204 || status === 304) return complete(end);
  const codings = wordsOf(fields, 'transfer-encoding');
  if (codings.at(-1) === 'chunked') return complete(endOfChunks(bytes, end));
  const lengths = new Set(codings.length === 0 ? wordsOf(fields, 'content-length') : []);
  const [length, other] = lengths;
  if (other !== undefined || (length !== undefined && !/^\d{1,15}$/.test(length)))
    throw new NotAResponse(`has the Content-Length ${JSON.stringify([...lengths].join(', '))}`);
  if (length !== undefined) return complete(end + Number(length));
  return complete(ended ? bytes.length : Math.max(end, bytes.length) + 1, false);
}

/** The end of the last chunk and its trailer. Beyond the bytes: they are incomplete. */
function endOfChunks(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\n', at);
    if (lineEnd < 0) return bytes.length + 1;
    const line = bytes.toString('latin1', at, lineEnd).replace(/\r$/, '');
    const size = /^([\da-f]{1,8})[ \t]*(?:;.*)?$/i.exec(line)?.[1];
    if (size === undefined) throw new NotAResponse(`has the chunk size ${JSON.stringify(line)}`);
    at = lineEnd + 1;
    if (Number.parseInt(size, 16) === 0) return endOfTrailer(bytes, at);
    at += Number.parseInt(size, 16);
    if (at - start > LIMITS.bodyBytes || at + 2 > bytes.length) return at + 2;
    const end = bytes.toString('latin1', at, at + 2);
    if (end !== '\r\n' && end[0] !== '\n') throw new NotAResponse('has a chunk that does not end');
    at += end === '\r\n' ? 2 : 1;
  }
}

function endOfTrailer(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const lineEnd = bytes.indexOf('\n', at);
    if (lineEnd < 0) return bytes.length + 1;
    if (bytes.toString('latin1', at, lineEnd).replace(/\r$/, '') === '') return lineEnd + 1;
    at = lineEnd + 1;
  }
}
