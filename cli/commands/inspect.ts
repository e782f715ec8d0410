/** `double-hop inspect`: serves the page on which everything can be looked at, until it ends. */
import { OWN_SOURCE } from '../../inspector/feed.ts';
import { runActors } from '../../inspector/server/actors.ts';
import { createJournal, type Journal } from '../../inspector/server/journal.ts';
import { startProving } from '../../inspector/server/prover.ts';
import { type Server, serve } from '../../inspector/server/server.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { BadInput } from '../input/bad-input.ts';
import { notBuilt, PAGE_FOLDER } from '../output/built-page.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { openBrowser } from '../output/open-browser.ts';
import { type Inspected, type InspectedOptions, inspectedBy } from './inspected.ts';

export type InspectOptions = InspectedOptions & {
  readonly port: number; // 0: any that is free
  readonly seed: number | undefined; // undefined: a new one
  readonly open: boolean;
};

const STEPS_PER_SECOND = 2; // slow enough to look on

/**
 * @param ended - when it is to end.
 * @throws BadInput for options that do not fit, a bad file, and a port that is taken.
 */
export async function inspect(
  path: string | undefined,
  options: InspectOptions,
  io: Io,
  ended: Promise<void>,
): Promise<Exit> {
  if (options.seed !== undefined && !options.live)
    throw new BadInput('--seed goes with --live: only live actors take steps at random');
  const inspected = inspectedBy(path, options);
  const journal = createJournal();
  const server = await served(options, journal);
  const fragment = new URLSearchParams({ token: server.token, ...inspected.place });
  const url = `http://127.0.0.1:${server.port}/#${fragment}`;
  for (const line of greeting(url, server, options)) io.out(line);
  const work = started(inspected, options, journal);
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
      throw new BadInput(`port ${port} is taken by another program; ${instead}`);
    if (code === 'EACCES') throw new BadInput(`port ${port} is not for every user; ${instead}`);
    if (code === 'ENOENT') throw notBuilt();
    throw error;
  }
}

function greeting(url: string, { port, token }: Server, options: InspectOptions) {
  const { live, stately } = options;
  return [
    `Open ${url}`,
    ...(live
      ? [
          'Other programs show their actors there through @statelyai/inspect:',
          `  createWebSocketInspector({ url: 'ws://127.0.0.1:${port}/live?token=${token}',`,
          '    maxDeferredEvents: 1e6, serializationDepthLimit: 1e6 })',
        ]
      : []),
    ...(stately
      ? [
          'What you choose there to be shown by https://stately.ai/inspect goes to that page,',
          'which is not on this machine. Nothing goes there before you say so once more.',
        ]
      : []),
    'Ctrl-C ends it.',
  ];
}

type Work = {
  readonly stop: () => Promise<void>;
  readonly failed: Promise<never>; // by a mistake of ours
};

function started(inspected: Inspected, options: InspectOptions, journal: Journal): Work {
  const { opened, known, assignment } = inspected;
  journal.tell(opened);
  for (const news of known) journal.tell(news);
  if (assignment !== null)
    return { stop: startProving(assignment, journal), failed: new Promise(() => {}) };
  journal.tell({ type: 'judged' });
  return startActors(opened.deployments[0]!, options, journal);
}

function startActors(deployment: Deployment, { seed }: InspectOptions, journal: Journal): Work {
  const ending = new AbortController();
  const running = runActors({
    deployment,
    seed: seed ?? Math.floor(Math.random() * 2 ** 31),
    stepsPerSecond: STEPS_PER_SECOND,
    onInspection: (message) => {
      if (!journal.tell({ type: 'inspection', source: OWN_SOURCE, message })) ending.abort();
    },
    signal: ending.signal,
  });
  const ended = running.then(() => journal.tell({ type: 'left', source: OWN_SOURCE }));
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
    failed: ended.then(() => new Promise(() => {})),
  };
}
