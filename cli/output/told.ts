/** Judgements as people read them: a table of verdicts, and each trace as a numbered story. */
import type { Judgement } from '../../properties/check.ts';
import { costOf } from '../../story/credentials-told.ts';
import { endlessly } from '../../story/endless.ts';
import { tellStory } from '../../story/sentences.ts';
import type { Io } from './io.ts';
import { type Cell, table } from './table.ts';

export const isSurprise = ({ verdict, expected }: Judgement): boolean => verdict !== expected;

function verdictOf(judgement: Judgement): string {
  const { verdict, expected } = judgement;
  if (isSurprise(judgement)) return `${verdict}, not ${expected}`;
  return verdict === 'violated' ? 'violated, as expected' : verdict;
}

export function verdictTable(judgements: readonly Judgement[], io: Io): readonly string[] {
  const rows = judgements.map((judgement): Cell[] => [
    judgement.claim.id,
    verdictOf(judgement),
    judgement.states,
    judgement.transitions,
    judgement.depth,
    Math.round(judgement.milliseconds),
    judgement.claim.name,
  ]);
  const heading = ['claim', 'verdict', 'states', 'transitions', 'depth', 'ms', ''];
  const [head, ...lines] = table(heading, rows, io.columns);
  return [
    io.emphasis('dim', head!),
    ...lines.map((line, i) => {
      const judgement = judgements[i]!;
      if (isSurprise(judgement)) return io.emphasis('red', line);
      return judgement.verdict === 'violated' ? io.emphasis('bold', line) : line;
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
export function stories(judgements: readonly Judgement[], io: Io): readonly string[] {
  const byTrace = new Map<string, { heads: string[]; judgement: Judgement }>();
  for (const judgement of judgements) {
    const { claim, deployment, verdict, trace, loop } = judgement;
    if (trace === null) continue;
    const key = `${deployment.name} ${loop} ${JSON.stringify(trace)}`;
    const told = byTrace.get(key) ?? { heads: [], judgement };
    told.heads.push(`${claim.id} ${verdict}: ${claim.name}`);
    byTrace.set(key, told);
  }
  return [...byTrace.values()].flatMap(({ heads, judgement: { deployment, trace, loop } }) => [
    '',
    ...heads.map((head) => io.emphasis('bold', `${deployment.name}: ${head}`)),
    ...numbered(tellStory(trace!, deployment), io.columns, loop),
    `  ${costOf(trace!, deployment)}`,
  ]);
}
