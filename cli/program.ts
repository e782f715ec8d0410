/** The `double-hop` command: runs one subcommand, and ends with an exit code for scripts. */
import { existsSync } from 'node:fs';
import { Command, CommanderError, Help, type Option } from 'commander';
import { LimitReached } from '../checker/explore/limits.ts';
import { MachineError } from '../checker/model/table.ts';
import { visible, visibleLines } from '../story/visible.ts';
import { addCheck } from './commands/check.ts';
import { addConform } from './commands/conform.ts';
import { addExport } from './commands/export.ts';
import { addInspect } from './commands/inspect.ts';
import { JudgedTooLong } from './commands/judge/judge-progress.ts';
import { addJudge } from './commands/judge.ts';
import { addMutate } from './commands/mutate.ts';
import { addProve } from './commands/prove.ts';
import { addTrace } from './commands/trace.ts';
import { addWalk } from './commands/walk.ts';
import { BadInput, didYouMean } from './input/bad-input.ts';
import { exitCodes } from './input/options.ts';
import { schemaText } from './input/topology-schema.ts';
import { Interrupted } from './output/check-all.ts';
import { failureOf } from './output/failures.ts';
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
      writeErr: (text) => stderr.write(visibleLines(text)),
      outputError: (text, write) => write(oneError(text)),
    })
    .exitOverride();
  for (const add of [
    addCheck,
    addWalk,
    addTrace,
    addProve,
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
    .addHelpText('after', exitCodes({ [EXIT.fine]: 'the schema is printed' }))
    .action(() => {
      io.text(schemaText().trimEnd());
      exit(EXIT.fine);
    });
  return program;
}

/** Of commander. It quotes an argument, which may have several lines, and may end in a hint. */
function oneError(text: string): string {
  const [, error = '', hint = ''] = /^(.*?)(\n\(Did you mean [^\n]+\?\))?\n*$/s.exec(text) ?? [];
  return `${visible(error)}${hint}\n`;
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
 * @returns the exit code. A defect of ours has one of its own, so that no script takes it for a
 *   violation.
 */
export async function runCommand(args: readonly string[], owner: CommandProcess): Promise<number> {
  const io = terminal(owner);
  let exit: number = EXIT.fine;
  const fail = (message: string, code: Exit) => {
    io.progress('');
    if (message === '') return code;
    owner.stderr.write(`double-hop: ${visibleLines(message)}\n`);
    return code;
  };
  const program = programFor(owner, io, (code) => {
    exit = code;
  });
  try {
    refuseUnknown(args, program);
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
    const { message, exit: code } = failureOf(error);
    return fail(message, code);
  }
}

/** A first argument that is neither a command nor a file of the default command. */
function refuseUnknown([first]: readonly string[], program: Command): void {
  if (first === undefined || first.startsWith('-') || existsSync(first)) return;
  const commands = [...program.commands.map((command) => command.name()), 'help'];
  if (commands.includes(first)) return;
  throw new BadInput(
    `${first}: no such command or file${didYouMean(first, commands)}; the commands are ` +
      commands.join(', '),
  );
}
