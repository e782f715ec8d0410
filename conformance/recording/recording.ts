/**
 * What was seen on connections, in order of time: the one form that every recording takes, whether
 * a browser saved it, a capture has it, or one of our own drivers made it.
 *
 * Header values are as they were sent, secrets and all. `redact.ts` makes one that is safe to send.
 *
 * @source RFC 9110 11.6, 11.7 (what of a message is about authentication), 15.4 (redirects)
 */

/** A connection, as the recording calls it: unique in it, and one for each TCP connection. */
export type ConnectionId = string;

/** Who is at the two ends of a connection. */
export type Connection = {
  readonly id: ConnectionId;
  readonly client: string; // a user or a program, by any name
  readonly server: string; // an origin, "http://127.0.0.5:8081"; of a proxy: its own
  /** The requests are to a proxy, which answers 407 (RFC 9110 11.7). */
  readonly isProxy: boolean;
};

export type Observation =
  | { readonly what: 'opened' | 'closed'; readonly connection: ConnectionId }
  | {
      readonly what: 'request';
      readonly connection: ConnectionId;
      readonly method: string;
      readonly target: string; // path and query; at a proxy the whole URL
      /** Value of Authorization, or of Proxy-Authorization at a proxy. Null: there is none. */
      readonly authorization: string | null;
      /** The user for whom the client made it. Null: unknown. */
      readonly user: string | null;
    }
  | {
      readonly what: 'reply';
      readonly connection: ConnectionId;
      readonly status: number;
      /** Values of WWW-Authenticate, or of Proxy-Authenticate at a proxy, one for each field. */
      readonly authenticate: readonly string[];
      readonly location: string | null;
      /** The user whom the server names as the sender. Null: it names none. */
      readonly identity: string | null;
    };

/** Why a part of a connection is not in a recording, or tells nothing. */
export const OMISSION_REASONS = [
  'lost',
  'begun',
  'unreadable',
  'pipelined',
  'upgraded',
  'idle',
  'beyondProxy',
  'tunnelEncrypted',
  'tunnelUnreadable',
] as const;
export type OmissionReason = (typeof OMISSION_REASONS)[number];

/** A part of a connection that its recording leaves out. */
export type Omission = {
  readonly connection: ConnectionId;
  readonly reason: OmissionReason;
  readonly frame: number | null; // of a capture, from which on it is left out; null: not known
};

export type Recording = {
  readonly format: 'double-hop-recording/1';
  readonly source: string; // how it came about, in words: "curl 7.88.1 against the model"
  readonly connections: readonly Connection[];
  readonly observations: readonly Observation[];
  /** What of these connections is left out. Default: nothing. */
  readonly omissions?: readonly Omission[];
};

/** `part` completes "connection 1": "from frame 12 on". Null: all of it. */
export type OmissionWords = { readonly part: string | null; readonly why: string };

export function omissionWords({ reason, frame }: Omission): OmissionWords {
  const from = frame === null ? null : `from frame ${frame} on`;
  switch (reason) {
    case 'lost':
      return { part: from, why: 'the capture lost segments' };
    case 'begun':
      return { part: from, why: 'it had begun before the capture did' };
    case 'unreadable':
      return { part: from, why: 'what is sent on it is not HTTP/1.1' };
    case 'pipelined':
      return { part: from, why: 'its client pipelines requests, which is not modelled' };
    case 'upgraded':
      return { part: from, why: 'it changes to another protocol' };
    case 'idle':
      return { part: from, why: 'its server gives up waiting for a request, by a 408' };
    case 'beyondProxy':
      return {
        part: 'beyond the proxy',
        why: 'the messages between the proxy and the server at which it signs in are not in it',
      };
    case 'tunnelEncrypted':
      return { part: 'in its tunnel', why: 'what is sent there is encrypted' };
    case 'tunnelUnreadable':
      return { part: 'in its tunnel', why: 'what is sent there is not HTTP/1.1' };
  }
}

/** The error of readers and writers of recordings. `position` is in words. */
export class BadRecording extends Error {
  override name = 'BadRecording';
  readonly position: string; // "entry 3, response" or "byte 4,096"; '' of the whole

  /** The message by its lines. One that quotes the recording may hold a line break of its own. */
  readonly lines: readonly string[];

  constructor(position: string, problem: string, ...others: readonly string[]) {
    const lines = [position === '' ? problem : `${position}: ${problem}`, ...others];
    super(lines.join('\n'));
    this.position = position;
    this.lines = lines;
  }
}
