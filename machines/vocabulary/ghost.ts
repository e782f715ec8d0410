/**
 * Ghosts (auxiliary variables): what a request carries for the monitors alone. Machines pass a
 * ghost on and never read it: no guard and no update depends on it, which a test checks.
 *
 * @source Owicki and Gries, An Axiomatic Proof Technique for Parallel Programs I, 1976, 4
 *   (auxiliary variables)
 */
import type { Purpose } from './purpose.ts';
import type { ConnectionName, HostName, UserName } from './terms.ts';

/** Who caused a request: a user, or the adversary. Of a program: the user whose task it is. */
export type Cause = UserName | HostName;

export type Ghost = {
  readonly cause: Cause;
  readonly purpose?: Purpose; // of a program's task; absent: of another party
  readonly run?: ConnectionName; // of the client that made the proof; absent: it proves nothing
};

/** Absent in messages that come off a real wire, of which no cause is known. */
export type Haunted = { readonly ghost?: Ghost };

/** The ghost of a request that proves nothing, of the same cause as `bearer`. */
export const causedBy = ({ ghost }: Haunted): Haunted =>
  ghost === undefined ? {} : { ghost: withoutRun(ghost) };

/** The ghost of a proof that the client makes on its connection `run`. */
export const provedOn = ({ ghost }: Haunted, run: ConnectionName): Haunted =>
  ghost === undefined ? {} : { ghost: { ...withoutRun(ghost), run } };

const withoutRun = ({ run: _, ...ghost }: Ghost): Ghost => ghost;

/** What a signal says of a request's ghost. Null: the request carries none, or proves nothing. */
export const ghostOf = ({ ghost }: Haunted) => ({
  cause: ghost?.cause ?? null,
  purpose: ghost?.purpose ?? null,
  run: ghost?.run ?? null,
});

/** Of a request: who caused it and for what purpose. */
export const originOf = (bearer: Haunted) => {
  const { cause, purpose } = ghostOf(bearer);
  return { cause, purpose };
};
