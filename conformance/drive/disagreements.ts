/** What goes wrong between a driver and a server, as one sentence that names the server. */

/**
 * - `unreachable`: no connection to it can be made.
 * - `untrusted`: its certificate is not trusted, or is not for that name.
 * - `silent`: it does not answer in time.
 * - `malformed`: what it sends is not an HTTP response, or is too large to be one of ours.
 */
export type FaultKind = 'unreachable' | 'untrusted' | 'silent' | 'malformed';

/** The message is complete. Show it, and no stack. */
export class ServerFault extends Error {
  override name = 'ServerFault';
  readonly kind: FaultKind;
  readonly server: string; // its origin

  constructor(kind: FaultKind, server: string, problem: string) {
    super(`${server}: ${problem}`);
    this.kind = kind;
    this.server = server;
  }
}
