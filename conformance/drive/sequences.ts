/**
 * Random sequences of acts, run against a server and compared with the model. The first sequence
 * that no model explains is shrunk.
 *
 * @source MS-NLMP 3.2.5.1; MS-NTHT 3.1.5.1 (what a server does with messages in any order)
 */
import fc from 'fast-check';
import type { Recording } from '../recording/recording.ts';
import {
  type Act,
  again,
  authenticate,
  bare,
  basic,
  close,
  type Extra,
  mayFail,
  negotiate,
  type Over,
  type Who,
} from './acts.ts';
import { drivenExchangesIn } from './driven-exchanges.ts';
import { storyOf } from './exchange-story.ts';
import type { RefusalReading } from './outcome.ts';
import { type Difference, differenceIn, type ServerModel } from './predicted.ts';
import { type DrivenRun, perform, type RunOptions, secretsOf } from './run.ts';
import type { Target } from './target.ts';

export type SequenceOptions = {
  readonly slots?: number; // connections at a time. Default: 2
  readonly actsMax?: number; // default: 12
  /** Whether an act is allowed after the acts before it. Default: every act. See `isSafe`. */
  readonly isAllowed?: (act: Act, before: readonly Act[]) => boolean;
};

/** No act that may count as a failed sign-in. */
export const isSafe = (act: Act, before: readonly Act[]): boolean => !mayFail(act, before);

const EXTRA: readonly Extra[] = ['mic', 'corruptMic', 'otherTarget', 'garbageBinding'];

export function drawnBy(options: SequenceOptions = {}): fc.Arbitrary<readonly Act[]> {
  const { slots = 2, actsMax = 12, isAllowed } = options;
  const anySlot = fc.integer({ min: 1, max: slots });
  // Many errors show on one connection, the others between two.
  const slot = fc.oneof(
    { weight: 3, arbitrary: fc.constant(1) },
    { weight: 2, arbitrary: anySlot },
  );
  const who = (...all: Who[]) => fc.tuple(slot, fc.constantFrom(...all));
  const over = fc.record<Over>({ of: anySlot, which: fc.constantFrom('last', 'before') });
  const act = fc.oneof(
    { weight: 9, arbitrary: slot.map(negotiate) },
    { weight: 3, arbitrary: anySlot.map(negotiate) },
    { weight: 6, arbitrary: who('right', 'other').map(([on, as]) => authenticate(on, as)) },
    {
      weight: 4,
      arbitrary: who('wrongPassword', 'nobody').map(([on, as]) => authenticate(on, as)),
    },
    {
      weight: 8,
      arbitrary: fc.tuple(slot, over).map(([on, over]) => authenticate(on, 'right', { over })),
    },
    {
      weight: 4,
      arbitrary: fc
        .tuple(slot, fc.constantFrom(...EXTRA))
        .map(([on, extra]) => authenticate(on, 'right', { extra })),
    },
    { weight: 7, arbitrary: slot.map(bare) },
    { weight: 2, arbitrary: fc.tuple(slot, anySlot).map(([on, of]) => again(on, of)) },
    {
      weight: 2,
      arbitrary: fc
        .tuple(slot, fc.constantFrom('right', 'other', 'wrongPassword'))
        .map(([on, as]) => basic(on, as)),
    },
    { weight: 1, arbitrary: slot.map(close) },
  );
  const drawn = fc.array(act, { minLength: 1, maxLength: actsMax, size: 'max' }).map(renumbered);
  return isAllowed === undefined
    ? drawn
    : drawn.map((acts) => renumbered(allowedOf(acts, isAllowed)));
}

/** The same acts with slots numbered in the order of use. */
function renumbered(acts: readonly Act[]): readonly Act[] {
  const numbers = new Map<number, number>();
  const numberOf = (slot: number) => {
    if (!numbers.has(slot)) numbers.set(slot, numbers.size + 1);
    return numbers.get(slot)!;
  };
  return acts.map((act) => {
    const on = numberOf(act.on);
    if (act.does === 'again') return { ...act, on, of: numberOf(act.of) };
    if (act.does !== 'authenticate') return { ...act, on };
    return { ...act, on, over: { ...act.over, of: numberOf(act.over.of) } };
  });
}

function allowedOf(
  acts: readonly Act[],
  isAllowed: NonNullable<SequenceOptions['isAllowed']>,
): readonly Act[] {
  const kept: Act[] = [];
  for (const act of acts) if (isAllowed(act, kept)) kept.push(act);
  return kept;
}

export type SearchSettings = RunOptions &
  SequenceOptions & {
    readonly seed: number;
    readonly runs: number; // the number of sequences
    /** Refusals that count as a 401. Default: none. */
    readonly readings?: readonly RefusalReading[];
    /** Called when the first difference is found, before it is shrunk. */
    readonly onFound?: () => void;
  };

export type FoundSequence = {
  readonly acts: readonly Act[];
  readonly story: readonly string[];
  /** The difference from the model that explains the most requests. */
  readonly difference: Difference;
  readonly recording: Recording;
};

export type SearchResult = {
  readonly sequences: number; // without those of the shrinking
  readonly found: FoundSequence | null; // null: a model explains every sequence
  /** The models that explain every sequence; after a find, every one before it. */
  readonly models: readonly ServerModel[];
};

/**
 * @param models - the possible servers. The server differs if none of them explains a sequence.
 * @throws ServerProblem, and the errors of `before`, at once and without shrinking.
 */
export async function search(
  target: Target,
  models: readonly ServerModel[],
  options: SearchSettings,
): Promise<SearchResult> {
  const { stopped, ...result } = await searchUntilStopped(target, models, options);
  if (stopped !== null) throw stopped.error;
  return result;
}

/** The same, with an error in the result, which ends the search. Null: there was none. */
export async function searchUntilStopped(
  target: Target,
  models: readonly ServerModel[],
  options: SearchSettings,
): Promise<SearchResult & { readonly stopped: { readonly error: unknown } | null }> {
  const { seed, runs, readings = [] } = options;
  const secrets = secretsOf(target);
  let left = models;
  let sequences = 0;
  let found: FoundSequence | null = null;
  let stopped: { readonly error: unknown } | null = null;

  const isExplained = (acts: readonly Act[], run: DrivenRun): boolean => {
    const exchanges = drivenExchangesIn(run.recording, secrets);
    const differences = left.map((model) => differenceIn(exchanges, model, readings));
    const fitting = left.filter((_, i) => differences[i] === null);
    const [difference = null] = fitting.length > 0 ? [] : byLength(differences);
    if (found === null) {
      sequences += 1;
      if (difference === null) left = fitting;
      else options.onFound?.();
    }
    if (difference === null) return true;
    const story = storyOf(acts, run, target, difference);
    found = { acts, story, difference, recording: run.recording };
    return false;
  };

  const property = fc.asyncProperty(drawnBy(options), async (acts) => {
    if (stopped !== null) return true;
    try {
      return isExplained(acts, await perform(acts, target, options));
    } catch (error) {
      stopped = { error };
      return true;
    }
  });
  await fc.check(property, { seed, numRuns: runs });
  return { sequences, found, models: left, stopped };
}

/** The difference at the latest request first: it describes the error best. */
const byLength = (differences: readonly (Difference | null)[]): readonly (Difference | null)[] =>
  [...differences].sort((a, b) => (b?.request ?? 0) - (a?.request ?? 0));
