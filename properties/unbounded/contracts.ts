/** The contracts between parties that a proof has inferred: all that ever passes between groups. */
import type { Letter } from '../../checker/unbounded/letters.ts';
import type { Network } from '../../checker/unbounded/network.ts';
import type { Shape } from '../../checker/unbounded/shape.ts';

export type Contract = {
  readonly from: readonly string[]; // the senders of these messages and no others
  readonly to: string; // the part that receives them
  readonly messages: readonly string[]; // one letter name stands for one name throughout a message
};

/** Fields by name; what a name or a value is, in words. */
type Told = string | { readonly [field: string]: Told };
type Message = { readonly type: string; readonly fields: { readonly [field: string]: Told } };

/**
 * By sender and receiver. A sender sends nothing else, in any network of the class.
 *
 * @param variantsMax - of messages of one type. More than these are told as one, with `…` for what
 *   they differ in.
 */
export function contractsOf(
  network: Network,
  variantsMax = Number.POSITIVE_INFINITY,
): readonly Contract[] {
  const bySender = new Map<string, Message[]>();
  for (const letter of network.letters.values()) {
    const { edge } = letter;
    if (edge === null) continue; // signals are heard by monitors alone
    const from = edge.from.parts.length === 1 ? edge.part : `${edge.part} of a ${edge.from.label}`;
    const key = JSON.stringify([from, edge.toPart]);
    bySender.set(key, [...(bySender.get(key) ?? []), messageOf(letter)]);
  }
  const contracts = new Map<string, Contract>();
  for (const [sender, said] of bySender) {
    const [from, to] = JSON.parse(sender) as [string, string];
    const messages = shortened(said, variantsMax);
    const key = JSON.stringify([to, messages]);
    contracts.set(key, { to, messages, from: [...(contracts.get(key)?.from ?? []), from] });
  }
  return [...contracts.values()];
}

/** Each once, in the order of their words. */
function shortened(said: readonly Message[], variantsMax: number): readonly string[] {
  const byType = new Map<string, Map<string, Message>>();
  for (const one of said) {
    const { message } = one.fields;
    const key = `${one.type} ${typeof message === 'object' ? message.type : ''}`;
    byType.set(key, (byType.get(key) ?? new Map<string, Message>()).set(wordsOf(one), one));
  }
  return [...byType.values()]
    .flatMap((variants) => {
      if (variants.size <= variantsMax) return [...variants.keys()];
      const [first, ...others] = [...variants.values()];
      const fields = others.reduce<Told>((some, { fields }) => both(some, fields), first!.fields);
      return [wordsOf({ type: first!.type, fields: fields as Message['fields'] })];
    })
    .sort();
}

/** What two have in common, with `…` where they differ. */
function both(one: Told, other: Told): Told {
  if (typeof one === 'string' || typeof other === 'string') return one === other ? one : '…';
  const fields = new Set([...Object.keys(one), ...Object.keys(other)]);
  return Object.fromEntries(
    [...fields].map((field) => [field, both(one[field] ?? '…', other[field] ?? '…')]),
  );
}

const SILENT = ['type', 'from', 'ghost', 'purpose']; // ghosts are for monitors

function messageOf({ event, same }: Letter): Message {
  const { type, ...fields } = event.shape as Readonly<Record<string, Shape>>;
  const classes = new Map<string, string[]>();
  for (const [register, first] of same)
    if (!first.startsWith('"'))
      classes.set(first, [...(classes.get(first) ?? [first]), register].filter(isSaid));
  const letters = [...classes.values()].filter((members) => members.length > 1);
  const nameAt = (at: string): string => {
    const first = same.get(at) ?? at;
    if (first.startsWith('"')) return first.slice(1, -1);
    const members = [...(classes.get(first) ?? [])];
    const role = members.find((member) => member.startsWith('@')) ?? (isRole(first) ? first : null);
    if (role !== null) return `the ${role.slice(1).replace('.', "'s ")}`;
    const nth = letters.findIndex((some) => some.includes(at));
    return nth < 0 ? 'any' : String.fromCodePoint(117 + nth); // u, v, w
  };
  const said = Object.entries(fields).filter(([field]) => !SILENT.includes(field));
  return {
    type: String(type),
    fields: Object.fromEntries(said.map(([field, inner]) => [field, told(inner, field, nameAt)])),
  };
}

const isRole = (register: string) => register.startsWith('@');
const isSaid = (register: string) =>
  isRole(register) ||
  (!register.startsWith('(') && !SILENT.includes(register.replace(/\..*$/s, '')));

function told(shape: Shape, at: string, nameAt: (at: string) => string): Told {
  if (typeof shape !== 'object' || shape === null) return String(shape);
  if ('$' in shape) return nameAt(at);
  const fields = Object.entries(shape).filter(([field]) => field !== 'ghost');
  return Object.fromEntries(
    fields.map(([field, inner]) => [field, told(inner, `${at}.${field}`, nameAt)]),
  );
}

/** `client.fetch { credential: { secret: null, user: u }, path: mailbox }` */
const wordsOf = ({ type, fields }: Message): string =>
  Object.keys(fields).length === 0 ? type : `${type} ${written(fields)}`;

function written(some: Told): string {
  if (typeof some === 'string') return some;
  const fields = Object.entries(some).map(([field, inner]) => `${field}: ${written(inner)}`);
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
