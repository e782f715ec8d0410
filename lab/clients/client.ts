/** A client that others wrote, made to visit one URL after the other. */
import type { Account } from '../../conformance/codec/initiate.ts';
import type { Requirement } from '../requirements.ts';

/** One request that somebody makes, and whatever it takes the client to fulfil it. */
export type Visit = {
  readonly url: string;
  /** On whose behalf. Visits of the same user are of the same user of the client. */
  readonly user: string;
  /** What the user has for the origin of `url`, and for no other. Null: nothing. */
  readonly account: Account | null;
};

export type VisitOutcome = {
  /** Of the last reply. Null: there was none, or none that the client told of. */
  readonly status: number | null;
  /** Why it gave up, in words, where it has any. `ENDLESS`: it did not, and was cut off. */
  readonly trouble: string | null;
};

/** Trouble of a client that goes on and on at a server that answers. */
export const ENDLESS = 'retries without end';

/** Requests after which a client is cut off, where it can be; none needs a third of them. */
export const REQUESTS_MAX = 12;

/** Milliseconds that one visit may take. */
export const VISIT_MAX = 10_000;

export type Client = {
  readonly name: string;
  /** What is run, and what of it is ours: which calls, which options. */
  readonly use: string;
  /** Who decides what goes out when, and on which connection. Ours: it makes messages, no more. */
  readonly conduct: 'its own' | 'ours';
  /** Whether a handshake may be what it begins with, on any connection. */
  readonly negotiatesAtOnce: boolean;
  readonly needs: readonly Requirement[];
  /** Its own word for its version. */
  readonly version: () => Promise<string>;
  /**
   * Makes the visits in order, in one process, with everything that the client can keep between
   * them. It never throws: what goes wrong is an outcome. It ends in time, whatever servers do.
   */
  readonly run: (visits: readonly Visit[]) => Promise<readonly VisitOutcome[]>;
};

/** `DOMAIN\\user`, or the user alone where there is no domain, as Basic has it. */
export const nameOf = ({ domain, user }: Account): string =>
  domain === '' ? user : `${domain}${SLASH}${user}`;

const SLASH = '\\';

/** The outcome of `work`, or of its being cut off. A timer of the client's own may be slower. */
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

/** The first line of what an error says. Ports differ from run to run, so they are left out. */
export function inWords(error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const [line = ''] = said.trim().split('\n');
  return line.replace(/(127\.\d+\.\d+\.\d+):\d+/g, '$1').replace(/\bport \d+/g, 'port');
}
