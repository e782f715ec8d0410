/**
 * A server to drive: its address, its accounts, and the problems that end a run.
 *
 * @source RFC 9110 11.6 (an origin's 401), 11.7 (a proxy's 407), 7.1 (requests to a proxy)
 */
import type { Account } from '../codec/initiate.ts';

export type Target = {
  /** As "http://127.0.0.5:8081" or "https://mail.example", without a path. */
  readonly origin: string;
  /** The path of a page that needs a sign-in, as "/ntlm/". */
  readonly path: string;
  /** The proxy that asks for the sign-in, as "http://127.0.0.8:8081". Null: the origin asks. */
  readonly proxy: string | null;
  readonly accounts: {
    readonly right: Account; // may sign in
    readonly other: Account | null; // may sign in too. Null: there is no second account
  };
  /** The response header that names the user, as "X-User". Null: there is none. */
  readonly identityHeader: string | null;
  /** Further certificates to trust, in PEM. Null: only those that Node trusts. */
  readonly ca: string | null;
};

/** The origin that asks for the sign-in: of the proxy, if there is one. */
export const serverOf = ({ origin, proxy }: Target): string => proxy ?? origin;

/**
 * - `unreachable`: no connection to it can be made.
 * - `untrusted`: its certificate is not trusted, or is not for that name.
 * - `silent`: it does not answer within the time limit.
 * - `malformed`: its bytes are not an HTTP response, or exceed the limits.
 */
export type ProblemKind = 'unreachable' | 'untrusted' | 'silent' | 'malformed';

/** The message is complete: print it without a stack. */
export class ServerProblem extends Error {
  override name = 'ServerProblem';
  readonly kind: ProblemKind;
  readonly server: string; // its origin

  constructor(kind: ProblemKind, server: string, problem: string) {
    super(`${server}: ${problem}`);
    this.kind = kind;
    this.server = server;
  }
}
