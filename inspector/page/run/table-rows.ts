/** The table of claims: the verdicts that it shows, their groups, and the link of each. */
import { byConcern, rowOf, type VerdictRow } from '../../story/overview.ts';
import { isSameStory, type StoryRef } from '../place/address.ts';
import type { Entry } from '../sources/session.ts';
import { counted } from '../words.ts';

export type ClaimRow = VerdictRow & { readonly ref: StoryRef };

export type Grouping = 'verdict' | 'deployment';

export type Group = { readonly title: string; readonly rows: readonly ClaimRow[] };

/** Companion verdicts are left out: they are shown beside others. */
export function rowsOf(entries: readonly Entry[]): readonly ClaimRow[] {
  return entries.filter(({ isRemedy }) => !isRemedy).map((entry) => rowIn(entry, entries));
}

function rowIn({ ref, verdict, deployment }: Entry, entries: readonly Entry[]): ClaimRow {
  const others = entries.filter(
    (other) => other.ref.file === ref.file && other.ref.fault === ref.fault,
  );
  const verdicts = others.map((other) => other.verdict);
  return { ref, ...rowOf(verdict, deployment, ref.fault, verdicts) };
}

/** A claim without a trace, and the verdict whose trace is its witness. Null: it has a trace. */
export function holdingOf(
  entry: Entry,
  entries: readonly Entry[],
): { readonly row: ClaimRow; readonly witness: Entry | null } | null {
  if (entry.verdict.trace !== null) return null;
  const row = rowIn(entry, entries);
  const wanted = row.witness === null ? null : { ...entry.ref, claim: row.witness };
  const witness = entries.find(({ ref }) => wanted !== null && isSameStory(ref, wanted)) ?? null;
  return { row, witness };
}

const CONCERNS: readonly { readonly title: string; readonly has: (row: VerdictRow) => boolean }[] =
  [
    { title: 'Not as expected', has: ({ isSurprise }) => isSurprise },
    { title: 'Violated', has: ({ verdict }) => verdict.verdict === 'violated' },
    { title: 'Holds vacuously', has: ({ verdict }) => verdict.vacuity?.isVacuous === true },
    { title: 'Holds', has: ({ verdict }) => verdict.verdict === 'holds' },
    { title: 'Witnessed', has: ({ verdict }) => verdict.verdict === 'witnessed' },
    { title: 'Not witnessed', has: () => true },
  ];

/**
 * The most urgent groups and rows are first. Groups without rows are left out.
 *
 * @param text - each of its words is somewhere in the rows that are shown.
 */
export function groupsOf(
  rows: readonly ClaimRow[],
  text: string,
  groupBy: Grouping,
): readonly Group[] {
  const titleOf = (row: ClaimRow) =>
    groupBy === 'deployment' ? whereOf(row) : CONCERNS.find(({ has }) => has(row))!.title;
  const groups = new Map<string, ClaimRow[]>();
  if (groupBy === 'verdict') for (const { title } of CONCERNS) groups.set(title, []);
  for (const row of (byConcern(rows) as readonly ClaimRow[]).filter((one) => mentions(one, text))) {
    const title = titleOf(row);
    groups.set(title, [...(groups.get(title) ?? []), row]);
  }
  return [...groups]
    .filter(([, group]) => group.length > 0)
    .map(([title, group]) => ({ title, rows: group }));
}

/** "article (NTLM)", and what else makes a difference there. */
export function whereOf({ ref: { on, fault, file } }: ClaimRow): string {
  const parts = [on, fault === null ? null : `with ${fault}`, file];
  return parts.filter((part) => part !== null).join(', ');
}

function mentions(row: ClaimRow, text: string): boolean {
  const { id, name, kind, verdict } = row.verdict;
  const whole = [id, name, kind, verdict, whereOf(row)].join(' ').toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => whole.includes(word));
}

export type Lead = {
  readonly ref: StoryRef;
  readonly text: string; // "Counterexample, 7 steps"
};

/** A link to its own trace, or to a witness. Null: there is none, or not yet. */
export function leadFrom({ ref, verdict, witness }: ClaimRow): Lead | null {
  if (verdict.trace !== null) {
    const what = verdict.verdict === 'violated' ? 'Counterexample' : 'Witness';
    return { ref, text: `${what}, ${counted(verdict.trace.length, 'step')}` };
  }
  return witness === null ? null : { ref, text: `Witness: ${witness}` };
}

/** One sentence about the verdicts so far. */
export function summaryOf(rows: readonly ClaimRow[], isDone: boolean): string {
  const surprises = rows.filter(({ isSurprise }) => isSurprise).length;
  const count = counted(rows.length, 'verdict');
  if (rows.length === 0) return isDone ? 'There are no verdicts.' : 'No verdict yet.';
  if (surprises > 0)
    return `${surprises} of ${count} ${surprises === 1 ? 'is' : 'are'} not as expected.`;
  const violated = rows.filter(({ verdict }) => verdict.verdict === 'violated').length;
  return `${count}${isDone ? '' : ' so far'}, ${violated === 0 ? 'none' : violated} violated.`;
}
