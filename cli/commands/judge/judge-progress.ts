/** How far a long judgement has come, on a terminal, and its limit of time. */
import type { Io } from '../../output/io.ts';
import { counted } from '../../output/progress.ts';

/** A judgement that was cut short. There is no verdict. */
export class JudgedTooLong extends Error {
  override name = 'JudgedTooLong';
}

const BETWEEN = 200; // milliseconds between two lines of progress

/**
 * @param now - milliseconds.
 * @returns a listener for `judge`, to be called before each step.
 */
export function judgeProgress(
  path: string,
  maxSeconds: number,
  io: Pick<Io, 'progress'>,
  now: () => number = () => performance.now(),
): (judged: number, of: number) => void {
  const began = now();
  let shown = began;
  return (judged, of) => {
    const time = now();
    if (time - shown < BETWEEN) return;
    shown = time;
    const steps = `${counted(judged)} of ${counted(of)} steps`;
    if (time - began > maxSeconds * 1000)
      throw new JudgedTooLong(
        `${path}: no verdict: ${steps} are judged after ${maxSeconds} seconds. Raise ` +
          '--max-seconds, or judge a part of the recording',
      );
    io.progress(`judging ${path}: ${steps}`);
  };
}
