/** Walks that go round for ever: what a random search can say of a response. */
import { type Duties, NONE } from './fairness.ts';

type Visit = {
  readonly duties: ReadonlySet<number>; // those that are enabled
  readonly taken: number; // how many offers had been taken
};

/**
 * Follows one walk, and says when it has closed a fair loop in which something is owed all along.
 *
 * Only the first visit to a state counts as a start: the loop from there contains all later ones,
 * and what is longer is no less fair. Steps that a fair run takes only finitely often are not part
 * of any loop, so after each of them the walk begins anew.
 */
export class LassoWatch {
  readonly #duties: Duties;
  #visits: Visit[] = [];
  #first = new Map<string, number>(); // by state: its first visit
  #done: number[] = []; // by visit but the last: the duty that the step after it does, or none
  #taken = 0;

  constructor(duties: Duties) {
    this.#duties = duties;
  }

  /** A new walk begins. */
  reset(): void {
    this.#taken = 0;
    this.#forget();
  }

  /** The walk takes an offer. Say so before the `visit` to where it leads. */
  take(offer: number): void {
    this.#taken += 1;
    if (this.#duties.isFinite[offer]) this.#forget();
    else this.#done.push(this.#duties.of[offer]!);
  }

  /**
   * The walk is in a state; to be told of each.
   *
   * @param state - the same text exactly for the same state.
   * @returns how many steps of the walk come before the loop that it has closed, or null. All that
   *   were taken: the loop is empty, and this state can be kept for ever.
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

  /** Whether each duty is done since that visit, or was not enabled at some visit since. */
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
