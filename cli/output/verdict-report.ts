/** Results for people: a table of verdicts, and each trace as a numbered story. */
import type { ClaimResult } from '../../properties/check.ts';
import { costOf } from '../../story/credential-events.ts';
import { sentencesOf } from '../../story/sentences.ts';
import type { Io } from './io.ts';
import { numbered, type TableCell, table } from './layout.ts';

export const isSurprise = ({ verdict, expected }: ClaimResult): boolean => verdict !== expected;

function verdictOf(result: ClaimResult): string {
  const { verdict, expected } = result;
  if (isSurprise(result)) return `${verdict}, not ${expected}`;
  return verdict === 'violated' ? 'violated, as expected' : verdict;
}

export function verdictTable(results: readonly ClaimResult[], io: Io): readonly string[] {
  const rows = results.map((result): TableCell[] => [
    result.claim.id,
    verdictOf(result),
    result.states,
    result.transitions,
    result.depth,
    Math.round(result.milliseconds),
    result.claim.name,
  ]);
  const heading = ['claim', 'verdict', 'states', 'transitions', 'depth', 'ms', ''];
  const [head, ...lines] = table(heading, rows, io.columns);
  return [
    io.emphasis('dim', head!),
    ...lines.map((line, i) => {
      const result = results[i]!;
      if (isSurprise(result)) return io.emphasis('red', line);
      return result.verdict === 'violated' ? io.emphasis('bold', line) : line;
    }),
  ];
}

/** Every counterexample and witness. Claims with the same trace share one story. */
export function stories(results: readonly ClaimResult[], io: Io): readonly string[] {
  const byTrace = new Map<string, { heads: string[]; result: ClaimResult }>();
  for (const result of results) {
    const { claim, deployment, verdict, trace, loop } = result;
    if (trace === null) continue;
    const key = `${deployment.name} ${loop} ${JSON.stringify(trace)}`;
    const story = byTrace.get(key) ?? { heads: [], result };
    story.heads.push(`${claim.id} ${verdict}: ${claim.name}`);
    byTrace.set(key, story);
  }
  return [...byTrace.values()].flatMap(({ heads, result: { deployment, trace, loop } }) => [
    '',
    ...heads.map((head) => io.emphasis('bold', `${deployment.name}: ${head}`)),
    ...numbered(sentencesOf(trace!, deployment), io.columns, loop),
    `  ${costOf(trace!, deployment)}`,
  ]);
}
