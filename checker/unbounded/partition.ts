/** Which registers hold the same name: what views and letters know. */
import type { NameFunction } from './kinds.ts';
import { applied, isText, type Path, type Sort, type Term } from './path.ts';

/**
 * Each register with the first of those it is the same as, or with the text that it holds. A
 * register of which nothing is known is absent.
 */
export type Partition = ReadonlyMap<string, string>;

export type Held = { readonly term: Term; readonly sort: Sort };
export type Registers = ReadonlyMap<string, Held>;

/** The registers, and what functions of the names in them are. */
export function withFunctions(registers: Registers, functions: readonly NameFunction[]): Registers {
  if (functions.length === 0) return registers;
  const all = new Map(registers);
  for (const [register, { term, sort }] of registers)
    for (const { of, from, to } of functions)
      if (from === sort) all.set(`(${of} ${register})`, { term: `(${of} ${term})`, sort: to });
  return all;
}

/** The term of a register, or of a function of it, given those of plain registers. */
export function termIn(register: string, plain: (register: string) => Term): Term {
  const what = applied(register);
  return what === null ? plain(register) : `(${what.of} ${plain(what.to)})`;
}

/** What a path knows of registers. */
export function partitionOf(registers: Registers, path: Path): Partition {
  const classes = new Map<string, string[]>();
  for (const [register, { term, sort }] of registers) {
    const key = `${sort} ${path.find(term)}`;
    const others = classes.get(key);
    if (others === undefined) classes.set(key, [register]);
    else others.push(register);
  }
  const same = new Map<string, string>();
  for (const [key, members] of classes) {
    const root = key.slice(key.indexOf(' ') + 1);
    const first = members.reduce((a, b) => (a < b ? a : b));
    for (const register of members)
      if (isText(root)) same.set(register, root);
      else if (register !== first) same.set(register, first);
  }
  return same;
}

/** What both know. */
export function common(one: Partition, other: Partition): Partition {
  const firsts = new Map<string, string>();
  const both = new Map<string, string>();
  const all = new Set([...one.keys(), ...one.values()].filter((register) => !isText(register)));
  for (const register of [...all].sort()) {
    const a = one.get(register) ?? register;
    const b = other.get(register) ?? register;
    if (isText(a) && a === b) {
      both.set(register, a);
      continue;
    }
    const pair = JSON.stringify([a, b]);
    const first = firsts.get(pair);
    if (first === undefined) firsts.set(pair, register);
    else both.set(register, first);
  }
  return both;
}

/** Whether a path knows all that a partition knows. */
export function isKnown(same: Partition, registers: Registers, path: Path): boolean {
  const found = (register: string) => path.find(registers.get(register)?.term ?? register);
  for (const [register, first] of same)
    if (found(register) !== (isText(first) ? first : found(first))) return false;
  return true;
}

/** Supposes it on a path. `termOf`: the term of a register. */
export function suppose(same: Partition, path: Path, termOf: (register: string) => Term): void {
  for (const [register, first] of same)
    path.suppose(termOf(register), isText(first) ? first : termOf(first));
}
