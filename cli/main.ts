#!/usr/bin/env node
/** The command: arguments in, text out, and an exit code that scripts can rely on. */
import { Command, CommanderError, Option } from 'commander';
import { LimitReached } from '../checker/explore/limits.ts';
import { MachineError } from '../checker/model/table.ts';
import { type CheckOptions, check } from './commands/check.ts';
import { addConform } from './commands/conform.ts';
import { addJudge } from './commands/judge.ts';
import { type MutateOptions, mutate } from './commands/mutate.ts';
import { addExport, addInspect } from './commands/showing.ts';
import { type TraceOptions, trace } from './commands/trace.ts';
import { type WalkOptions, walk } from './commands/walk.ts';
import { BadInput } from './input/bad-input.ts';
import {
  FAULT,
  MAX_MEMORY,
  MAX_STATES,
  MECHANISM,
  TOPOLOGY,
  wholeNumber,
} from './input/options.ts';
import { schemaText } from './input/topology-schema.ts';
import { Interrupted } from './output/check-all.ts';
import { EXIT, type Exit, type Io, terminal } from './output/io.ts';
import { packageVersion } from './package.ts';

const EXITS = `
Exit codes:
  0  every verdict is as expected (of a topology of your own: nothing is violated)
  1  a violation, or a verdict that is not as expected
  2  bad input: a file, a claim or an option that is not what it should be
  3  a limit was reached: what was not judged is not proved
  130  interrupted with Ctrl-C: what was not judged is not proved
`;

const EXITS_OF_MUTATE = `
Exit codes:
  0  each mutant is killed by a claim, or there is a reason why none can
  1  a mutant survives without a reason, or a reason excuses one that is killed
  2  bad input: a machine that there is not
`;

function programFor(io: Io, exit: (code: Exit) => void): Command {
  const program = new Command('double-hop')
    .description('Proves which identity can reach which server through NTLM and Basic, and why.')
    .version(packageVersion)
    .showHelpAfterError('(--help says more)')
    .addHelpText('after', EXITS)
    .exitOverride();

  program
    .command('check', { isDefault: true })
    .description('prove the claims, and tell every counterexample and witness')
    .argument(...TOPOLOGY)
    .option('--claim <id...>', 'only these claims', [])
    .addOption(MAX_STATES)
    .option('--max-seconds <n>', 'stop a search that takes longer', wholeNumber(1, 86_400), 600)
    .addOption(MAX_MEMORY)
    .option('--symmetry', 'visit one of the states that differ in names alone', false)
    .option('--json', 'print one JSON document and nothing else', false)
    .option('--bench', 'prove nothing: compare the checker with others, for half an hour', false)
    .addHelpText('after', EXITS)
    .action(async (path: string | undefined, options: CheckOptions & { bench: boolean }) =>
      exit(await (options.bench ? compare(io) : check(path, options, io))),
    );

  program
    .command('walk')
    .description('take random hop sequences, on random deployments or on one topology')
    .argument(...TOPOLOGY)
    .option('--runs <n>', 'how many sequences', wholeNumber(1, 10_000_000), 10_000)
    .option('--seed <n>', 'repeat the sequences of this seed', wholeNumber(0, 2 ** 32 - 1))
    .option('--path <path>', 'with --seed: repeat one failure, as it was printed')
    .addOption(FAULT)
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText('after', EXITS)
    .action((path: string | undefined, options: WalkOptions) => exit(walk(path, options, io)));

  program
    .command('trace')
    .description('tell one counterexample or witness')
    .argument('<claim>', "a claim's id, as `check` prints it")
    .argument(...TOPOLOGY)
    .addOption(MECHANISM)
    .addOption(FAULT)
    .addOption(MAX_STATES)
    .addOption(MAX_MEMORY)
    .addOption(new Option('--mermaid', 'as a Mermaid sequence diagram').default(false))
    .addOption(new Option('--json', 'as JSON').default(false).conflicts('mermaid'))
    .option('--recording <file>', 'tell what was recorded as a run that shows the same')
    .option('--host <name=origin...>', "with --recording: where a topology's host is in it", [])
    .addHelpText('after', EXITS)
    .action(async (id: string, path: string | undefined, options: TraceOptions) =>
      exit(await trace(id, path, options, io)),
    );

  program
    .command('mutate')
    .description('inject every guard, update and effect in turn, and tell which claim finds it')
    .option('--machine <name...>', 'only those of this machine', [])
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText('after', EXITS_OF_MUTATE)
    .action((options: MutateOptions) => exit(mutate(options, io)));

  addInspect(program, io, exit);
  addExport(program, io, exit);
  addJudge(program, io, exit);
  addConform(program, io, exit);

  program
    .command('schema')
    .description('print the JSON Schema of topology files')
    .action(() => {
      io.out(schemaText().trimEnd());
      exit(EXIT.fine);
    });
  return program;
}

/** What is needed for it is read when it is asked for, and not before. */
async function compare(io: Io): Promise<Exit> {
  const [{ bench }, { DEFAULTS }] = await Promise.all([
    import('./bench/bench.ts'),
    import('./bench/bench-options.ts'),
  ]);
  return bench(DEFAULTS, io);
}

/** A user's mistake is one message and no stack; anything else is ours, and is thrown on. */
async function main(io: Io): Promise<void> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error; // whoever reads has had enough
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
