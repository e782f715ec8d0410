/** `double-hop export`: its options. What writes the files is loaded when it runs. */
import { type Command, Option } from 'commander';
import { exitCodes, FAULT, MAX_MEMORY, MAX_STATES, MECHANISM, TOPOLOGY } from '../input/options.ts';
import type { Exit, Io } from '../output/io.ts';
import type { ModelOptions } from './export/export-models.ts';
import type { ExportOptions } from './export/export-stories.ts';

const EXIT_CODES = exitCodes({
  0: 'the stories or systems are written',
  2: 'bad input: a wrong file, claim or folder',
  3: 'a limit was reached; the remaining claims are not written',
  130: 'interrupted with Ctrl-C; the remaining claims are not written',
});

export function addExport(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('export')
    .description('write every counterexample and witness as a page, diagrams and data')
    .argument(...TOPOLOGY)
    .requiredOption('--out <folder>', 'write into this folder, with a subfolder for each story')
    .addOption(
      new Option('--promela', 'write the systems of the claims for the model checker SPIN instead')
        .default(false)
        .conflicts(['tla']),
    )
    .option('--tla', 'write the systems of the claims for the model checker TLC instead', false)
    .option('--claim <id...>', 'export only these claims', [])
    .addOption(MECHANISM)
    .addOption(FAULT)
    .option(
      '--force',
      'write into a folder that is not empty; replace files of the same names',
      false,
    )
    .addOption(MAX_STATES)
    .addOption(MAX_MEMORY)
    .addHelpText('after', EXIT_CODES)
    .action(async (path: string | undefined, options: ExportOptions & ModelOptions) => {
      const { exportStories } = await import('./export/export-stories.ts');
      const { exportModels } = await import('./export/export-models.ts');
      exit(
        options.promela || options.tla
          ? exportModels(path, options, io)
          : await exportStories(path, options, io),
      );
    });
}
