/** The duties of fair runs, as numbers: each weak action is a duty to take it or disable it. */
import type { Offer } from '../model/composition.ts';
import type { Fairness, Response } from '../model/system.ts';

export type Duties = {
  /** By offer: the number of the duty that it does. `NONE`: it does none. */
  readonly of: readonly number[];
  /** By offer: whether a fair run takes it only finitely often. */
  readonly isFinite: readonly boolean[];
};

export const NONE = -1;

const KNOWN: readonly unknown[] = ['weak', 'finite', 'free'] satisfies readonly Fairness[];

/** @throws TypeError for an unknown fairness. */
export function dutiesOf(response: Response, offers: readonly Offer[]): Duties {
  const numbers = new Map<string, number>();
  const fairness = offers.map(({ component, event }) => {
    const chosen = response.fairness(component, event);
    if (KNOWN.includes(chosen)) return chosen;
    const what = `${JSON.stringify(event)} of ${component}`;
    throw new TypeError(`property '${response.name}': ${what} has an unknown fairness, ${chosen}`);
  });
  return {
    of: offers.map(({ component, event }, offer) => {
      if (fairness[offer] !== 'weak') return NONE;
      const action = response.action?.(component, event) ?? offer;
      const key = JSON.stringify([component, action]); // a name is quoted, and a number is not
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      return number;
    }),
    isFinite: fairness.map((chosen) => chosen === 'finite'),
  };
}
