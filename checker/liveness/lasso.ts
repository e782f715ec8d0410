/** Finds fair loops on a walk, so that a random search can check a response. */
import { type Duties, NONE } from './fairness.ts';

type Visit = {
  readonly duties: ReadonlySet<number>; // those that are enabled
  readonly taken: number; // how many offers had been taken
};

/**
 * Follows one walk and reports when it has closed a fair loop whose states all owe a response.
 *
 * Only the first visit to a state counts as a start: the loop from there contains all later loops,
 * and a longer loop is no less fair. No loop contains a step that a fair run takes only finitely
 * often, so the search for a loop starts again after such a step.
 */
export class LassoWatch {
  readonly #duties: Duties;
  #visits: Visit[] = [];
  #first = new Map<string, number>(); // by state: its first visit
  #done: number[] = []; // by visit except the last: the duty that the next step does, or NONE
  #taken = 0;

  constructor(duties: Duties) {
    this.#duties = duties;
  }

  /** Begins a new walk. */
  reset(): void {
    this.#taken = 0;
    this.#forget();
  }

  /** Records that the walk takes an offer. Call it before the `visit` to the next state. */
  take(offer: number): void {
    this.#taken += 1;
    if (this.#duties.isFinite[offer]) this.#forget();
    else this.#done.push(this.#duties.of[offer]!);
  }

  /**
   * Records that the walk is in a state. Call it for every state of the walk.
   *
   * @param state - equal texts exactly for equal states.
   * @returns the number of steps before the loop that the walk has closed; null: none. If it is the
   *   number of all steps, the loop is empty: a fair run may rest in this state for ever.
   */
  visit(state: string, owes: boolean, enabled: readonly number[]): number | null {
    if (!owes) {
      this.#forget();
      return null;
    }
    const index = this.#visits.length;
    if (index === 0) this.#done = [];
    const start = this.#first.get(state) ?? index;
    this.#first.set(state, start);
    const duties = new Set(enabled.map((offer) => this.#duties.of[offer]!));
    duties.delete(NONE);
    this.#visits.push({ duties, taken: this.#taken });
    if (duties.size === 0) return this.#taken;
    return start < index && this.#isFair(start) ? this.#visits[start]!.taken : null;
  }

  /** Whether each duty was done after that visit, or was not enabled at a visit after it. */
  #isFair(since: number): boolean {
    const done = new Set(this.#done.slice(since));
    const [first, ...others] = this.#visits.slice(since);
    return [...first!.duties].every(
      (duty) => done.has(duty) || others.some(({ duties }) => !duties.has(duty)),
    );
  }

  #forget(): void {
    this.#visits = [];
    this.#first = new Map();
  }
}
