/** What networks without bounds are made of: kinds of groups, and the edges between them. */
import type { Component, System } from '../model/system.ts';
import type { Laws } from './laws.ts';
import type { Choices, NumberNames, Texts } from './names.ts';
import type { Sort, Term } from './path.ts';
import type { Rules } from './rules.ts';
import type { Holes, Shape, Shaped } from './shape.ts';

/** Where a component belongs. Groups with different labels are of different kinds. */
export type Place = { readonly group: string; readonly part: string; readonly label: string };

export type Example = {
  readonly system: System;
  readonly place: (component: Component) => Place;
  readonly sortOf: (text: string) => Sort | null; // null: the text is no name
  /** By function of names: its value, a text or a name. Absent: nothing is known. */
  readonly valuesOf?: (name: string) => Readonly<Record<string, string>>;
};

/** A function of names that does not change, such as who has a connection. */
export type NameFunction = {
  readonly of: string;
  readonly from: Sort;
  readonly to: Sort;
  readonly ofTexts: Readonly<Record<string, string>>; // its values, where names are texts
  /** Of serials: `true` for those that come after one serial, of which nothing else is known. */
  readonly after?: Term;
};

/** Any name of a sort; or one that all groups mean, by its term. */
export type Loosened = Sort | { readonly term: Term; readonly sort: Sort };

/** What every system of the class may have that no example shows. */
export type Abstraction = {
  readonly texts: Texts;
  readonly choices: readonly Choices[];
  readonly numbers: NumberNames;
  readonly functions: readonly NameFunction[];
  /** By component: fields of its input to replace, and of its first context that may be any. */
  readonly loosened: (component: Component) => {
    readonly input: Readonly<Record<string, unknown>>; // a name of choices stands for these
    readonly context: Readonly<Record<string, Loosened>>;
  };
};

/** A port to another part of the group, and the part's own port for the sender. */
export type Inner = { readonly part: string; readonly from: string };

/** A monitor hears only signals with this value in this field. */
export type Hearing = readonly [field: string, value: Shape];

export type Part = {
  readonly name: string;
  readonly rules: Rules;
  readonly start: { readonly control: number; readonly registers: Holes };
  readonly monitor: boolean;
  readonly hears: readonly Hearing[];
  readonly ports: ReadonlyMap<string, Inner | null>; // null: messages are lost
  readonly offers: Map<string, Shaped>;
};

export type Kind = {
  readonly nth: number;
  readonly label: string;
  readonly parts: readonly Part[];
  readonly roles: ReadonlyMap<string, Sort>;
  readonly identity: string | null; // the role that no two groups share; null: none
  readonly functions: readonly NameFunction[];
  /** What functions of its roles are, in every example: two terms, or a term and a text. */
  laws: Laws;
};

/** `port` in the sender's terms and `as` in the receiver's; `*`: a name. */
export type Edge = {
  readonly from: Kind;
  readonly part: string;
  readonly port: string;
  readonly to: Kind;
  readonly toPart: string;
  readonly as: string;
  readonly asSort: Sort | null;
  /** Pairs of the sender's terms (`@role`, or `port`) and the receiver's (`@role`, or `from`). */
  law: Laws;
};

export const edgeKey = ({ from, part, port, to, toPart, as }: Omit<Edge, 'law'>): string =>
  JSON.stringify([from.nth, part, port, to.nth, toPart, as]);
