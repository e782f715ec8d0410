/** `double-hop export`: writes every counterexample and witness as files. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verdictSentence } from '../../../inspector/story/verdict-story.ts';
import { verdictOf } from '../../../properties/verdicts/verdicts.ts';
import { BadInput } from '../../input/bad-input.ts';
import {
  chosenSubject,
  faultOf,
  machinesWith,
  type SubjectOptions,
  tasksOf,
} from '../../input/subject.ts';
import { checkAll } from '../../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { folderOf, type StoryToWrite, storyFiles } from '../../output/story-files.ts';
import { reserveFolder } from '../../output/write-files.ts';
import { PAGE_FOLDER, pageNotBuilt } from '../../package.ts';
import { markdownTable, markdownText } from '../../pages/markdown.ts';

export type ExportOptions = SubjectOptions & {
  readonly claim: readonly string[]; // ids; empty: all
  readonly out: string; // a folder
  readonly force: boolean;
  readonly maxStates: number;
  readonly maxMemory: number; // bytes
};

/**
 * @throws BadInput for wrong options, and for a folder that is not empty.
 * @throws LimitReached when a search exceeds its limit, after the earlier stories are written.
 * @throws Interrupted after the earlier stories are written.
 */
export async function exportStories(
  path: string | undefined,
  options: ExportOptions,
  io: Io,
): Promise<Exit> {
  const { out, force, maxStates: statesMax, maxMemory: bytesMax } = options;
  const subject = chosenSubject(path, options);
  const fault = faultOf(options.fault);
  const tasks = tasksOf(subject, options.claim, fault ?? null);
  const folder = reserveFolder(out, force);
  try {
    const template = templateText();
    const limits = { statesMax, bytesMax, machines: machinesWith(fault) };
    const { results, stopped } = await checkAll(tasks, limits, io);
    const found = results
      .filter(({ trace }) => trace !== null)
      .map(
        (result): StoryToWrite => ({
          verdict: verdictOf(result),
          deployment: result.deployment,
          fault: fault?.id ?? null,
          topology: subject.topology.name,
        }),
      );
    if (found.length === 0) throw stopped ?? nothingToExport(results.length);
    folder.write([{ path: 'index.md', text: listOf(found) }, ...found.flatMap(filesOf(template))]);
    for (const story of found) io.out(join(out, folderOf(story), 'index.html'));
    if (stopped !== null) throw stopped;
    return EXIT.fine;
  } finally {
    folder.release();
  }
}

/** In a folder of its own. */
const filesOf = (template: string) => (story: StoryToWrite) =>
  storyFiles(story, template).map(({ path, text }) => ({
    path: `${folderOf(story)}/${path}`,
    text,
  }));

function templateText(): string {
  try {
    return readFileSync(join(PAGE_FOLDER, 'standalone.html'), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw pageNotBuilt();
  }
}

const nothingToExport = (claims: number) =>
  new BadInput(`${claims} claims were checked; none has a trace, so there is nothing to export`);

function listOf(stories: readonly StoryToWrite[]): string {
  const rows = stories.map((story) => {
    const { verdict, deployment, fault } = story;
    return [
      `[${verdict.id}](${folderOf(story)}/index.html)`,
      markdownText(deployment.name),
      markdownText(verdictSentence(verdict, deployment.name, fault)),
    ];
  });
  return `# Stories\n\n${markdownTable(['claim', 'deployment', 'verdict'], rows)}\n`;
}
