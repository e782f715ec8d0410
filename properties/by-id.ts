/** Claims and faults by their ids. */
import { CLAIMS } from './catalogue.ts';
import type { Claim, Fault } from './claim.ts';
import { FAULTS } from './faults/faults.ts';

/** Readers of commands and documents turn it into an error of their own. */
export class UnknownId extends Error {
  override readonly name = 'UnknownId';
  readonly kind: 'claim' | 'fault';
  readonly id: string;
  readonly ids: readonly string[]; // all known ones

  constructor(kind: 'claim' | 'fault', id: string, ids: readonly string[]) {
    super(`no ${kind} is called "${id}"`);
    this.kind = kind;
    this.id = id;
    this.ids = ids;
  }
}

/** @throws UnknownId where no claim has this id. */
export const claimById = (id: string): Claim => byId('claim', id, CLAIMS);

/** @throws UnknownId where no fault has this id. */
export const faultById = (id: string): Fault => byId('fault', id, FAULTS);

function byId<One extends { readonly id: string }>(
  kind: 'claim' | 'fault',
  id: string,
  all: readonly One[],
): One {
  const found = all.find((one) => one.id === id);
  if (found !== undefined) return found;
  throw new UnknownId(
    kind,
    id,
    all.map((one) => one.id),
  );
}
