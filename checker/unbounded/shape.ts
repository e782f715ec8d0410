/** The shape of plain data with names in it: what is left when each name is a hole. */
import { type Choices, choicesOf, type Name, type Names, nameOf } from './names.ts';
import type { Sort, Term } from './path.ts';

/**
 * Plain data with marks: `{ $: sort }` is a hole for a name, `{ '@': role, $: sort }` the name that
 * a group has in that role for ever, `{ '?': name }` a record of choices.
 */
export type Shape =
  | null
  | boolean
  | number
  | string
  | readonly Shape[]
  | { readonly [field: string]: Shape };

/** The names in the holes of a shape, by where they stand: `message.response.user`. */
export type Holes = ReadonlyMap<string, Name>;

export type Shaped = { readonly shape: Shape; readonly text: string; readonly holes: Holes };

export const isRole = (term: Term): boolean => term.startsWith('@');
export const roleTerm = (role: string): Term => `@${role}`;

/** @throws TypeError for what is not plain data. */
export function shapeOf(value: unknown, names: Names): Shaped {
  const holes = new Map<string, Name>();
  const shape = shapeAt(value, '', names, holes);
  return { shape, text: JSON.stringify(shape), holes };
}

const within = (at: string, field: string | number) => (at === '' ? `${field}` : `${at}.${field}`);

function shapeAt(value: unknown, at: string, names: Names, holes: Map<string, Name>): Shape {
  if (value === null || typeof value === 'boolean') return value;
  if (typeof value === 'string' || typeof value === 'number') {
    const { field, sort } = names.numbers;
    const found = names.sortOfText(String(value));
    const isName =
      typeof value === 'string' ? found !== sort : found === sort && at.split('.').at(-1) === field;
    if (found === undefined || !isName) return value;
    holes.set(at, { term: `"${value}"`, sort: found });
    return { $: found };
  }
  if (typeof value !== 'object') throw new TypeError(`${at} is no plain data: ${typeof value}`);
  const name = nameOf(value);
  if (name !== undefined) {
    if (isRole(name.term)) return { '@': name.term.slice(1), $: name.sort };
    holes.set(at, name);
    return { $: name.sort };
  }
  const choices = choicesOf(value);
  if (choices !== undefined) return { '?': choices.name };
  if (Array.isArray(value)) return value.map((v, i) => shapeAt(v, within(at, i), names, holes));
  const shape: Record<string, Shape> = {};
  const record = value as { readonly [field: string]: unknown };
  for (const field of Object.keys(record).sort())
    if (record[field] !== undefined)
      shape[field] = shapeAt(record[field], within(at, field), names, holes);
  return shape;
}

type Filling = {
  readonly names: Names;
  readonly choices: (name: string) => Choices;
  /** The term for the hole at a place. */
  readonly term: (at: string) => Term;
};

/** Data of a shape, with names in its holes. */
export function filled(shape: Shape, filling: Filling, at = ''): unknown {
  if (typeof shape !== 'object' || shape === null) return shape;
  if (Array.isArray(shape)) return shape.map((s, i) => filled(s, filling, within(at, i)));
  const record = shape as { readonly [field: string]: Shape };
  if ('@' in record) return filling.names.of(`@${record['@']}`, String(record.$));
  if ('$' in record) return filling.names.of(filling.term(at), String(record.$));
  if ('?' in record) return filling.names.choosing(filling.choices(String(record['?'])));
  return Object.fromEntries(
    Object.entries(record).map(([field, s]) => [field, filled(s, filling, within(at, field))]),
  );
}

/** The sorts of a shape's holes, by where they stand. */
export function sortsOf(shape: Shape, at = ''): ReadonlyMap<string, Sort> {
  if (typeof shape !== 'object' || shape === null) return new Map();
  if ('@' in shape || '?' in shape) return new Map();
  if ('$' in shape) return new Map([[at, String((shape as { $: Shape }).$)]]);
  return new Map(
    Object.entries(shape).flatMap(([field, inner]) => [...sortsOf(inner, within(at, field))]),
  );
}

/** The same without roles: the names that a group has for ever are holes for other groups. */
export function opened({ shape, holes }: Shaped): Shaped {
  const all = new Map(holes);
  const open = (inner: Shape, at: string): Shape => {
    if (typeof inner !== 'object' || inner === null || '?' in inner) return inner;
    if (Array.isArray(inner)) return inner.map((s, i) => open(s, within(at, i)));
    const record = inner as { readonly [field: string]: Shape };
    if ('@' in record) {
      all.set(at, { term: `@${record['@']}`, sort: String(record.$) });
      return { $: record.$! };
    }
    if ('$' in record) return record;
    return Object.fromEntries(
      Object.entries(record).map(([field, s]) => [field, open(s, within(at, field))]),
    );
  };
  const opening = open(shape, '');
  return { shape: opening, text: JSON.stringify(opening), holes: all };
}

/** The name, or the plain value, at a field of a shaped event. */
export function fieldOf({ shape, holes }: Shaped, field: string): Name | Shape | undefined {
  const inner = (shape as { readonly [field: string]: Shape })[field];
  if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
  const record = inner as { readonly [field: string]: Shape };
  if ('@' in record) return { term: `@${record['@']}`, sort: String(record.$) };
  return '$' in record ? holes.get(field) : inner;
}

/** Plain data with each text in it replaced, and each number. */
export function mapped(
  value: unknown,
  at: string,
  text: (value: string, at: string) => unknown,
  number: (value: number, at: string) => unknown = (value) => value,
): unknown {
  if (typeof value === 'string') return text(value, at);
  if (typeof value === 'number') return number(value, at);
  if (typeof value !== 'object' || value === null || nameOf(value)) return value;
  if (Array.isArray(value))
    return value.map((item, i) => mapped(item, within(at, i), text, number));
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      mapped(inner, within(at, field), text, number),
    ]),
  );
}
