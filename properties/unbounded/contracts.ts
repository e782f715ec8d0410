/** The contracts between parties that a proof has inferred: all that ever passes between groups. */
import type { Letter } from '../../checker/unbounded/letters.ts';
import type { Network } from '../../checker/unbounded/network.ts';
import type { Shape } from '../../checker/unbounded/shape.ts';

export type Contract = {
  readonly from: readonly string[]; // the senders of these messages and no others
  readonly to: string; // the part that receives them
  readonly messages: readonly string[]; // one letter name stands for one name throughout a message
};

/** By sender and receiver. A sender sends nothing else, in any network of the class. */
export function contractsOf(network: Network): readonly Contract[] {
  const bySender = new Map<string, Set<string>>();
  const names = new Map<string, { readonly from: string; readonly to: string }>();
  for (const letter of network.letters.values()) {
    const { edge } = letter;
    if (edge === null) continue; // signals are heard by monitors alone
    const from = edge.from.parts.length === 1 ? edge.part : `${edge.part} of a ${edge.from.label}`;
    const key = JSON.stringify([from, edge.toPart]);
    names.set(key, { from, to: edge.toPart });
    bySender.set(key, (bySender.get(key) ?? new Set()).add(wordsOf(letter)));
  }
  const contracts = new Map<string, Contract>();
  for (const [sender, said] of bySender) {
    const { from, to } = names.get(sender)!;
    const messages = [...said].sort();
    const key = JSON.stringify([to, messages]);
    contracts.set(key, { to, messages, from: [...(contracts.get(key)?.from ?? []), from] });
  }
  return [...contracts.values()];
}

const SILENT = ['type', 'from', 'ghost', 'purpose']; // ghosts are for monitors

/** `client.fetch { credential: { secret: null, user: u }, path: mailbox }` */
function wordsOf({ event, same }: Letter): string {
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
  const told = rendered(
    Object.fromEntries(Object.entries(fields).filter(([field]) => !SILENT.includes(field))),
    '',
    nameAt,
  );
  return told === '{}' ? String(type) : `${type} ${told}`;
}

const isRole = (register: string) => register.startsWith('@');
const isSaid = (register: string) =>
  isRole(register) || !SILENT.includes(register.replace(/\..*$/s, ''));

function rendered(shape: Shape, at: string, nameAt: (at: string) => string): string {
  if (typeof shape !== 'object' || shape === null) return String(shape);
  if ('$' in shape) return nameAt(at);
  const within = (field: string) => (at === '' ? field : `${at}.${field}`);
  const fields = Object.entries(shape).map(
    ([field, inner]) => `${field}: ${rendered(inner, within(field), nameAt)}`,
  );
  return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
}
