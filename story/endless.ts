/** How a story says that its trace goes on for ever. */

/**
 * @param loop - steps before the loop. Null: there is none.
 * @param length - steps of the whole trace.
 * @returns what is said after the last step. Null: nothing.
 */
export function endlessly(loop: number | null, length: number): string | null {
  if (loop === null) return null;
  return loop === length
    ? 'and nothing has to happen any more'
    : `and so on for ever, from step ${loop + 1}`;
}
