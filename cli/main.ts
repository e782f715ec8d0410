#!/usr/bin/env node
/** The `double-hop` command: runs one subcommand, and ends with an exit code for scripts. */
import { Command, CommanderError, Help, type Option } from 'commander';
import { LimitReached } from '../checker/explore/limits.ts';
import { MachineError } from '../checker/model/table.ts';
import { addCheck } from './commands/check.ts';
import { addConform } from './commands/conform.ts';
import { addExport } from './commands/export.ts';
import { addInspect } from './commands/inspect.ts';
import { addJudge } from './commands/judge.ts';
import { addMutate } from './commands/mutate.ts';
import { addTrace } from './commands/trace.ts';
import { addWalk } from './commands/walk.ts';
import { BadInput } from './input/bad-input.ts';
import { exitCodes } from './input/options.ts';
import { schemaText } from './input/topology-schema.ts';
import { Interrupted } from './output/check-all.ts';
import { EXIT, type Exit, type Io, terminal } from './output/io.ts';
import { packageVersion } from './package.ts';

const EXIT_CODES = exitCodes({
  [EXIT.fine]: 'success; for `check`: every verdict is as expected',
  [EXIT.surprise]: 'a claim is violated, or a verdict is not as expected',
  [EXIT.badInput]: 'bad input: a wrong file, claim or option',
  [EXIT.limit]: 'a limit was reached; the remaining claims are not proved',
  [EXIT.interrupted]: 'interrupted with Ctrl-C; the remaining claims are not proved',
});

function programFor(io: Io, exit: (code: Exit) => void): Command {
  const program = new Command('double-hop')
    .description('Proves which identity can reach which server through NTLM and Basic, and why.')
    .version(packageVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ optionDescription })
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(run with --help for the options)')
    .addHelpText('after', `${EXIT_CODES}\nThe help of a command lists its own exit codes.`)
    .exitOverride();
  for (const add of [
    addCheck,
    addWalk,
    addTrace,
    addMutate,
    addInspect,
    addExport,
    addJudge,
    addConform,
  ])
    add(program, io, exit);
  program
    .command('schema')
    .description('print the JSON Schema of topology files')
    .action(() => {
      io.out(schemaText().trimEnd());
      exit(EXIT.fine);
    });
  return program;
}

/** Leaves out defaults that say nothing: `false` of a flag, and an empty list. */
function optionDescription(option: Option): string {
  const { defaultValue, description } = option;
  const saysNothing = defaultValue === false || Array.isArray(defaultValue);
  return saysNothing ? description : Help.prototype.optionDescription(option);
}

/** Prints one message for a user's error. Any other error is a bug, and is thrown on. */
async function main(io: Io): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error; // the reader, such as `head`, has closed the pipe
    process.exit();
  });
  const fail = (message: string, code: Exit) => {
    io.progress('');
    process.stderr.write(`double-hop: ${message}\n`);
    process.exitCode = code;
  };
  try {
    await programFor(io, (code) => {
      process.exitCode = code;
    }).parseAsync();
  } catch (error) {
    if (error instanceof CommanderError)
      process.exitCode = error.exitCode === 0 ? 0 : EXIT.badInput;
    else if (error instanceof BadInput) fail(error.message, EXIT.badInput);
    else if (error instanceof LimitReached) fail(error.message, EXIT.limit);
    else if (error instanceof Interrupted) fail(error.message, EXIT.interrupted);
    else if (error instanceof MachineError && error.cause instanceof RangeError)
      fail(`${error.cause.message}: nothing was proved`, EXIT.limit);
    else throw error;
  }
}

await main(terminal(process));
