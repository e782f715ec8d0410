/**
 * A server to be driven: where it is, how it is reached, and who may sign in there.
 *
 * @source RFC 9110 11.6 (an origin's 401), 11.7 (a proxy's 407), 7.1 (what a proxy is asked for)
 */
import type { Account } from '../codec/initiate.ts';

export type Target = {
  /** What is asked for, as "http://127.0.0.5:8081" or "https://mail.example". No path. */
  readonly origin: string;
  /** Of a page that only somebody signed in may see, as "/ntlm/". */
  readonly path: string;
  /** The proxy that asks for the sign-in, as "http://127.0.0.8:8081". Null: the origin does. */
  readonly proxy: string | null;
  readonly accounts: {
    readonly right: Account; // may sign in
    readonly other: Account | null; // may sign in too. Null: there is no second account
  };
  /** The header of a response that names whom it was made for, as "X-User". Null: none does. */
  readonly identityHeader: string | null;
  /** Certificates to trust, in PEM, beside those that Node knows. Null: no others. */
  readonly ca: string | null;
};

/** Whose name a connection to it bears: that of whoever asks for the sign-in. */
export const serverOf = ({ origin, proxy }: Target): string => proxy ?? origin;

/**
 * - `unreachable`: no connection to it can be made.
 * - `untrusted`: its certificate is not trusted, or is not for that name.
 * - `silent`: it does not answer in time.
 * - `malformed`: what it sends is not an HTTP response, or is too large to be one of ours.
 */
export type ProblemKind = 'unreachable' | 'untrusted' | 'silent' | 'malformed';

/** The message is complete. Show it, and no stack. */
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
