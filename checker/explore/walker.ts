/** A walk through a system, step by step over its tables, for random and directed tests. */
import type { AnyMachineSnapshot } from 'xstate';
import { compose, type Offer } from '../model/composition.ts';
import type { System, Trace } from '../model/system.ts';
import { isUnviolated } from './checked-property.ts';

export type Walker = {
  /** All offers, enabled or not. The other methods take and return indices into this list. */
  readonly offers: readonly Offer[];
  /** Back to the initial state. */
  readonly reset: () => void;
  /** The offers that can be taken now, ascending. */
  readonly enabled: () => readonly number[];
  /** False: the offer is not enabled, and no component has changed. */
  readonly take: (offer: number) => boolean;
  readonly snapshot: (component: string) => AnyMachineSnapshot;
  /** Two keys are equal exactly when each of these components is in the same state. */
  readonly key: (components: readonly string[]) => string;
  /** The name of the first violated monitor. Null: none is. */
  readonly violated: () => string | null;
  /** The steps taken since the initial state. It takes them all again, so call it at the end. */
  readonly trace: () => Trace;
};

/** @throws TypeError for a system that is not well formed. */
export function walker(system: System): Walker {
  const composition = compose(system);
  const { offers } = composition;
  const monitors = system.filter(({ monitor }) => monitor).map(({ name }) => name);
  const row = composition.initial.slice();
  let taken: number[] = [];
  let enabled: readonly number[] | null = null; // null: not asked since the last step
  const snapshot = (component: string) => {
    const index = composition.indexOf(component);
    return composition.snapshot(index, row[index]!);
  };
  return {
    offers,
    reset() {
      row.set(composition.initial);
      taken = [];
      enabled = null;
    },
    enabled() {
      enabled ??= [...offers.keys()].filter((offer) => composition.step(row, 0, offer));
      return enabled;
    },
    take(offer) {
      if (!(offer in offers)) throw new RangeError(`there is no offer ${offer}`);
      if (!composition.step(row, 0, offer)) return false;
      row.set(composition.next);
      taken.push(offer);
      enabled = null;
      return true;
    },
    snapshot,
    key: (components) => components.map((name) => row[composition.indexOf(name)]).join(),
    violated: () => monitors.find((name) => !isUnviolated(snapshot(name))) ?? null,
    trace: () => composition.trace(taken),
  };
}
