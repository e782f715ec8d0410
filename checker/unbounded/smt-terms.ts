/** Terms as SMT-LIB: constants of uninterpreted sorts, texts that all differ, and `next`. */
import type { NameFunction } from './kinds.ts';
import { applied, isText, predecessorOf, type Sort, type Term } from './path.ts';

const CHOICE = 'Choice';

const sortName = (sort: Sort): Sort => (sort.startsWith('choice ') ? CHOICE : sort);

/** Symbols must not begin with @, which solvers keep for themselves. */
const symbol = (term: Term): string => `|${term.replace(/^@/, 'its ')}|`;

/** Serials that are numbers, where it matters which come first. */
const ORDERED = ['(define-sort Serial () Int)', '(define-fun next ((s Serial)) Serial (+ s 1))'];

export class SmtTerms {
  readonly #sorts = new Map<Sort, Set<string>>(); // with their texts
  #known = new Map<Term, Sort>();
  readonly #used = new Set<Term>();
  readonly #functions: readonly NameFunction[];

  constructor(functions: readonly NameFunction[]) {
    this.#functions = functions;
    for (const { from, to, after } of functions) {
      for (const sort of [from, to]) this.#sorts.set(sort, this.#sorts.get(sort) ?? new Set());
      if (after !== undefined) for (const text of ['true', 'false']) this.#text(`"${text}"`, to);
    }
  }

  /** Begins another situation, with names of its own. */
  begin(): void {
    this.#known = new Map();
    this.#used.clear();
  }

  known(term: Term, sort: Sort): void {
    this.#known.set(term, sort);
  }

  /** @throws TypeError for a term of no sort. */
  equal(one: Term, other: Term): string {
    if (one === other) return 'true';
    if (isText(one) && isText(other)) return 'false';
    const sort = this.#sortOf(one) ?? this.#sortOf(other);
    if (sort === null) throw new TypeError(`no sort: ${one}, ${other}`);
    return `(= ${this.#written(one, sort)} ${this.#written(other, sort)})`;
  }

  /** Of the situation: its constants, and that each choice has one of its values. */
  declarations(values: ReadonlyMap<Term, readonly (string | boolean)[]>): readonly string[] {
    const used = [...this.#used].filter((term) => !this.#isForAll(term));
    const declared = used.map(
      (term) => `(declare-const ${symbol(term)} ${sortName(this.#sortOf(term)!)})`,
    );
    const bounded = used.flatMap((term) => {
      const some = values.get(term);
      if (some === undefined) return [];
      const cases = some.map((value) => `(= ${symbol(term)} ${this.#text(`"${value}"`, CHOICE)})`);
      return [`(assert ${cases.length === 1 ? cases[0] : `(or ${cases.join(' ')})`})`];
    });
    return [...declared, ...bounded];
  }

  get logic(): string {
    return this.#isOrdered ? 'UFLIA' : 'UF';
  }

  get #isOrdered(): boolean {
    return this.#functions.some(({ after }) => after !== undefined);
  }

  readonly sorts = (): readonly string[] => {
    const all = [...new Set([...this.#sorts.keys(), 'Serial'])];
    const isOrdered = this.#isOrdered;
    return [
      ...all
        .filter((sort) => !(isOrdered && sort === 'Serial'))
        .map((sort) => `(declare-sort ${sort} 0)`),
      ...(isOrdered ? ORDERED : ['(declare-fun next (Serial) Serial)']),
      ...this.#functions
        .filter(({ of, after }) => of !== 'next' && after === undefined)
        .map(({ of, from, to }) => `(declare-fun ${of} (${from}) ${to})`),
    ];
  };

  /** The texts, and the functions that are defined by them. */
  readonly texts = (): readonly string[] => [
    ...[...this.#sorts].flatMap(([sort, texts]) => {
      const all = [...texts].map((text) => `|${sort} ${text}|`);
      return [
        ...all.map((text) => `(declare-const ${text} ${sort})`),
        ...(all.length > 1 ? [`(assert (distinct ${all.join(' ')}))`] : []),
      ];
    }),
    ...this.#functions.flatMap(({ of, from, to, after }) =>
      after === undefined
        ? []
        : [
            `(declare-const ${symbol(after)} ${from})`,
            `(define-fun ${of} ((s ${from})) ${to}`,
            `  (ite (< ${symbol(after)} s) ${this.#text('"true"', to)} ${this.#text('"false"', to)}))`,
          ],
    ),
  ];

  #isForAll(term: Term): boolean {
    return this.#functions.some(({ after }) => after === term);
  }

  #function(name: string): NameFunction {
    return this.#functions.find(({ of }) => of === name)!;
  }

  #sortOf(term: Term): Sort | null {
    if (isText(term)) return null;
    const before = predecessorOf(term);
    if (before !== null) return this.#sortOf(before);
    const what = applied(term);
    if (what !== null) return this.#function(what.of).to;
    const all = this.#functions.find(({ after }) => after === term);
    const sort = all?.from ?? this.#known.get(term) ?? (term.startsWith('@') ? CHOICE : null);
    if (sort === null) throw new TypeError(`${term} is not known`);
    return sort;
  }

  #written(term: Term, sort: Sort): string {
    const plain = sortName(sort);
    if (!this.#sorts.has(plain)) this.#sorts.set(plain, new Set());
    if (isText(term)) return this.#text(term, plain);
    const before = predecessorOf(term);
    if (before !== null) return `(next ${this.#written(before, sort)})`;
    const what = applied(term);
    if (what !== null)
      return `(${what.of} ${this.#written(what.to, this.#function(what.of).from)})`;
    this.#used.add(term);
    return symbol(term);
  }

  #text(term: Term, sort: Sort): string {
    const text = term.slice(1, -1);
    const texts = this.#sorts.get(sort) ?? new Set();
    this.#sorts.set(sort, texts.add(text));
    return `|${sort} ${text}|`;
  }
}
