/** Results for people: a line for each claim, what never happens, and traces as stories. */

import type { FiledCause } from '../../properties/causes/field-lines.ts';
import type { ClaimResult } from '../../properties/check.ts';
import { type Claim, isNegative } from '../../properties/claim.ts';
import type { Vacuity } from '../../properties/vacuity.ts';
import { costOf } from '../../story/credential-events.ts';
import { sentencesOf } from '../../story/sentences.ts';
import type { Io } from './io.ts';
import { numbered, wrapped } from './layout.ts';
import { counted } from './progress.ts';

export type CheckedClaim = ClaimResult & {
  readonly vacuity: Vacuity | null; // whether the claim says anything. Null: it does not hold
  readonly cause: FiledCause | null; // of a violation
  readonly isFiled: boolean; // the topology is from a file of the user
};

/** The file expects another verdict; of a claim that it does not name, any but `violated`. */
export const isSurprise = ({ verdict, expected }: ClaimResult): boolean =>
  expected === null ? verdict === 'violated' : verdict !== expected;

export const isVacuous = ({ vacuity }: CheckedClaim): boolean => vacuity?.isVacuous ?? false;

/** What matters most stands first: 0 to 3. */
function concern(result: CheckedClaim): number {
  if (isSurprise(result)) return 0;
  if (isNegative(result)) return 1;
  return isVacuous(result) ? 2 : 3;
}

function wordsOf(result: CheckedClaim): string {
  const { verdict, expected } = result;
  if (expected !== null && expected !== verdict) return `${verdict}, not ${expected}`;
  if (verdict === 'violated' && expected !== null) return 'violated, as expected';
  return isVacuous(result) ? 'holds vacuously' : verdict;
}

const SIGNS = ['✗', '✗', '!', '✓'] as const;
const STYLES = ['red', 'bold', 'bold', 'green'] as const;

/** A line for each claim: the verdict and the claim's sentence, then what else has room. */
export function verdictLines(results: readonly CheckedClaim[], io: Io): readonly string[] {
  const width = Math.max(0, ...results.map((result) => wordsOf(result).length));
  const sorted = results.toSorted((one, other) => concern(one) - concern(other));
  return sorted.flatMap((result) => {
    const rank = concern(result);
    const verdict = `${SIGNS[rank]!} ${wordsOf(result).padEnd(width)}  `;
    const room = io.columns - verdict.length;
    const [first = '', ...more] = wrapped(textOf(result, room), room);
    const indent = ' '.repeat(verdict.length);
    return [
      `${io.emphasis(STYLES[rank]!, verdict)}${first}`,
      ...[...more, ...detailsOf(result).flatMap((text) => wrapped(text, room))]
        .filter((line) => line !== '')
        .map((line) => `${indent}${line}`),
    ];
  });
}

/** The counts give way first. */
function textOf({ claim, states, depth, milliseconds }: CheckedClaim, room: number): string {
  const short = `${claim.name} (${claim.id})`;
  const counts = `${counted(states)} states, depth ${depth}, ${Math.round(milliseconds)} ms`;
  const long = `${claim.name} (${claim.id}; ${counts})`;
  return long.length <= room ? long : short;
}

/** The cause of a violation, and the field that allows it; what a vacuous claim speaks of. */
function detailsOf(result: CheckedClaim): readonly string[] {
  const { vacuity, cause, claim, trace } = result;
  if (isVacuous(result)) return [vacuity!.never.join('; ')];
  if (cause === null) return [];
  const steps = trace?.length ?? 0;
  const where = claim.kind === 'always' ? `step ${cause.step} of ${counted(steps)}: ` : '';
  return [`${where}${cause.sentence}`, ...allowedBy(result)];
}

/** "allowed by hosts[proxy].paths[0]: pooled (line 9)" */
function allowedBy({ cause, isFiled }: Pick<CheckedClaim, 'cause' | 'isFiled'>): readonly string[] {
  if (!cause?.allowedBy) return [];
  const { path, value, line } = cause.allowedBy;
  const place = line !== null ? ` (line ${line})` : isFiled ? ' (the default)' : '';
  return [`allowed by ${path}: ${value}${place}`];
}

/** One line for the results of a deployment. */
export function headline(results: readonly CheckedClaim[], io: Io): string {
  const total = results.length;
  const surprises = results.filter(isSurprise);
  const violated = results.filter(({ verdict }) => verdict === 'violated');
  const vacuous = results.filter(isVacuous).length;
  const isExpecting = results.some(({ expected }) => expected !== null);
  const hold = vacuous === 1 ? '1 claim holds' : `${vacuous} claims hold`;
  const warning = vacuous === 0 ? '' : ` ${hold} vacuously.`;
  if (surprises.length === 0 && violated.length > 0) {
    const known = `${violated.length} ${are(violated)} violated: ${idsOf(violated)}`;
    return `All ${total} verdicts are as the file expects; ${known}.${warning}`;
  }
  if (surprises.length === 0) return `No claim of ${total} is violated.${warning}`;
  const what = isExpecting
    ? `${surprises.length} of ${total} verdicts ${are(surprises)} not as expected`
    : `${surprises.length} of ${total} ${total === 1 ? 'claim' : 'claims'} ${are(surprises)} violated`;
  return `${io.emphasis('red', `${what}: ${idsOf(surprises)}.`)}${warning}`;
}

const are = ({ length }: readonly unknown[]): string => (length === 1 ? 'is' : 'are');
const idsOf = (results: readonly ClaimResult[]): string =>
  results.map(({ claim }) => claim.id).join(', ');

/**
 * What never happens of the things that claims speak of, although the claims hold; and, where some
 * party never acts, the messages that were only ever refused.
 */
export function neverLines(results: readonly CheckedClaim[], io: Io): readonly string[] {
  const never = new Set(
    results.filter((result) => !isVacuous(result)).flatMap(({ vacuity }) => vacuity?.never ?? []),
  );
  if (never.size === 0) return [];
  const idle = results.find(
    ({ claim, vacuity }) => claim.id === 'deadlock-free' && vacuity?.never.length,
  );
  const refusals = idle?.neverAccepted ?? [];
  return [
    '',
    ...wrapped(`Never happens here: ${[...never].join('; ')}.`, io.columns),
    ...(refusals.length === 0
      ? []
      : wrapped(`Messages that are only ever refused: ${refusals.join('; ')}.`, io.columns)),
  ];
}

/** Each claim that does not apply, with the words of where it does. Witnesses share a line. */
export function unchecked(all: readonly Claim[], applying: readonly Claim[], io: Io) {
  const left = all.filter((claim) => !applying.includes(claim));
  const byScope = new Map<string, string[]>();
  for (const { id, scope, kind } of left)
    if (kind !== 'sometimes') byScope.set(scope, [...(byScope.get(scope) ?? []), id]);
  const witnesses = left.flatMap(({ id, kind }) => (kind === 'sometimes' ? [id] : []));
  const lines = [
    ...[...byScope].map(([scope, ids]) => `${ids.join(', ')}: where ${scope}`),
    ...(witnesses.length === 0 ? [] : [`${witnesses.join(', ')}: witnesses of other claims`]),
  ];
  if (lines.length === 0) return [];
  return [
    'Not checked, as these claims apply elsewhere:',
    ...lines.flatMap((text) =>
      wrapped(text, io.columns - 2).map((line, part) => (part === 0 ? `- ${line}` : `  ${line}`)),
    ),
  ];
}

/** Every counterexample and witness. Claims with the same trace share one story. */
export function stories(results: readonly CheckedClaim[], io: Io): readonly string[] {
  const byTrace = new Map<string, { heads: string[]; causes: Set<string>; result: ClaimResult }>();
  for (const result of results) {
    const { claim, deployment, verdict, trace, loop } = result;
    if (trace === null) continue;
    const key = `${deployment.name} ${loop} ${JSON.stringify(trace)}`;
    const story = byTrace.get(key) ?? { heads: [], causes: new Set(), result };
    story.heads.push(`${claim.id} ${verdict}: ${claim.name}`);
    for (const line of causeLines(result, io)) story.causes.add(line);
    byTrace.set(key, story);
  }
  return [...byTrace.values()].flatMap(({ heads, causes, result: { deployment, trace, loop } }) => [
    '',
    ...heads.map((head) => io.emphasis('bold', `${deployment.name}: ${head}`)),
    ...numbered(sentencesOf(trace!, deployment), io.columns, loop),
    `  ${costOf(trace!, deployment)}`,
    ...causes,
  ]);
}

function causeLines({ claim, cause, isFiled }: CheckedClaim, io: Io): readonly string[] {
  if (cause === null) return [];
  const where = claim.kind === 'always' ? `, in step ${cause.step}` : ''; // others name their steps
  const texts = [`Cause${where}: ${cause.sentence}`, ...allowedBy({ cause, isFiled })];
  return texts.flatMap((text, part) =>
    wrapped(text, io.columns - 4).map((line, i) => (part + i === 0 ? `  ${line}` : `    ${line}`)),
  );
}
