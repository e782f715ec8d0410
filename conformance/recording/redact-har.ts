/** An HTTP archive without secrets: only the fields that the reader uses. */
import { type Aliases, aliases } from './aliases.ts';
import { harRecording, type ReadOptions } from './har.ts';
import { namesConnections } from './har-entries.ts';
import {
  redactedChallenges,
  redactedCredentials,
  redactedLocation,
  redactedMethod,
} from './redact.ts';

type Header = { readonly name: string; readonly value: string };
type Message = { readonly headers: readonly Header[]; readonly httpVersion?: string | null };
type Archive = {
  readonly log: {
    readonly entries: readonly {
      readonly startedDateTime: string;
      readonly time?: number | null;
      readonly connection?: string | number | null;
      readonly request: Message & { readonly method: string; readonly url: string };
      readonly response: Message & { readonly status: number };
    }[];
  };
};

/** @throws BadRecording for data that is not an archive that could be judged */
export function redactedHar(data: unknown, options: ReadOptions = {}): unknown {
  harRecording(data, options);
  const isNamed = namesConnections(data);
  const { log } = data as Archive;
  const as = aliases();
  return {
    log: {
      version: '1.2',
      creator: { name: 'double-hop', version: 'redacted' },
      entries: log.entries.map((entry) =>
        redactedEntry(isNamed ? entry : { ...entry, connection: null }, as, options),
      ),
    },
  };
}

function redactedEntry(
  { startedDateTime, time, connection, request, response }: Archive['log']['entries'][number],
  as: Aliases,
  options: ReadOptions,
) {
  const isNamed = connection !== undefined && connection !== null && connection !== '';
  return {
    startedDateTime: new Date(startedDateTime).toISOString(),
    time: time ?? 0,
    ...(isNamed && `${connection}` !== '0' ? { connection: as.connection(`${connection}`) } : {}),
    request: {
      method: redactedMethod(request.method),
      url: as.url(request.url),
      httpVersion: versionOf(request),
      headers: redactedHeaders(request.headers, as, options),
      cookies: [],
      queryString: [],
      headersSize: -1,
      bodySize: -1,
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: versionOf(response),
      headers: redactedHeaders(response.headers, as, options),
      cookies: [],
      content: { size: 0, mimeType: '' },
      redirectURL: '',
      headersSize: -1,
      bodySize: -1,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  };
}

const versionOf = ({ httpVersion }: Message): string =>
  /^(?:h[23]|http\/[23])/i.test(httpVersion ?? '') ? 'HTTP/2' : 'HTTP/1.1';

function redactedHeaders(
  headers: readonly Header[],
  as: Aliases,
  { identityHeader }: ReadOptions,
): readonly Header[] {
  return headers.flatMap(({ name, value }): Header[] => {
    switch (name.toLowerCase()) {
      case 'authorization':
      case 'proxy-authorization':
        return [{ name, value: redactedCredentials(value, as) }];
      case 'www-authenticate':
      case 'proxy-authenticate':
        return [{ name, value: redactedChallenges(value, as) }];
      case 'location':
        return [{ name, value: redactedLocation(value, as) }];
      case identityHeader?.toLowerCase():
        return [{ name, value: as.user(value) }];
      default:
        return [];
    }
  });
}
