/** `double-hop check`: proves the claims about a topology, and tells what came of it. */
import type { ClaimResult } from '../../properties/check.ts';
import { summaryOf } from '../../properties/deployments/summary.ts';
import { verdictsOf } from '../../properties/verdicts/verdicts.ts';
import { costOf } from '../../story/credential-events.ts';
import { sideBySide } from '../../story/diagram/columns.ts';
import { sentencesOf } from '../../story/sentences.ts';
import { type Subject, subjectOf, tasksOf } from '../input/subject.ts';
import { checkAll } from '../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { counted } from '../output/progress.ts';
import { isSurprise, stories, verdictTable } from '../output/told.ts';

export type CheckOptions = {
  readonly claim: readonly string[]; // ids; empty: all
  readonly maxStates: number;
  readonly maxSeconds: number;
  readonly maxMemory: number; // bytes
  readonly symmetry: boolean;
  readonly json: boolean;
};

/**
 * What was judged before it stops is told in any case.
 *
 * @throws BadInput for a file or a claim that is not what it should be.
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
    io.out(JSON.stringify(document, null, 2));
  } else {
    for (const line of report(subject, results, tasks.length, io)) io.out(line);
    for (const line of isOverview ? overview(results, io) : stories(results, io)) io.out(line);
  }
  if (stopped !== null) throw stopped;
  return isFine(subject, results) ? EXIT.fine : EXIT.surprise;
}

/** A surprise is what theory does not say. Of a user's own topology, a violation is one as well. */
const isFine = ({ isShipped }: Subject, results: readonly ClaimResult[]): boolean =>
  results.every((result) =>
    isSurprise(result) ? false : isShipped || result.verdict !== 'violated',
  );

function report(
  { deployments }: Subject,
  results: readonly ClaimResult[],
  tasks: number,
  io: Io,
): readonly string[] {
  const surprises = results.filter(isSurprise).length;
  return [
    ...deployments.flatMap((deployment) => {
      const own = results.filter((result) => result.deployment === deployment);
      if (own.length === 0) return [];
      const title = io.emphasis('bold', deployment.name);
      return [`${title}: ${summaryOf(deployment)}`, ...verdictTable(own, io), ''];
    }),
    surprises > 0
      ? io.emphasis('red', `${surprises} of ${results.length} verdicts are not as expected.`)
      : results.length < tasks
        ? `${results.length} of ${tasks} verdicts; the rest is not proved.`
        : `${results.length} verdicts, each as theory expects it.`,
    ...visits(results),
  ];
}

/** Both counts, where they differ. */
function visits(results: readonly ClaimResult[]): readonly string[] {
  const sum = (of: (result: ClaimResult) => number) =>
    results.reduce((total, result) => total + of(result), 0);
  const [visited, states] = [sum((result) => result.visited), sum(({ states }) => states)];
  if (visited === states) return [];
  return [`${counted(visited)} states were visited, which stand for ${counted(states)}.`];
}

/** The article in two stories, and where to go on from here. */
function overview(results: readonly ClaimResult[], io: Io): readonly string[] {
  const story = (id: string, title: string) => {
    const trace = results.find(({ claim }) => claim.id === id)?.trace ?? [];
    return { title, cost: costOf(trace), lines: sentencesOf(trace) };
  };
  const ntlm = story('asked-again', 'With NTLM the second hop stops');
  const basic = story('mailbox-read', 'With Basic it passes, and this is what it costs');
  return [
    '',
    sideBySide(ntlm, basic, io.columns).trimEnd(),
    '',
    `NTLM leaves behind:  ${ntlm.cost}`,
    `Basic leaves behind: ${basic.cost}`,
    '',
    'Look further:',
    '  npx double-hop trace confinement             how Basic carries the password past its server',
    '  npx double-hop trace prompt-loop --mermaid   the prompts that never end, as a diagram',
    '  npx double-hop check FILE                    your own deployment; topologies/ has examples',
    '  npx double-hop walk                          random hop sequences on random deployments',
  ];
}
