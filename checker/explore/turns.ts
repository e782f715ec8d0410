/** Work in turns, done without a pause. */

/** @param onTurn - is told of each turn but the last, which has the result. */
export function finished<Turn, Result>(
  turns: Generator<Turn, Result, void>,
  onTurn?: (turn: Turn) => void,
): Result {
  for (let turn = turns.next(); ; turn = turns.next()) {
    if (turn.done) return turn.value;
    onTurn?.(turn.value);
  }
}
