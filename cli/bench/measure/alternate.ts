/** Rounds taken in turns, A B C A B C, so that whatever else the machine does befalls all alike. */

import type { Side, Spread } from '../report/results.ts';
import type { Measured } from './meter.ts';

/** One who does the same work again in each round. */
export type Contestant = {
  readonly name: string; // unique in its match
  readonly amount: number; // of work in one round
  /** For what takes too long to be done as often as the others. Default: no limit of its own. */
  readonly roundsMax?: number;
  /** @throws WrongCount where it did not do the work that it was to do. */
  readonly round: () => Promise<Measured>;
};

/** Contestants that are ready, and what removes whatever was made for them. */
export type Prepared = {
  readonly contestants: readonly Contestant[];
  readonly dispose: () => void;
};

/** A contestant searched, walked or counted something else than it should have. */
export class WrongCount extends Error {
  override name = 'WrongCount';
}

/**
 * Takes rounds until there are enough, or until it is told to stop. A round that was cut short by
 * that counts for nothing.
 *
 * @param onRound - is told who has the next turn, and in which round, from 1.
 * @returns by contestant. Empty lists are possible where it was stopped.
 */
export async function alternate(
  contestants: readonly Contestant[],
  rounds: number,
  signal: AbortSignal,
  onRound: (name: string, round: number) => void,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const taken = new Map<string, Measured[]>(contestants.map(({ name }) => [name, []]));
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

/** Null where there is nothing to be spread, or a value among them that is not known. */
export function spreadOf(values: readonly (number | null)[]): Spread | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length === 0 || known.length < values.length) return null;
  const middle = (known.length - 1) / 2;
  const median = (known[Math.floor(middle)]! + known[Math.ceil(middle)]!) / 2;
  return { median, min: known[0]!, max: known.at(-1)!, rounds: known.length };
}

/** Null where it had no round. */
export function sideOf({ name, amount }: Contestant, rounds: readonly Measured[]): Side | null {
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
