/** Judgements as people read them: a table of verdicts, and each trace as a numbered story. */
import type { ClaimResult } from '../../properties/check.ts';
import { costOf } from '../../story/credential-events.ts';
import { endlessly } from '../../story/endless.ts';
import { sentencesOf } from '../../story/sentences.ts';
import type { Io } from './io.ts';
import { type Cell, table } from './table.ts';

export const isSurprise = ({ verdict, expected }: ClaimResult): boolean => verdict !== expected;

function verdictOf(result: ClaimResult): string {
  const { verdict, expected } = result;
  if (isSurprise(result)) return `${verdict}, not ${expected}`;
  return verdict === 'violated' ? 'violated, as expected' : verdict;
}

export function verdictTable(results: readonly ClaimResult[], io: Io): readonly string[] {
  const rows = results.map((result): Cell[] => [
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

/**
 * The sentences, numbered and indented; a sentence too long for a line goes on below itself.
 *
 * @param loop - how many come before those that go on for ever: the next one is marked, and after
 *   the last it is said. Null: none do.
 */
export function numbered(
  sentences: readonly string[],
  columns: number,
  loop: number | null = null,
): readonly string[] {
  const margin = String(sentences.length).length + 2;
  const indent = ' '.repeat(margin);
  const end = endlessly(loop, sentences.length);
  return [
    ...sentences.flatMap((sentence, i) =>
      wrapped(sentence, columns - margin - 2).map((line, part) =>
        part === 0
          ? `${i === loop ? '>' : ' '} ${`${i + 1}.`.padStart(margin - 1)} ${line}`
          : `  ${indent}${line}`,
      ),
    ),
    ...(end === null ? [] : [`  ${indent}${end}`]),
  ];
}

export function wrapped(text: string, width: number): readonly string[] {
  const lines = [''];
  for (const word of text.split(' ')) {
    const last = lines.length - 1;
    const longer = lines[last] === '' ? word : `${lines[last]} ${word}`;
    if (longer.length <= Math.max(width, 20)) lines[last] = longer;
    else lines.push(word);
  }
  return lines;
}

/** Every counterexample and witness. Claims with the same trace share one story. */
export function stories(results: readonly ClaimResult[], io: Io): readonly string[] {
  const byTrace = new Map<string, { heads: string[]; result: ClaimResult }>();
  for (const result of results) {
    const { claim, deployment, verdict, trace, loop } = result;
    if (trace === null) continue;
    const key = `${deployment.name} ${loop} ${JSON.stringify(trace)}`;
    const told = byTrace.get(key) ?? { heads: [], result };
    told.heads.push(`${claim.id} ${verdict}: ${claim.name}`);
    byTrace.set(key, told);
  }
  return [...byTrace.values()].flatMap(({ heads, result: { deployment, trace, loop } }) => [
    '',
    ...heads.map((head) => io.emphasis('bold', `${deployment.name}: ${head}`)),
    ...numbered(sentencesOf(trace!, deployment), io.columns, loop),
    `  ${costOf(trace!, deployment)}`,
  ]);
}
