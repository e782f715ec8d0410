/**
 * The words after the last step of a trace without an end.
 *
 * @param loop - number of steps before the loop. Null: there is none.
 * @param length - number of steps of the whole trace.
 * @returns null where the trace ends.
 */
export function endlessly(loop: number | null, length: number): string | null {
  if (loop === null) return null;
  if (loop === length) return 'and no further step has to happen';
  return loop + 1 === length
    ? `and step ${length} repeats for ever`
    : `and steps ${loop + 1} to ${length} repeat for ever`;
}
