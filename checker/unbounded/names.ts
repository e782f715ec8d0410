/**
 * Opaque names: objects that can be compared, through the method `SAME`, and do nothing else.
 *
 * Whatever else a machine does with one (prints it, reads a field of it, takes it for a key, orders
 * it) throws. `===` alone cannot throw; that no machine compares names by it is for a test to see.
 */
import { currentPath, type Sort, type Term, textTerm } from './path.ts';

/** How a name decides whether another is the same, and which one follows it. */
export const SAME = Symbol.for('double-hop.same');
export const NEXT = Symbol.for('double-hop.next');

export type Name = { readonly term: Term; readonly sort: Sort };

/**
 * By sort, the texts and numbers of the program that are names of that sort. Any other text that a
 * name is compared with is taken to be no name.
 */
export type Texts = Readonly<Record<Sort, readonly string[]>>;

/** Numbers in fields of this name are names of this sort. Other numbers are plain data. */
export type NumberNames = { readonly field: string; readonly sort: Sort };

/** Fields that may have any of some values. The run forks when it reads one. */
export type Choices = {
  readonly name: string;
  readonly fields: Readonly<Record<string, readonly (string | boolean)[]>>; // one: it is fixed
};

const names = new WeakMap<object, Name>();
const choices = new WeakMap<object, Choices>();

export function nameOf(value: unknown): Name | undefined {
  return typeof value === 'object' && value !== null ? names.get(value) : undefined;
}

export function choicesOf(value: unknown): Choices | undefined {
  return typeof value === 'object' && value !== null ? choices.get(value) : undefined;
}

function forbidden(what: string): () => never {
  return () => {
    throw new TypeError(`a name is used otherwise than by comparison: ${what}`);
  };
}

const FORBIDDEN: ProxyHandler<object> = Object.fromEntries(
  (
    [
      ...['set', 'has', 'deleteProperty', 'ownKeys', 'getOwnPropertyDescriptor'],
      ...['defineProperty', 'getPrototypeOf', 'setPrototypeOf', 'isExtensible'],
      'preventExtensions',
    ] as const
  ).map((trap) => [trap, forbidden(trap)]),
);

/** The names of one universe: a term and its sort have one name. */
export class Names {
  readonly texts: Texts;
  readonly numbers: NumberNames;
  /** The texts that names were compared with although no name of the sort is written so. */
  readonly foreign = new Set<string>();
  /** By term of a field of choices: the values that it may have. */
  readonly values = new Map<Term, readonly (string | boolean)[]>();
  readonly #made = new Map<string, object>();
  readonly #records = new Map<Choices, object>();
  readonly #sortOfText: ReadonlyMap<string, Sort>;

  constructor(texts: Texts, numbers: NumberNames) {
    this.texts = texts;
    this.numbers = numbers;
    this.#sortOfText = new Map(
      Object.entries(texts).flatMap(([sort, some]) => some.map((text) => [text, sort] as const)),
    );
  }

  /** The sort of the names that a text of the program may be. Undefined: it is no name. */
  sortOfText(text: string): Sort | undefined {
    return this.#sortOfText.get(text);
  }

  of(term: Term, sort: Sort): object {
    const key = `${sort} ${term}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const same = (other: unknown) => this.#isSame({ term, sort }, other);
    const next = () => this.of(`(next ${term})`, sort);
    const name = new Proxy(
      {},
      {
        ...FORBIDDEN,
        get: (_, field) =>
          field === SAME ? same : field === NEXT ? next : forbidden(String(field))(),
      },
    );
    names.set(name, { term, sort });
    this.#made.set(key, name);
    return name;
  }

  /** A record whose fields are decided when they are read, once on a path. */
  choosing(what: Choices): object {
    const known = this.#records.get(what);
    if (known !== undefined) return known;
    const record = {};
    this.#records.set(what, record);
    for (const [field, values] of Object.entries(what.fields)) {
      const term = choiceTerm(what.name, field);
      this.values.set(term, values);
      Object.defineProperty(record, field, { enumerable: true, get: () => chosen(term, values) });
    }
    choices.set(record, what);
    return record;
  }

  #isSame({ term, sort }: Name, other: unknown): boolean {
    if (other === null || other === undefined) return false;
    const name = nameOf(other);
    if (name !== undefined) {
      if (name.sort === sort) return currentPath().same(term, name.term);
      throw new TypeError(`${term}, a ${sort}, is compared with ${name.term}, a ${name.sort}`);
    }
    const text = String(other);
    if (this.texts[sort]?.includes(text)) return currentPath().same(term, textTerm(text));
    this.foreign.add(`${sort} ${text}`);
    return false;
  }
}

/** The term of a field of choices. It is the same for all time. */
export const choiceTerm = (name: string, field: string): Term => `@${name}.${field}`;

function chosen(term: Term, values: readonly (string | boolean)[]): string | boolean {
  const path = currentPath();
  for (const value of values.slice(0, -1))
    if (path.same(term, textTerm(String(value)))) return value;
  const last = values.at(-1);
  if (last === undefined) throw new TypeError(`${term} has no values`);
  if (values.length > 1) path.learn(term, textTerm(String(last)));
  return last;
}
