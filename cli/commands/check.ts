/** `double-hop check`: checks the claims about a topology, and prints verdicts and stories. */
import type { Command } from 'commander';
import { CLAIMS } from '../../properties/catalogue.ts';
import type { ClaimResult } from '../../properties/check.ts';
import { summaryOf } from '../../properties/deployments/summary.ts';
import { verdictsOf } from '../../properties/verdicts/verdicts.ts';
import { costOf } from '../../story/credential-events.ts';
import { sideBySide } from '../../story/diagram/columns.ts';
import { sentencesOf } from '../../story/sentences.ts';
import {
  exitCodes,
  JSON_OPTION,
  MAX_MEMORY,
  MAX_STATES,
  TOPOLOGY,
  wholeNumber,
} from '../input/options.ts';
import { type ClaimTask, type CommandSubject, subjectOf, tasksOf } from '../input/subject.ts';
import { checkAll } from '../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { wrapped } from '../output/layout.ts';
import { counted } from '../output/progress.ts';
import { shellWord } from '../output/shell-word.ts';
import {
  type CheckedClaim,
  headline,
  isSurprise,
  neverLines,
  stories,
  unchecked,
  verdictLines,
} from '../output/verdict-report.ts';

export type CheckOptions = {
  readonly claim: readonly string[]; // ids; empty: all
  readonly maxStates: number;
  readonly maxSeconds: number;
  readonly maxMemory: number; // bytes
  readonly symmetry: boolean;
  readonly stories: boolean;
  readonly json: boolean;
};

const EXIT_CODES = exitCodes({
  0: 'every verdict is as the file expects; where it expects nothing, no claim is violated',
  1: 'a claim is violated, or a verdict is not as the file expects',
  2: 'bad input: a wrong file, claim or option',
  3: 'a limit was reached; the remaining claims are not proved',
  130: 'interrupted with Ctrl-C; the remaining claims are not proved',
});

export function addCheck(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('check', { isDefault: true })
    .description('check the claims about a topology')
    .argument(...TOPOLOGY)
    .option('--claim <id...>', 'check only these claims', [])
    .addOption(MAX_STATES)
    .option('--max-seconds <n>', 'stop a search that takes longer', wholeNumber(1, 86_400), 600)
    .addOption(MAX_MEMORY)
    .option('--symmetry', 'visit only one of the states that differ in names alone', false)
    .option('--stories', 'tell every counterexample and witness step by step', false)
    .option(...JSON_OPTION)
    .option('--bench', 'compare the speed of the checker with others instead (30 minutes)', false)
    .addHelpText('after', EXIT_CODES)
    .action(async (path: string | undefined, options: CheckOptions & { bench: boolean }) =>
      exit(await (options.bench ? compare(io) : check(path, options, io))),
    );
}

async function compare(io: Io): Promise<Exit> {
  const [{ bench }, { DEFAULTS }] = await Promise.all([
    import('../bench/bench.ts'),
    import('../bench/bench-options.ts'),
  ]);
  return bench(DEFAULTS, io);
}

/**
 * Prints the verdicts it has reached even when it stops early.
 *
 * @throws BadInput for a wrong file or claim.
 * @throws LimitReached when a search exceeds a limit of the options.
 * @throws Interrupted
 */
export async function check(
  path: string | undefined,
  options: CheckOptions,
  io: Io,
): Promise<Exit> {
  const subject = subjectOf(path);
  const tasks = tasksOf(subject, options.claim);
  const limits = {
    statesMax: options.maxStates,
    millisecondsMax: options.maxSeconds * 1000,
    bytesMax: options.maxMemory,
    symmetry: options.symmetry,
  };
  const { results, stopped } = await checkAll(tasks, limits, io);
  const isOverview = path === undefined && options.claim.length === 0 && stopped === null;
  if (options.json) {
    const document = verdictsOf(subject.topology.name, results, null);
    io.json(document);
  } else {
    for (const line of report(subject, results, tasks.length, io)) io.out(line);
    if (options.stories) for (const line of stories(results, io)) io.out(line);
    if (isOverview) io.text(overview(results, io).join('\n'));
    else for (const line of hints(path, options, tasks, results, io)) io.out(line);
  }
  if (stopped !== null) throw stopped;
  return results.some(isSurprise) ? EXIT.surprise : EXIT.fine;
}

function report(
  { deployments }: CommandSubject,
  results: readonly CheckedClaim[],
  tasks: number,
  io: Io,
): readonly string[] {
  return [
    ...deployments.flatMap((deployment) => {
      const own = results.filter((result) => result.deployment === deployment);
      if (own.length === 0) return [];
      return [
        `${io.emphasis('bold', deployment.name)}: ${summaryOf(deployment)}`,
        ...wrapped(headline(own, io), io.columns),
        '',
        ...verdictLines(own, io),
        ...neverLines(own, io),
        '',
      ];
    }),
    ...(results.length < tasks
      ? [`${results.length} of ${tasks} verdicts; the remaining claims are not proved.`]
      : []),
    ...visits(results),
  ];
}

/** What was not checked, and how to see a violation. */
function hints(
  path: string | undefined,
  { claim, stories }: CheckOptions,
  tasks: readonly ClaimTask[],
  results: readonly CheckedClaim[],
  io: Io,
): readonly string[] {
  const violated = results.find(({ verdict }) => verdict === 'violated');
  const file = path === undefined ? '' : ` ${shellWord(path)}`;
  return [
    ...(claim.length > 0
      ? []
      : unchecked(CLAIMS, [...new Set(tasks.map((task) => task.claim))], io)),
    ...(violated === undefined || stories
      ? []
      : ['', `Step by step: npx double-hop trace ${violated.claim.id}${file}, or check --stories`]),
  ];
}

/** With symmetry, the number of visited states and of the states that they stand for. */
function visits(results: readonly ClaimResult[]): readonly string[] {
  const sum = (of: (result: ClaimResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const [visited, states] = [sum((result) => result.visited), sum(({ states }) => states)];
  if (visited === states) return [];
  return [`${counted(visited)} states were visited; they stand for ${counted(states)} states.`];
}

/** The article in two stories, and the next commands to try. */
function overview(results: readonly ClaimResult[], io: Io): readonly string[] {
  const story = (id: string, title: string) => {
    const trace = results.find(({ claim }) => claim.id === id)?.trace ?? [];
    return { title, cost: costOf(trace), lines: sentencesOf(trace) };
  };
  const ntlm = story('asked-again', 'With NTLM the second hop stops');
  const basic = story('mailbox-read', 'With Basic the second hop passes, at this cost');
  return [
    '',
    sideBySide(ntlm, basic, io.columns).trimEnd(),
    '',
    `NTLM leaves behind:  ${ntlm.cost}`,
    `Basic leaves behind: ${basic.cost}`,
    '',
    'Next:',
    '  npx double-hop trace confinement             see how Basic passes the password on',
    '  npx double-hop trace prompt-loop --mermaid   draw the endless prompts as a diagram',
    '  npx double-hop check FILE                    check your own deployment (see topologies/)',
    '  npx double-hop walk                          take random hop sequences',
  ];
}
