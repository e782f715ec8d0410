/** Other people's HTTP clients, which visit one URL after the other. */
import type { Account } from '../../conformance/codec/initiate.ts';
import type { Requirement } from '../requirements.ts';

/** One request of a user, with all requests that the client makes for it. */
export type Visit = {
  readonly url: string;
  /** For whom. Visits with the same name have the same user of the client. */
  readonly user: string;
  /** The user's account for the origin of `url` alone. Null: none. */
  readonly account: Account | null;
};

export type VisitOutcome = {
  /** Of the last reply. Null: there was none, or the client did not report one. */
  readonly status: number | null;
  /** Its error message, if it gave up. `ENDLESS`: it did not, and was cut off. */
  readonly trouble: string | null;
};

/** The trouble of a client that retries without end at a server that answers. */
export const ENDLESS = 'retries without end';

/** Requests after which a client is cut off, if possible; none needs a third of them. */
export const REQUESTS_MAX = 12;

/** Milliseconds for one visit. */
export const VISIT_MAX = 10_000;

export type Client = {
  readonly name: string;
  /** The calls and options with which it is run. */
  readonly use: string;
  /** Who decides about requests and connections. Ours: the client only makes messages. */
  readonly conduct: 'its own' | 'ours';
  /** Whether it may begin a connection with a handshake. */
  readonly negotiatesAtOnce: boolean;
  readonly needs: readonly Requirement[];
  /** Its version, as it reports it. */
  readonly version: () => Promise<string>;
  /**
   * Makes the visits in order, in one process, so the client may keep state between them. It never
   * throws: an error is an outcome. It ends in time, whatever servers do.
   */
  readonly run: (visits: readonly Visit[]) => Promise<readonly VisitOutcome[]>;
};

/** `DOMAIN\\user`, or the user alone where there is no domain, as Basic has it. */
export const nameOf = ({ domain, user }: Account): string =>
  domain === '' ? user : `${domain}${SLASH}${user}`;

const SLASH = '\\';

/** The outcome of `work`, or of its time limit. The client's own timer may be slower. */
export async function withinTime(work: Promise<VisitOutcome>): Promise<VisitOutcome> {
  let timer: NodeJS.Timeout | undefined;
  const cut = new Promise<VisitOutcome>((resolve) => {
    timer = setTimeout(() => resolve({ status: null, trouble: 'no answer in time' }), VISIT_MAX);
  });
  try {
    return await Promise.race([work, cut]);
  } catch (error) {
    return { status: null, trouble: inWords(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** The first line of an error message, without ports, which differ from run to run. */
export function inWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const [line = ''] = said.trim().split('\n');
  return line.replace(/(127\.\d+\.\d+\.\d+):\d+/g, '$1').replace(/\bport \d+/g, 'port');
}
