/** Takes rounds in turn, A B C A B C, so that other work on the machine affects all sides alike. */

import type { Side, Spread } from '../report/results.ts';
import type { MeasuredRound } from './meter.ts';

/** One side, which does the same work in each round. */
export type Contestant = {
  readonly name: string; // unique in its match
  readonly amount: number; // of work in one round
  /** For a contestant that takes too long for all rounds. Default: no limit of its own. */
  readonly roundsMax?: number;
  /** @throws WrongCount when it did other work than it should. */
  readonly round: () => Promise<MeasuredRound>;
};

/** Prepared contestants. `dispose` removes their files. */
export type Prepared = {
  readonly contestants: readonly Contestant[];
  readonly dispose: () => void;
};

/** A contestant searched, walked or counted something else than it should have. */
export class WrongCount extends Error {
  override name = 'WrongCount';
}

/**
 * Takes all rounds, unless aborted. An aborted round does not count.
 *
 * @param onRound - receives the contestant and the number of each round, from 1.
 * @returns by contestant. After an abort, lists may be empty.
 */
export async function alternate(
  contestants: readonly Contestant[],
  rounds: number,
  signal: AbortSignal,
  onRound: (name: string, round: number) => void,
): Promise<ReadonlyMap<string, readonly MeasuredRound[]>> {
  const taken = new Map<string, MeasuredRound[]>(contestants.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1)
    for (const { name, roundsMax = rounds, round: take } of contestants) {
      if (round > roundsMax) continue;
      onRound(name, round);
      try {
        if (!signal.aborted) taken.get(name)!.push(await take());
      } catch (error) {
        if (!signal.aborted) throw error;
      }
      if (signal.aborted) return taken;
    }
  return taken;
}

/** Null: there is no value, or one of them is unknown. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0 || known.length < values.length) return null;
  const middle = (known.length - 1) / 2;
  const median = (known[Math.floor(middle)]! + known[Math.ceil(middle)]!) / 2;
  return { median, min: known[0]!, max: known.at(-1)!, rounds: known.length };
}

/** Null: it had no round. */
export function sideOf(
  { name, amount }: Contestant,
  rounds: readonly MeasuredRound[],
): Side | null {
  const seconds = spreadOf(rounds.map((round) => round.seconds));
  if (seconds === null) return null;
  return {
    name,
    amount,
    seconds,
    cpuSeconds: spreadOf(rounds.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: spreadOf(rounds.map(({ peakBytes }) => peakBytes)),
  };
}
