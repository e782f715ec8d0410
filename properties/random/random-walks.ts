/** Random hop sequences by the thousand: generated, checked, shrunk, and repeatable from a seed. */
import fc from 'fast-check';
import type { Trace } from '../../checker/model/system.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Claim } from '../claim.ts';
import { schedule } from './random-deployments.ts';
import { Sampler, type Walk } from './walk.ts';

/** Sequences on each generated deployment: preparing it costs more than a walk. */
export const SEQUENCES_EACH = 4;

export type RandomOptions = {
  readonly deployments: fc.Arbitrary<Deployment>;
  readonly sequences: number; // exactly, unless one fails
  readonly stepsMax?: number; // in each sequence
  readonly seed: number;
  readonly path?: string; // of fast-check: repeats one failure, and takes no other sequence
  readonly machines?: Machines;
  readonly about?: Claim['about'];
  /** Default: those that theory predicts to hold. */
  readonly claims?: readonly Claim[] | ((deployment: Deployment) => readonly Claim[]);
  readonly shrinks?: boolean; // default: true
  readonly onProgress?: (sequences: number) => void;
};

export type RandomReport = {
  readonly sequences: number; // up to the first failure; shrinking takes more
  readonly steps: number;
  /** By claim: the number of sequences that are a witness of it. */
  readonly reached: ReadonlyMap<string, number>;
  /** The shrunk counterexample. Null: no claim failed. */
  readonly failure: {
    readonly claim: Claim;
    readonly deployment: Deployment;
    readonly trace: Trace;
    readonly loop: number | null; // steps before the loop; null: there is none
    readonly seed: number;
    readonly path: string;
  } | null;
};

/** The arguments with which `walk` repeats a failure, on the same deployments. */
export const repeatOf = ({ seed, path }: NonNullable<RandomReport['failure']>): string =>
  `--seed ${seed} --path ${path}`;

/** A path leads to no failure: it was made by another seed, deployment, fault or version. */
export class NoFailureThere extends Error {
  override name = 'NoFailureThere';
}

/**
 * @throws MachineError when a machine throws.
 * @throws NoFailureThere
 */
export function walkAtRandom(options: RandomOptions): RandomReport {
  const { machines = MACHINES, about = 'deployment', claims, stepsMax = 80 } = options;
  const reached = new Map<string, number>();
  let sequences = 0;
  let steps = 0;
  let failed = false;
  let isAstray = false;
  const isRepeating = options.path !== undefined;
  const note = (walk: Walk) => {
    if (failed) return;
    sequences += 1;
    steps += walk.steps;
    failed = walk.failure !== null;
    for (const claim of walk.reached) reached.set(claim, (reached.get(claim) ?? 0) + 1);
  };
  const walks = (deployment: Deployment, choices: readonly (readonly number[])[]) => {
    const own = typeof claims === 'function' ? claims(deployment) : claims;
    const sampler = new Sampler(deployment, machines, own ? { about, claims: own } : { about });
    return choices.map((each) => sampler.walk(each));
  };
  const schedules = fc.array(schedule(stepsMax), {
    minLength: SEQUENCES_EACH,
    maxLength: SEQUENCES_EACH,
  });
  const property = fc.property(options.deployments, schedules, (deployment, choices) => {
    if (isAstray) return true;
    const left = isRepeating || failed ? choices.length : options.sequences - sequences;
    const walked = walks(deployment, choices.slice(0, left));
    walked.forEach(note);
    isAstray = isRepeating && !failed;
    options.onProgress?.(sequences);
    return walked.every(({ failure }) => failure === null);
  });
  const details = checked(property, {
    numRuns: Math.ceil(options.sequences / SEQUENCES_EACH),
    seed: options.seed,
    endOnFailure: options.shrinks === false,
    ...(options.path === undefined ? {} : { path: options.path }),
  });
  const isNowhere = isRepeating && details?.failed !== true;
  if (isNowhere || details === null) throw new NoFailureThere();
  const report = { sequences, steps, reached };
  if (!details.failed) return { ...report, failure: null };
  const repeat = { seed: details.seed, path: details.counterexamplePath ?? '' };
  const [deployment, choices] = details.counterexample!;
  const failure = walks(deployment, choices).flatMap((walk) => walk.failure ?? [])[0]!;
  return { ...report, failure: { ...failure, deployment, ...repeat } };
}

/** Null: the path leads to no value at all, which fast-check reports by an error of no class. */
function checked<Values>(
  property: fc.IProperty<Values>,
  options: fc.Parameters<Values>,
): fc.RunDetails<Values> | null {
  try {
    return fc.check(property, options) as fc.RunDetails<Values>;
  } catch (error) {
    if (error instanceof Error && /^Unable to replay/.test(error.message)) return null;
    throw error;
  }
}
