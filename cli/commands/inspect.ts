/** `double-hop inspect`: its options. The server and the page are loaded when it runs. */
import { type Command, Option } from 'commander';
import {
  exitCodes,
  FAULT,
  MAX_STATES,
  MECHANISM,
  TOPOLOGY,
  wholeNumber,
} from '../input/options.ts';
import type { Exit, Io } from '../output/io.ts';
import { hasBrowser } from '../output/open-browser.ts';
import type { InspectOptions } from './inspect/run-inspect.ts';

const EXIT_CODES = exitCodes({
  0: 'it ended, by Ctrl-C or SIGTERM',
  2: 'bad input: a wrong file, claim, port or option',
});

export function addInspect(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('inspect')
    .description('show machines, counterexamples, witnesses and live actors in a local web page')
    .argument(...TOPOLOGY)
    .option('--claim <id...>', 'check only these claims; a single one opens with its story', [])
    .addOption(
      new Option('--trace <file>', 'show a document of `check --json` or `trace --json`').conflicts(
        ['live', 'claim', 'with', 'fault'],
      ),
    )
    .addOption(
      new Option('--live', 'run actors, and show the actors of other programs')
        .default(false)
        .conflicts(['claim', 'fault']),
    )
    .addOption(MECHANISM)
    .addOption(FAULT)
    .option('--stately', 'offer to show it in the official inspector, on the internet', false)
    .option('--port <n>', 'serve the page at this port; 0: a free one', wholeNumber(0, 65_535), 0)
    .addOption(MAX_STATES)
    .option('--seed <n>', 'with --live: repeat the steps of this seed', wholeNumber(0, 2 ** 31 - 1))
    .option('--no-open', 'print the address and open no browser')
    .addHelpText('after', EXIT_CODES)
    .action(async (path: string | undefined, options: InspectOptions) => {
      const { inspect } = await import('./inspect/run-inspect.ts');
      const open = options.open && hasBrowser(process);
      exit(await untilSignal((received) => inspect(path, { ...options, open }, io, received)));
    });
}

/** Listens until the work has ended: a second signal must not cut off the ending. */
async function untilSignal(work: (received: Promise<void>) => Promise<Exit>): Promise<Exit> {
  let resolve = () => {};
  const received = new Promise<void>((resolved) => {
    resolve = resolved;
  });
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.on(signal, resolve);
  try {
    return await work(received);
  } finally {
    for (const signal of signals) process.off(signal, resolve);
  }
}
