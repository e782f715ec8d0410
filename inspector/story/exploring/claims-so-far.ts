/** The state of each claim in a run so far, position by position. */
import type { AnyMachineSnapshot } from 'xstate';
import type { Claim, Kind } from '../../../properties/claim.ts';
import type { CheckableClaim } from './explorable.ts';

/** One condition of a claim: that a monitor is not violated, or a property. */
export type PartSoFar = {
  readonly name: string;
  readonly holds: boolean; // here
  /** The first position at which it failed; of a goal, at which it held. Null: none. */
  readonly since: number | null;
};

export type ClaimSoFar = {
  readonly id: string;
  readonly name: string;
  readonly kind: Kind;
  /**
   * One run proves no claim: it does not show the other runs, nor whether a response comes later.
   */
  readonly state: 'holds so far' | 'violated' | 'witnessed' | 'not yet';
  /** The position since which it is violated or witnessed, by all its parts. Null: neither. */
  readonly since: number | null;
  readonly parts: readonly PartSoFar[];
};

export type Here = {
  readonly position: number;
  readonly snapshot: (component: string) => AnyMachineSnapshot;
  readonly isDeadlock: boolean;
};

/** @param before - at the position before this one. Null: this is the first. */
export const claimsAt = (
  claims: readonly CheckableClaim[],
  here: Here,
  before: readonly ClaimSoFar[] | null,
): readonly ClaimSoFar[] =>
  claims.map(({ claim, properties }, i): ClaimSoFar => {
    const known = before?.[i]?.parts;
    const holding =
      claim.kind === 'deadlock-free'
        ? [{ name: claim.name, holds: !here.isDeadlock }]
        : properties.map(({ name, reads, holds }) => ({
            name,
            holds: holds(...reads.map(here.snapshot)),
          }));
    const parts = holding.map(({ name, holds }, part): PartSoFar => {
      const hasTurned = claim.kind !== 'response' && holds !== isSafety(claim);
      const since = known?.[part]?.since ?? (hasTurned ? here.position : null);
      return { name, holds, since };
    });
    return { id: claim.id, name: claim.name, kind: claim.kind, ...verdictOf(claim, parts), parts };
  });

/** True: one state in which it fails refutes the claim. False: one in which it holds shows it. */
const isSafety = ({ kind }: Claim) => kind === 'always' || kind === 'deadlock-free';

function verdictOf(claim: Claim, parts: readonly PartSoFar[]): Pick<ClaimSoFar, 'state' | 'since'> {
  const turned = parts.flatMap(({ since }) => since ?? []);
  if (isSafety(claim))
    return turned.length === 0
      ? { state: 'holds so far', since: null }
      : { state: 'violated', since: Math.min(...turned) };
  if (claim.kind === 'response')
    return { state: parts.every(({ holds }) => holds) ? 'holds so far' : 'not yet', since: null };
  return turned.length < parts.length
    ? { state: 'not yet', since: null }
    : { state: 'witnessed', since: Math.max(...turned) };
}
