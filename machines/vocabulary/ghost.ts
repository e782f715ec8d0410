/**
 * Ghosts (auxiliary variables): what a request carries for the monitors alone. Machines pass a ghost
 * on and never read it: no guard and no update depends on it, which a test checks by erasing it.
 *
 * @source Owicki and Gries, An Axiomatic Proof Technique for Parallel Programs I, 1976, 4 (auxiliary
 *   variables)
 */
import type { ConnectionName, HostName, UserName } from './terms.ts';

/** Who caused a request: a user, or the adversary. Of a program: the user whose task it is. */
export type Cause = UserName | HostName;

export type Ghost = {
  readonly cause: Cause;
  readonly run?: ConnectionName; // of the client that made the proof; absent: it proves nothing
};

/** Absent in messages that come off a real wire, of which no cause is known. */
export type Haunted = { readonly ghost?: Ghost };

/** The ghost of a request that proves nothing, of the same cause as `bearer`. */
export const causedBy = ({ ghost }: Haunted): Haunted =>
  ghost === undefined ? {} : { ghost: { cause: ghost.cause } };

/** The ghost of a proof that the client makes on its connection `run`. */
export const provedOn = ({ ghost }: Haunted, run: ConnectionName): Haunted =>
  ghost === undefined ? {} : { ghost: { cause: ghost.cause, run } };

/** What a signal says of a request's ghost. Null: the request carries none, or proves nothing. */
export const ghostOf = ({ ghost }: Haunted) => ({
  cause: ghost?.cause ?? null,
  run: ghost?.run ?? null,
});

export const causeOf = ({ ghost }: Haunted): Cause | null => ghost?.cause ?? null;
