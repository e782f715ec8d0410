/** The search of every state, as defined: the faster searches are compared with it. */

import type { Composition } from '../model/composition.ts';
import type { CheckedProperty } from './checked-property.ts';
import { type Explored, ofStates, type SweepOptions } from './explored.ts';
import type { Progress } from './limits.ts';
import { RowSweep } from './row-sweep.ts';

export class PlainSweep extends RowSweep implements Explored {
  readonly decided = new Map<CheckedProperty, number>();
  isExhausted = false;
  readonly #composition: Composition;
  readonly #stopsAtViolation: boolean;
  #undecided: readonly CheckedProperty[];
  #isViolated = false;

  constructor(
    composition: Composition,
    properties: readonly CheckedProperty[],
    options: SweepOptions,
  ) {
    super(composition, properties, options);
    this.#composition = composition;
    this.#stopsAtViolation = options.stopAtViolation === true;
    this.#undecided = ofStates(properties);
  }

  override *run(states?: number): Generator<Progress, boolean, void> {
    const hasEnded = yield* super.run(states);
    this.isExhausted = hasEnded && !this.isCut;
    return hasEnded;
  }

  protected override get isCut(): boolean {
    return this.#stopsAtViolation && this.#isViolated;
  }

  protected override successor(at: number, offer: number): Int32Array | null {
    return this.#composition.step(this.reached.rows, at, offer) ? this.#composition.next : null;
  }

  protected override check(state: number, at: number): void {
    for (const property of this.#undecided) {
      const always = property.kind === 'always';
      if (property.holds(this.reached.rows, at) === always) continue;
      this.#isViolated ||= always;
      this.decided.set(property, state);
      this.#undecided = this.#undecided.filter((other) => other !== property);
    }
  }
}
