/**
 * Laws: what is the same in every example of a kind of groups, or of an edge between kinds.
 */
import type { Example, NameFunction } from './kinds.ts';
import { type Term, textTerm } from './path.ts';

/** Pairs of terms that are the same. */
export type Laws = readonly (readonly [Term, Term])[];

/** What holds by both. */
export const shared = (some: Laws, others: Laws): Laws =>
  some.filter((one) => others.some((other) => `${other}` === `${one}`));

/** The names at one end of an edge, each with its term there. */
type End = readonly (readonly [name: string, term: Term])[];

/** Which terms of the sender's and of the receiver's are the same name. */
export const edgeLaw = (here: End, yonder: End): Laws =>
  here.flatMap(([name, mine]) =>
    yonder.flatMap(([same, its]) => (same === name ? [[mine, its] as const] : [])),
  );

/** What functions of names are: of texts, of the roles of a group, and where an order begins. */
export function lawsOf(
  roleOf: ReadonlyMap<string, string>,
  { valuesOf, sortOf }: Example,
  functions: readonly NameFunction[],
): Laws {
  return functions.flatMap(({ of, ofTexts, after }) => [
    ...Object.entries(ofTexts).map(
      ([text, value]) => [`(${of} ${textTerm(text)})`, textTerm(value)] as const,
    ),
    ...(after === undefined ? [] : [[`(${of} ${after})`, textTerm('false')] as const]),
    ...[...roleOf].flatMap(([name, role]) => {
      const value = valuesOf?.(name)[of];
      if (value === undefined) return [];
      const its = roleOf.get(value);
      if (its === undefined && sortOf(value) !== null) return []; // a name of no role
      return [[`(${of} @${role})`, its === undefined ? textTerm(value) : `@${its}`] as const];
    }),
  ]);
}
