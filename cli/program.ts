/** The `double-hop` command: runs one subcommand, and ends with an exit code for scripts. */
import { Command, CommanderError, Help, type Option } from 'commander';
import { LimitReached } from '../checker/explore/limits.ts';
import { MachineError } from '../checker/model/table.ts';
import { addCheck } from './commands/check.ts';
import { addConform } from './commands/conform.ts';
import { addExport } from './commands/export.ts';
import { addInspect } from './commands/inspect.ts';
import { JudgedTooLong } from './commands/judge/judge-progress.ts';
import { addJudge } from './commands/judge.ts';
import { addMutate } from './commands/mutate.ts';
import { addTrace } from './commands/trace.ts';
import { addWalk } from './commands/walk.ts';
import { BadInput } from './input/bad-input.ts';
import { exitCodes } from './input/options.ts';
import { schemaText } from './input/topology-schema.ts';
import { Interrupted } from './output/check-all.ts';
import { type CommandProcess, EXIT, type Exit, type Io, terminal } from './output/io.ts';
import { packageVersion } from './package.ts';

const EXIT_CODES = exitCodes({
  [EXIT.fine]: 'success; for `check`: every verdict is as expected',
  [EXIT.surprise]: 'a claim is violated, or a verdict is not as expected',
  [EXIT.badInput]: 'bad input: a wrong file, claim or option',
  [EXIT.limit]: 'a limit was reached; the remaining claims are not proved',
  [EXIT.interrupted]: 'interrupted with Ctrl-C; the remaining claims are not proved',
});

function programFor(
  { stdout, stderr }: CommandProcess,
  io: Io,
  exit: (code: Exit) => void,
): Command {
  const program = new Command('double-hop')
    .description('Proves which identity can reach which server through NTLM and Basic, and why.')
    .version(packageVersion, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .configureHelp({ optionDescription })
    .helpCommand('help [command]', 'print the help of a command')
    .showHelpAfterError('(run with --help for the options)')
    .addHelpText('after', `${EXIT_CODES}\nThe help of a command lists its own exit codes.`)
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
    })
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

/**
 * Runs one command line to its end. A user's error is one message on `stderr`.
 *
 * @param args - without the names of Node and of the program.
 * @param owner - whose output it is.
 * @returns the exit code.
 * @throws any other error: it is a bug.
 */
export async function runCommand(args: readonly string[], owner: CommandProcess): Promise<number> {
  const io = terminal(owner);
  let exit: number = EXIT.fine;
  const fail = (message: string, code: Exit) => {
    io.progress('');
    owner.stderr.write(`double-hop: ${message}\n`);
    return code;
  };
  const program = programFor(owner, io, (code) => {
    exit = code;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.badInput;
    if (error instanceof BadInput) return fail(error.message, EXIT.badInput);
    if (error instanceof LimitReached || error instanceof JudgedTooLong)
      return fail(error.message, EXIT.limit);
    if (error instanceof Interrupted) return fail(error.message, EXIT.interrupted);
    if (error instanceof MachineError && error.cause instanceof RangeError)
      return fail(`${error.cause.message}: nothing was proved`, EXIT.limit);
    throw error;
  }
}
