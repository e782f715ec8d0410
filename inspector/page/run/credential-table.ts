/**
 * The credentials of a story: a row for each, a column for each party, and the events in between.
 */
import type { CredentialEvent, TracedCredential } from '../../../story/credential-events.ts';
import type { Story } from '../../story/story.ts';

export type Did = CredentialEvent['did'];

export type Deed = {
  readonly did: Did;
  readonly since: number; // the position at which it was done first
  readonly isNow: boolean; // done, perhaps again, by the last step that counts
};

export type CredentialRow = {
  readonly credential: string; // "alice's password"
  /** By party, as the matrix has them. Empty: it never came there. */
  readonly cells: readonly (readonly Deed[])[];
};

export type CredentialTable = {
  readonly parties: readonly string[];
  readonly rows: readonly CredentialRow[];
};

/** A whole story's, from which the matrix at any position is read off. */
export type Ledger = {
  readonly parties: readonly string[];
  /** By credential, then by party. Positions ascend. */
  readonly entries: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<Did, readonly number[]>>>;
};

const ORDER: readonly Did[] = [
  'typed',
  'sent',
  'received',
  'accepted',
  'learned',
  'refused',
  'served',
];

export function nameOf({ kind, user }: TracedCredential): string {
  if (kind === 'password') return user === null ? 'a mistyped password' : `${user}'s password`;
  if (kind === 'token') return user === null ? 'an anonymous token' : `a token for ${user}`;
  return user === null ? 'an anonymous response' : `a response as ${user}`;
}

export function ledgerOf({ parties, steps }: Pick<Story, 'parties' | 'steps'>): Ledger {
  const lanes = new Set(parties);
  const entries = new Map<string, Map<string, Map<Did, number[]>>>();
  steps.forEach(({ credentials }, i) => {
    for (const { party, credential, did } of credentials) {
      lanes.add(party);
      const row = entryOf(entries, nameOf(credential), () => new Map<string, Map<Did, number[]>>());
      const deeds = entryOf(row, party, () => new Map<Did, number[]>());
      entryOf(deeds, did, (): number[] => []).push(i + 1);
    }
  });
  return { parties: [...lanes], entries };
}

/** @param position - what later steps did is left out. */
export function credentialTableAt({ parties, entries }: Ledger, position: number): CredentialTable {
  const rows = [...entries].map(([credential, row]) => ({
    credential,
    cells: parties.map((party) => deedsAt(row.get(party), position)),
  }));
  return { parties, rows: rows.filter(({ cells }) => cells.some((deeds) => deeds.length > 0)) };
}

function deedsAt(deeds: ReadonlyMap<Did, readonly number[]> = new Map(), position: number) {
  return ORDER.flatMap((did): readonly Deed[] => {
    const positions = deeds.get(did) ?? [];
    const since = positions[0];
    if (since === undefined || since > position) return [];
    return [{ did, since, isNow: positions.includes(position) }];
  });
}

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}
