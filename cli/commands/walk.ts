/** `double-hop walk`: takes random hop sequences, and checks every claim after every step. */
import type { Command } from 'commander';
import fc from 'fast-check';
import type { Deployment } from '../../machines/system/topology.ts';
import { summaryOf } from '../../properties/deployments/summary.ts';
import { deployment } from '../../properties/random/random-deployments.ts';
import {
  NoFailureThere,
  type RandomOptions,
  type RandomReport,
  repeatOf,
  walkAtRandom,
} from '../../properties/random/random-walks.ts';
import { sentencesOf } from '../../story/sentences.ts';
import { BadInput } from '../input/bad-input.ts';
import { exitCodes, FAULT, JSON_OPTION, wholeNumber } from '../input/options.ts';
import {
  type CommandSubject,
  faultOf,
  machinesWith,
  subjectOf,
  tasksOf,
} from '../input/subject.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { numbered, table } from '../output/layout.ts';
import { counted } from '../output/progress.ts';
import { shellWord } from '../output/shell-word.ts';

export type WalkOptions = {
  readonly runs: number; // sequences
  readonly seed: number | undefined; // undefined: a new one
  readonly path: string | undefined; // of a failure to repeat
  readonly fault: string | undefined; // a fault's id
  readonly json: boolean;
};

const EXIT_CODES = exitCodes({
  0: 'no claim is violated',
  1: 'a claim is violated',
  2: 'bad input: a wrong file or option',
  3: 'a limit of the model was reached; nothing is proved',
});

export function addWalk(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('walk')
    .description('take random hop sequences, on random deployments or on one topology')
    .argument('[topology]', 'a YAML or JSON file (default: random deployments)')
    .option('--runs <n>', 'take this many sequences', wholeNumber(1, 10_000_000), 10_000)
    .option('--seed <n>', 'repeat the sequences of this seed', wholeNumber(0, 2 ** 32 - 1))
    .option('--path <path>', 'with --seed: repeat the one violation that was printed with it')
    .addOption(FAULT)
    .option(...JSON_OPTION)
    .addHelpText('after', EXIT_CODES)
    .action((path: string | undefined, options: WalkOptions) => exit(walk(path, options, io)));
}

/** @throws BadInput for a wrong file, `--path` or fault. */
export function walk(path: string | undefined, options: WalkOptions, io: Io): Exit {
  refuseBadPath(options);
  const subject = path === undefined ? null : subjectOf(path);
  const deployments = subject === null ? deployment : fc.constantFrom(...subject.deployments);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const report = walked(options, {
    deployments,
    sequences: options.runs,
    seed,
    machines: machinesWith(faultOf(options.fault)),
    ...(subject === null ? {} : { claims: claimsOf(subject) }),
    ...(options.path === undefined ? {} : { path: options.path }),
    onProgress: (sequences) =>
      io.progress(`${counted(sequences)} of ${counted(options.runs)} sequences`),
  });
  io.progress('');
  const repeat = commandOf(report, path, options);
  if (options.json) io.json(asJson(report, path, seed, repeat));
  else for (const line of asText(report, path, seed, repeat, io)) io.out(line);
  return report.failure === null ? EXIT.fine : EXIT.surprise;
}

/** Every claim that applies, but for those that the file expects to be violated. */
const claimsOf = (subject: CommandSubject) => (deployment: Deployment) =>
  tasksOf({ ...subject, deployments: [deployment] }, [])
    .filter(({ expected }) => expected !== 'violated')
    .map(({ claim }) => claim);

/** @throws BadInput when the path leads to no violation. */
function walked({ path, fault }: WalkOptions, options: RandomOptions): RandomReport {
  try {
    return walkAtRandom(options);
  } catch (error) {
    if (!(error instanceof NoFailureThere)) throw error;
    throw new BadInput(
      `--path ${path}: no claim is violated there, with seed ${options.seed}${
        fault === undefined ? '' : ` and the fault ${fault}`
      }; give the whole command as it was printed`,
    );
  }
}

/** fast-check itself would read any text as a path. */
function refuseBadPath({ seed, path }: WalkOptions): void {
  if (path === undefined) return;
  if (seed === undefined) throw new BadInput('--path needs --seed; give both, as printed');
  // Each number counts values that are generated, one after the other, on the way.
  if (!/^\d{1,7}(:\d{1,7})*$/.test(path))
    throw new BadInput(`--path ${path}: it must be numbers separated by colons, as printed`);
}

/** The command that repeats the failed walk. Null: no claim failed. */
const commandOf = (
  { failure }: RandomReport,
  path: string | undefined,
  { fault }: WalkOptions,
): string | null =>
  failure &&
  [
    'npx double-hop walk',
    ...(path === undefined ? [] : [shellWord(path)]),
    ...(fault === undefined ? [] : [`--fault ${fault}`]),
    repeatOf(failure),
  ].join(' ');

const asJson = (
  { sequences, steps, reached, failure }: RandomReport,
  path: string | undefined,
  seed: number,
  repeat: string | null,
) => ({
  topology: path ?? null,
  seed,
  sequences,
  steps,
  reached: Object.fromEntries(reached),
  failure: failure && {
    claim: failure.claim.id,
    deployment: failure.deployment,
    trace: failure.trace,
    loop: failure.loop,
    repeat,
  },
});

function asText(
  { sequences, steps, reached, failure }: RandomReport,
  path: string | undefined,
  seed: number,
  repeat: string | null,
  io: Io,
): readonly string[] {
  const where = path === undefined ? 'random deployments' : path;
  const summary = `${counted(sequences)} hop sequences on ${where}, ${counted(steps)} steps, seed ${seed}`;
  if (failure !== null) {
    const { claim, deployment, trace, loop } = failure;
    return [
      `${summary}.`,
      io.emphasis('red', `${claim.id} violated: ${claim.name}`),
      summaryOf(deployment),
      ...numbered(sentencesOf(trace, deployment), io.columns, loop),
      `Repeat with: ${repeat}`,
    ];
  }
  const rows = [...reached].sort(([, a], [, b]) => b - a);
  return [
    `${summary}: no claim is violated.`,
    'How often each reachable goal was reached:',
    ...table(['goal', 'sequences'], rows, io.columns),
  ];
}
