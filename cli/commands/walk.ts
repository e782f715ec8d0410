/** `double-hop walk`: random hop sequences, with every claim judged in every step. */
import fc from 'fast-check';
import { summaryOf } from '../../properties/deployments/summary.ts';
import { deployment } from '../../properties/random/random-deployments.ts';
import { type RandomReport, repeatOf, walkAtRandom } from '../../properties/random/random-walks.ts';
import { sentencesOf } from '../../story/sentences.ts';
import { BadInput } from '../input/bad-input.ts';
import { faultOf, machinesWith, subjectOf } from '../input/subject.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { table } from '../output/table.ts';
import { numbered } from '../output/told.ts';

export type WalkOptions = {
  readonly runs: number; // sequences
  readonly seed: number | undefined; // undefined: a new one
  readonly path: string | undefined; // of a failure that is to be repeated
  readonly fault: string | undefined; // a mistake's id
  readonly json: boolean;
};

/** @throws BadInput for a file, a path or a mistake that is not what it should be. */
export function walk(path: string | undefined, options: WalkOptions, io: Io): Exit {
  refuseBadPath(options);
  const deployments =
    path === undefined ? deployment : fc.constantFrom(...subjectOf(path).deployments);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  const report = walkAtRandom({
    deployments,
    sequences: options.runs,
    seed,
    machines: machinesWith(faultOf(options.fault)),
    ...(options.path === undefined ? {} : { path: options.path }),
    onProgress: (sequences) =>
      io.progress(`${sequences.toLocaleString('en-US')} of ${options.runs} sequences`),
  });
  io.progress('');
  const repeat = commandOf(report, path, options);
  if (options.json) io.out(JSON.stringify(asJson(report, path, seed, repeat), null, 2));
  else for (const line of told(report, path, seed, repeat, io)) io.out(line);
  return report.failure === null ? EXIT.fine : EXIT.surprise;
}

/** fast-check would read a path that is none as another seed's. */
function refuseBadPath({ seed, path }: WalkOptions): void {
  if (path === undefined) return;
  if (seed === undefined) throw new BadInput('--path goes with --seed: give both, as printed');
  if (!/^\d+(:\d+)*$/.test(path))
    throw new BadInput(`--path ${path}: it must be numbers with colons between, as printed`);
}

/** The one command that takes the failing walk again. Null: none failed. */
const commandOf = (
  { failure }: RandomReport,
  path: string | undefined,
  { fault }: WalkOptions,
): string | null =>
  failure &&
  [
    'npx double-hop walk',
    ...(path === undefined ? [] : [JSON.stringify(path)]),
    ...(fault === undefined ? [] : [`--sabotage ${fault}`]),
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

function told(
  { sequences, steps, reached, failure }: RandomReport,
  path: string | undefined,
  seed: number,
  repeat: string | null,
  io: Io,
): readonly string[] {
  const number = (count: number) => count.toLocaleString('en-US');
  const where = path === undefined ? 'random deployments' : path;
  const summary = `${number(sequences)} hop sequences on ${where}, ${number(steps)} steps, seed ${seed}`;
  if (failure !== null)
    return [
      io.emphasis('red', `${summary}: ${failure.claim.id} fails, ${failure.claim.name}`),
      summaryOf(failure.deployment),
      ...numbered(sentencesOf(failure.trace, failure.deployment), io.columns, failure.loop),
      `Again: ${repeat}`,
    ];
  const rows = [...reached].sort(([, a], [, b]) => b - a);
  return [
    `${summary}: no claim failed.`,
    'How many of them came by what is claimed to be possible:',
    ...table(['claim', 'sequences'], rows, io.columns),
  ];
}
