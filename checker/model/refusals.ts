/** The refusals that disabled steps during a search, each reason once. */
import type { AnyEventObject, AnyMachineSnapshot, AnyStateMachine } from 'xstate';

/** A message that disabled a step because the addressee's state does not accept it. */
export type Refusal = {
  readonly sender: string; // a machine's id, as `addressee` is
  readonly addressee: string;
  readonly state: string; // the addressee's state value, as JSON where it is not a plain string
  readonly event: string; // its type
};

export class Refusals {
  readonly #met = new Map<string, Refusal>();

  add(
    sender: AnyStateMachine,
    addressee: AnyStateMachine,
    { value }: AnyMachineSnapshot, // of the addressee
    { type }: AnyEventObject,
  ): void {
    const refusal = {
      sender: sender.id,
      addressee: addressee.id,
      state: typeof value === 'string' ? value : JSON.stringify(value),
      event: type,
    };
    this.#met.set(JSON.stringify(Object.values(refusal)), refusal);
  }

  /** Distinct, and sorted. */
  list(): readonly Refusal[] {
    const sorted = [...this.#met].sort(([a], [b]) => (a < b ? -1 : 1));
    return sorted.map(([, refusal]) => refusal);
  }
}
