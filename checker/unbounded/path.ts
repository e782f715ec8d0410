/**
 * One path of a run over opaque names: which of them are taken to be the same.
 *
 * Where a comparison is not decided by what is known already, the run forks: it is repeated once
 * for each answer. So all runs over names are covered by finitely many, whatever names there are.
 *
 * @source King, Symbolic Execution and Program Testing, 1976
 */

/**
 * A symbolic value: a register or a role by its name, `"text"` of the program, or `(next t)`, the
 * serial after `t`.
 */
export type Term = string;

/** The kind of things that a name names. Names of two sorts are never compared. */
export type Sort = string;

/** Two terms that are the same, or that are not. */
export type Condition = { readonly same: readonly [Term, Term]; readonly holds: boolean };

export const textTerm = (text: string): Term => `"${text}"`;
export const isText = (term: Term): boolean => term.startsWith('"');

const NEXT = /^\(next (.*)\)$/s;

/** The serial of which `term` is the next one. Null: it is given otherwise. */
export const predecessorOf = (term: Term): Term | null =>
  term.startsWith('(') ? (NEXT.exec(term)?.[1] ?? null) : null;

const APPLIED = /^\((\S+) (.*)\)$/s;

/** A function of names, applied: what decides it, and of what. Null: the term is none. */
export const applied = (term: Term): { readonly of: string; readonly to: Term } | null => {
  const [, of, to] = (term.startsWith('(') ? APPLIED.exec(term) : null) ?? [];
  return of === undefined || to === undefined ? null : { of, to };
};

/** What is supposed on a path contradicts itself: nothing happens on it. */
export class Infeasible extends Error {
  override name = 'Infeasible';
}

export class Path {
  /** The answers to open comparisons and the choices, in order, as `explore` repeats them. */
  readonly decisions: number[];
  readonly widths: number[] = [];
  /** What was decided here, in order. */
  readonly conditions: Condition[] = [];
  /** What the caller supposed before. */
  readonly supposed: Condition[] = [];
  readonly #parent = new Map<Term, Term>();
  readonly #apart: (readonly [Term, Term])[] = [];
  /** By representative: what functions of it are. Names that are the same have the same ones. */
  readonly #functions = new Map<Term, Map<string, Term>>();

  constructor(decisions: readonly number[] = []) {
    this.decisions = [...decisions];
  }

  /** The representative of the terms that are the same as `term`; a text where one is. */
  find(term: Term): Term {
    const what = applied(term);
    return this.#root(what === null ? term : this.#valueOf(what.of, what.to));
  }

  #root(term: Term): Term {
    let at = term;
    for (let up = this.#parent.get(at); up !== undefined; up = this.#parent.get(at)) at = up;
    return at;
  }

  /** One term for all applications of a function to names that are the same. */
  #valueOf(of: string, to: Term): Term {
    const root = this.find(to);
    const known = this.#functions.get(root) ?? new Map<string, Term>();
    this.#functions.set(root, known);
    const value = known.get(of) ?? `(${of} ${root})`;
    known.set(of, value);
    return value;
  }

  /** The terms about which something is known. */
  get known(): Iterable<Term> {
    return this.#parent.keys();
  }

  /** Whether two terms are the same: known, or decided here. */
  same(one: Term, other: Term): boolean {
    if (this.find(one) === this.find(other)) return true;
    if (this.#areApart(one, other)) return false;
    const holds = this.choose(2) === 0;
    this.conditions.push({ same: [one, other], holds });
    this.#take(one, other, holds);
    return holds;
  }

  /** @throws Infeasible where the opposite is known. */
  suppose(one: Term, other: Term, holds = true): void {
    this.supposed.push({ same: [one, other], holds });
    this.#take(one, other, holds);
  }

  /** Takes note of what follows from what is known already. */
  learn(one: Term, other: Term): void {
    this.#take(one, other, true);
  }

  /** Whether two terms are known to differ. */
  differ(one: Term, other: Term): boolean {
    return this.#areApart(one, other);
  }

  /** One of `width` alternatives, from 0. */
  choose(width: number): number {
    const nth = this.widths.push(width) - 1;
    this.decisions[nth] ??= 0;
    return this.decisions[nth];
  }

  #take(one: Term, other: Term, holds: boolean): void {
    this.#decide(this.find(one), this.find(other), holds);
  }

  #decide(a: Term, b: Term, holds: boolean): void {
    if (holds ? a !== b && this.#areApart(a, b) : a === b) throw new Infeasible('at odds');
    if (!holds) this.#apart.push([a, b]);
    else if (a !== b) this.#join(isText(a) ? b : a, isText(a) ? a : b);
  }

  #join(one: Term, root: Term): void {
    const some = this.#functions.get(one);
    this.#parent.set(one, root);
    for (const [of, value] of some ?? [])
      this.#decide(this.#root(value), this.#root(this.#valueOf(of, root)), true);
  }

  #areApart(one: Term, other: Term): boolean {
    const [a, b] = [this.find(one), this.find(other)];
    if (a === b) return false;
    if (isText(a) && isText(b)) return true;
    const [some, others] = [this.#functions.get(a), this.#functions.get(b)];
    for (const [of, value] of some ?? []) {
      const other = others?.get(of);
      if (other !== undefined && this.#areApart(value, other)) return true;
    }
    return this.#apart.some(([x, y]) => {
      const [u, v] = [this.find(x), this.find(y)];
      return (u === a && v === b) || (u === b && v === a);
    });
  }
}

export type Explored<Result> = {
  readonly path: Path;
  readonly result: Result | null; // null: the path is infeasible
};

let current: Path | null = null;

/** @throws TypeError outside of a run. */
export function currentPath(): Path {
  if (current === null) throw new TypeError('names are compared outside of a run over them');
  return current;
}

/** Runs `run` once for each path through it. */
export function* explore<Result>(run: (path: Path) => Result): Generator<Explored<Result>> {
  for (let decisions: number[] | null = []; decisions !== null; ) {
    const path: Path = new Path(decisions);
    yield { path, result: resultOn(path, run) };
    decisions = nextOf(path);
  }
}

function resultOn<Result>(path: Path, run: (path: Path) => Result): Result | null {
  const before = current;
  current = path;
  try {
    return run(path);
  } catch (error) {
    if (error instanceof Infeasible) return null;
    throw error;
  } finally {
    current = before;
  }
}

/** The decisions of the next path, depth first. Null: this was the last. */
function nextOf({ decisions, widths }: Path): number[] | null {
  const next = decisions.slice(0, widths.length);
  for (let last = next.pop(); last !== undefined; last = next.pop())
    if (last + 1 < widths[next.length]!) return [...next, last + 1];
  return null;
}
