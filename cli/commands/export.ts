/** `double-hop export`: every counterexample and witness as files, to be looked at and sent on. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdictSentence } from '../../inspector/story/tell.ts';
import { verdictOf } from '../../properties/verdicts/verdicts.ts';
import { BadInput } from '../input/bad-input.ts';
import { type Choice, chosenSubject } from '../input/chosen.ts';
import { faultOf, machinesWith, tasksOf } from '../input/subject.ts';
import { notBuilt, PAGE_FOLDER } from '../output/built-page.ts';
import { checkAll } from '../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { folderOf, storyFiles, type Tale } from '../output/story-files.ts';
import { refuseOccupied, writeFolder } from '../output/write-folder.ts';
import { markdownTable } from '../pages/markdown.ts';

export type ExportOptions = Choice & {
  readonly claim: readonly string[]; // ids; empty: all
  readonly out: string; // a folder
  readonly force: boolean;
  readonly maxStates: number;
  readonly maxMemory: number; // bytes
};

/**
 * @throws BadInput for what was asked for, and for a folder that is not free.
 * @throws LimitReached when a search exceeds its limit; the stories before it are written.
 * @throws Interrupted, and the stories before it are written.
 */
export async function exportStories(
  path: string | undefined,
  options: ExportOptions,
  io: Io,
): Promise<Exit> {
  const { out, force, maxStates: statesMax, maxMemory: bytesMax } = options;
  const subject = chosenSubject(path, options);
  const tasks = tasksOf(subject, options.claim);
  if (!force) refuseOccupied(out);
  const template = templateText();
  const fault = faultOf(options.fault);
  const limits = { statesMax, bytesMax, machines: machinesWith(fault) };
  const { results, stopped } = await checkAll(tasks, limits, io);
  const tales = results
    .filter(({ trace }) => trace !== null)
    .map(
      (result): Tale => ({
        verdict: verdictOf(result),
        deployment: result.deployment,
        fault: fault?.id ?? null,
        topology: subject.topology.name,
      }),
    );
  if (tales.length === 0) throw stopped ?? nothingToExport(results.length);
  writeFolder(out, [
    { path: 'index.md', text: listOf(tales) },
    ...tales.flatMap((tale) =>
      storyFiles(tale, template).map(({ path: name, text }) => ({
        path: `${folderOf(tale)}/${name}`,
        text,
      })),
    ),
  ]);
  for (const tale of tales) io.out(join(out, folderOf(tale), 'index.html'));
  if (stopped !== null) throw stopped;
  return EXIT.fine;
}

function templateText(): string {
  try {
    return readFileSync(join(PAGE_FOLDER, 'standalone.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw notBuilt();
  }
}

const nothingToExport = (claims: number) =>
  new BadInput(`${claims} claims were judged, and none has a trace: there is nothing to export`);

function listOf(tales: readonly Tale[]): string {
  const rows = tales.map((tale) => {
    const { verdict, deployment, fault } = tale;
    return [
      `[${verdict.id}](${folderOf(tale)}/index.html)`,
      deployment.name,
      verdictSentence(verdict, deployment.name, fault),
    ].map((cell) => cell.replaceAll('|', '\\|'));
  });
  return `# Stories\n\n${markdownTable(['claim', 'deployment', 'what came of it'], rows)}\n`;
}
