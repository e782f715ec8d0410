/** Messages between groups, and signals for other groups' monitors, as their receivers see them. */
import { type Edge, edgeKey, type Kind, type Part } from './kinds.ts';
import { type Partition, termIn } from './partition.ts';
import type { Path, Sort, Term } from './path.ts';
import { fieldOf, opened, type Shape, type Shaped } from './shape.ts';
import type { GroupStep, Outgoing, Overheard } from './step.ts';

/** A message between groups as its receiver sees it, or a signal for a monitor of another group. */
export type Letter = {
  readonly key: string;
  readonly to: Kind;
  readonly part: Part;
  readonly event: Pick<Shaped, 'shape' | 'text'>;
  /** Of its names: the receiver's roles, as `@role`, and those in the event, by their place. */
  readonly sorts: ReadonlyMap<string, Sort>;
  readonly edge: Edge | null; // null: a signal
  /** Of a signal: where its sender's identity stands in it. The receiver has another. */
  readonly senders: readonly string[];
  same: Partition;
  version: number; // from 1
};

/** A letter as one step posts it: its names, and what of them are the same. */
export type Posted = {
  readonly letter: Letter;
  readonly by: Outgoing | null; // null: a signal
  readonly holding: ReadonlyMap<string, { readonly term: Term; readonly sort: Sort }>;
};

/** Something that can happen to a group in a view. */
export type Happening = {
  readonly part: Part;
  readonly event: Shaped; // its names are terms of their own: `event.place`
  readonly letter: Letter | null; // null: an offer
};

export const offersOf = ({ parts }: Kind): readonly Happening[] =>
  parts.flatMap((part) =>
    [...part.offers.values()].map((offer) => ({ part, event: ownNames(offer), letter: null })),
  );

export function arrival(letter: Letter): Happening {
  const holes = [...letter.sorts].flatMap(([at, sort]) =>
    at.startsWith('@') ? [] : [[at, { term: `event.${at}`, sort }] as const],
  );
  return { part: letter.part, event: { ...letter.event, holes: new Map(holes) }, letter };
}

/** A signal as the monitor of another group hears it. */
export function signalled({ signal, to: { kind, part } }: Overheard, sender: Kind): Posted {
  const event = opened(signal);
  const senders = [...event.holes].flatMap(([at, { term }]) =>
    term === `@${sender.identity}` ? [at] : [],
  );
  const sorts = new Map([...event.holes].map(([at, { sort }]) => [at, sort]));
  const key = JSON.stringify(['signal', kind.nth, part.name, event.text, senders]);
  const letter = {
    key,
    to: kind,
    part,
    event,
    sorts,
    edge: null,
    senders,
    same: new Map(),
    version: 1,
  };
  return { letter, by: null, holding: event.holes };
}

export const termInLetter = (register: string): Term =>
  termIn(register, (plain) => (plain.startsWith('@') ? plain : `event.${plain}`));

export function supposeHeard(path: Path, event: Shaped, field: string, value: Shape): void {
  const said = fieldOf(event, field);
  if (typeof value !== 'object' || value === null || !('@' in value)) return;
  if (typeof said === 'object' && said !== null && 'term' in said)
    path.suppose(String(said.term), `@${value['@']}`);
}

/** Supposes that the sender of a signal is another group. */
export function supposeSender(path: Path, { senders, sorts, to }: Letter): void {
  const own = to.identity;
  if (own === null) return;
  for (const at of senders)
    if (sorts.get(at) === to.roles.get(own)) path.suppose(`event.${at}`, `@${own}`, false);
}

/** An offer whose names are terms of their own. */
const ownNames = ({ holes, ...offer }: Shaped): Shaped => ({
  ...offer,
  holes: new Map([...holes].map(([at, { sort }]) => [at, { term: `event.${at}`, sort }])),
});

export const receiverOf = ({ to, toPart }: Edge): Part =>
  to.parts.find(({ name }) => name === toPart)!;

/** What goes out through an edge, as the receiver sees it. */
export function posted(edge: Edge, by: Outgoing, { kind }: GroupStep): Posted {
  const { part, to, event } = by;
  const message = opened(event);
  const holding = new Map<string, { readonly term: Term; readonly sort: Sort }>(message.holes);
  const mine = (term: Term) =>
    term === 'port' && typeof to === 'object'
      ? to
      : { term, sort: kind.roles.get(term.slice(1)) ?? edge.asSort! };
  for (const [own, its] of edge.law) holding.set(its, mine(own));
  if (edge.as === '*' && !holding.has('from'))
    holding.set('from', { term: `from:${part.name}`, sort: edge.asSort! });
  const fields = message.shape as { readonly [field: string]: Shape };
  const shape = { ...fields, from: edge.as === '*' ? { $: edge.asSort! } : edge.as };
  const text = JSON.stringify(shape);
  const key = JSON.stringify([edgeKey(edge), text]);
  const sorts = new Map([...holding].map(([at, { sort }]) => [at, sort]));
  const letter = {
    key,
    to: edge.to,
    part: receiverOf(edge),
    event: { shape, text },
    sorts,
    edge,
    senders: [],
  };
  return { letter: { ...letter, same: new Map(), version: 1 }, by, holding };
}
