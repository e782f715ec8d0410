/** The commands that show things. What they need is read when they are run, and not before. */
import { type Command, Option } from 'commander';
import {
  FAULT,
  MAX_MEMORY,
  MAX_STATES,
  MECHANISM,
  TOPOLOGY,
  wholeNumber,
} from '../input/options.ts';
import type { Exit, Io } from '../output/io.ts';
import { hasBrowser } from '../output/open-browser.ts';
import type { ExportOptions } from './export.ts';
import type { ModelOptions } from './export-model.ts';
import type { InspectOptions } from './inspect.ts';

const EXITS_OF_INSPECT = `
Exit codes:
  0  it was ended, with Ctrl-C or by SIGTERM
  2  bad input: a file, a claim, a port or an option that is not what it should be
`;

const EXITS_OF_EXPORT = `
Exit codes:
  0  the stories, or systems, are written
  2  bad input: a file, a claim or a folder that is not what it should be
  3  a limit was reached: what was not judged is not written
  130  interrupted with Ctrl-C: what was not judged is not written
`;

export function addInspect(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('inspect')
    .description('look at machines, counterexamples, witnesses and live actors, in a local page')
    .argument(...TOPOLOGY)
    .option('--claim <id...>', 'only these claims; of a single one, its story at once', [])
    .addOption(
      new Option('--trace <file>', 'what `check --json` or `trace --json` has printed').conflicts([
        'live',
        'claim',
        'with',
        'fault',
      ]),
    )
    .addOption(
      new Option('--live', 'run actors, and show those of other programs')
        .default(false)
        .conflicts(['claim', 'fault']),
    )
    .addOption(MECHANISM)
    .addOption(FAULT)
    .option('--stately', 'offer to show it in the official inspector, on the internet', false)
    .option('--port <n>', 'serve the page there; 0: wherever is free', wholeNumber(0, 65_535), 0)
    .addOption(MAX_STATES)
    .option('--seed <n>', 'with --live: take the steps of this seed', wholeNumber(0, 2 ** 31 - 1))
    .option('--no-open', 'print the address, and open no browser')
    .addHelpText('after', EXITS_OF_INSPECT)
    .action(async (path: string | undefined, options: InspectOptions) => {
      const { inspect } = await import('./inspect.ts');
      const open = options.open && hasBrowser(process);
      exit(await inspect(path, { ...options, open }, io, interrupted()));
    });
}

/** However often somebody asks for it: what ends already is not to be cut off. */
const interrupted = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => resolve());
  });

export function addExport(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('export')
    .description('write every counterexample and witness as a page, diagrams and data')
    .argument(...TOPOLOGY)
    .requiredOption('--out <folder>', 'where; a folder for each story is made there')
    .addOption(
      new Option('--promela', 'instead, each system of the claims for the model checker SPIN')
        .default(false)
        .conflicts(['tla']),
    )
    .option('--tla', 'instead, each system of the claims in TLA+, for the model checker TLC', false)
    .option('--claim <id...>', 'only these claims', [])
    .addOption(MECHANISM)
    .addOption(FAULT)
    .option('--force', 'into a folder that is not empty; what has the same names goes', false)
    .addOption(MAX_STATES)
    .addOption(MAX_MEMORY)
    .addHelpText('after', EXITS_OF_EXPORT)
    .action(async (path: string | undefined, options: ExportOptions & ModelOptions) => {
      const { exportStories } = await import('./export.ts');
      const { exportModels } = await import('./export-model.ts');
      exit(
        options.promela || options.tla
          ? exportModels(path, options, io)
          : await exportStories(path, options, io),
      );
    });
}
