/** `double-hop inspect`: serves the inspector page until it is stopped. */
import { OWN_SOURCE } from '../../../inspector/feed.ts';
import { runActors } from '../../../inspector/server/actors.ts';
import { createJournal, type Journal } from '../../../inspector/server/journal.ts';
import { startProving } from '../../../inspector/server/prover.ts';
import { type Server, serve } from '../../../inspector/server/server.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { BadInput } from '../../input/bad-input.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { openBrowser } from '../../output/open-browser.ts';
import { PAGE_FOLDER, pageNotBuilt } from '../../package.ts';
import { contentFor, type PageContent, type PageOptions } from './page-content.ts';

export type InspectOptions = PageOptions & {
  readonly port: number; // 0: any free one
  readonly seed: number | undefined; // undefined: a new one
  readonly open: boolean;
};

const STEPS_PER_SECOND = 2; // slow enough to follow

/**
 * @param ended - resolves when the command should end.
 * @throws BadInput for conflicting options, a bad file, and a port that is in use.
 */
export async function inspect(
  path: string | undefined,
  options: InspectOptions,
  io: Io,
  ended: Promise<void>,
): Promise<Exit> {
  if (options.seed !== undefined && !options.live)
    throw new BadInput('--seed needs --live: only live actors take random steps');
  const content = contentFor(path, options);
  const journal = createJournal();
  const server = await served(options, journal);
  const fragment = new URLSearchParams({ token: server.token, ...content.place });
  const url = `http://127.0.0.1:${server.port}/#${fragment}`;
  for (const line of greeting(url, server, options)) io.out(line);
  const work = started(content, options, journal);
  try {
    if (options.open) await openBrowser(url);
    await Promise.race([ended, work.failed]);
  } finally {
    await Promise.all([work.stop(), server.close()]);
  }
  return EXIT.fine;
}

async function served({ port, live }: InspectOptions, journal: Journal): Promise<Server> {
  try {
    return await serve({ folder: PAGE_FOLDER, port, journal, acceptsWriters: live });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const instead = 'choose another with --port, or leave --port out';
    if (code === 'EADDRINUSE')
      throw new BadInput(`port ${port} is used by another program; ${instead}`);
    if (code === 'EACCES')
      throw new BadInput(`port ${port} needs administrator rights; ${instead}`);
    if (code === 'ENOENT') throw pageNotBuilt();
    throw error;
  }
}

function greeting(url: string, { port, token }: Server, options: InspectOptions) {
  const { live, stately } = options;
  return [
    `Open ${url}`,
    ...(live
      ? [
          'Other programs can show their actors there with @statelyai/inspect:',
          `  createWebSocketInspector({ url: 'ws://127.0.0.1:${port}/live?token=${token}',`,
          '    maxDeferredEvents: 1e6, serializationDepthLimit: 1e6 })',
          'A page can do so too, with createBrowserInspector, if the address names its origin:',
          `  createBrowserInspector({ url: 'http://127.0.0.1:${port}/#view=live&token=${token}&opener=ORIGIN' })`,
        ]
      : []),
    ...(stately
      ? [
          'The page can send a story to https://stately.ai/inspect, which is not on this machine.',
          'It asks you again before it sends anything.',
        ]
      : []),
    'Press Ctrl-C to end.',
  ];
}

type Work = {
  readonly stop: () => Promise<void>;
  readonly failed: Promise<never>; // rejects at a bug of ours
};

function started(content: PageContent, options: InspectOptions, journal: Journal): Work {
  const { opened, known, assignment } = content;
  journal.publish(opened);
  for (const news of known) journal.publish(news);
  if (assignment !== null)
    return { stop: startProving(assignment, journal), failed: new Promise(() => {}) };
  journal.publish({ type: 'finished' });
  return startActors(opened.deployments[0]!, options, journal);
}

function startActors(deployment: Deployment, { seed }: InspectOptions, journal: Journal): Work {
  const ending = new AbortController();
  const running = runActors({
    deployment,
    seed: seed ?? Math.floor(Math.random() * 2 ** 31),
    stepsPerSecond: STEPS_PER_SECOND,
    onInspection: (message) => {
      if (!journal.publish({ type: 'inspection', source: OWN_SOURCE, message })) ending.abort();
    },
    signal: ending.signal,
  });
  const ended = running.then(() => journal.publish({ type: 'left', source: OWN_SOURCE }));
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
    failed: ended.then(() => new Promise(() => {})),
  };
}
