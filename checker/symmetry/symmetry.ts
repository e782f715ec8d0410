/**
 * Symmetries of a system: exchanges of names that map the system to itself.
 *
 * The code that builds a system declares them, and this file checks them. A renaming must map the
 * list of components to itself, and the states of each component to states of its image.
 * `symmetry-cells.ts` checks that the reactions of the machines correspond.
 *
 * @source Clarke, Grumberg and Peled, Model Checking, 14 (symmetry); Ip and Dill, Better
 *   Verification Through Symmetry, 1996
 */

import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import type { BuildWatch } from '../explore/limits.ts';
import type { Composition } from '../model/composition.ts';
import { snapshotKey, stateKey } from '../model/state-key.ts';
import type { Component } from '../model/system.ts';
import { type Renamer, type Renaming, renamerOf } from './symmetry-names.ts';

/** The declared symmetries of a system. The search checks all of them. */
export type Symmetry = {
  readonly tokens: RegExp; // matches every possible name in a text; with the flag `g`
  readonly renamings: readonly Renaming[]; // generators of a group; empty: no symmetry
  /**
   * By a machine's id: fields of its input that each component keeps, because they do not matter
   * here. Lists of names that differ only in their order are kept too, without being listed.
   */
  readonly keeps: Readonly<Record<string, readonly string[]>>;
};

/** The action of an element of the group on rows of numbers. It maps the initial row to itself. */
export type Automorphism = {
  readonly to: Int32Array; // by component: its image
  readonly offers: Int32Array; // by offer: its image
  /** The image of the state `state` of `component`: a state of `to[component]`. */
  readonly image: (component: number, state: number) => number;
};

/** The action of one declared renaming, with the functions to check it. */
export type Generator = Automorphism & {
  readonly renaming: Renaming;
  readonly renamed: Renamer;
  /** The image of the event `event` of `component`: an event of `to[component]`. */
  readonly event: (component: number, event: number) => number;
};

/** A renaming that does not map the system to itself. The message names the first difference. */
export class AsymmetryError extends TypeError {
  override name = 'AsymmetryError';
  readonly renaming: Renaming;

  constructor(renaming: Renaming, why: string) {
    super(`${renaming.name} cannot be exchanged: ${why}`);
    this.renaming = renaming;
  }
}

/**
 * The action of a renaming on a system.
 *
 * @throws AsymmetryError if the renamed parts of a component (machine, input, offers, ports, heard
 *   signals) differ from those of its image; `image` throws it for a state without an image.
 */
export function automorphismOf(
  composition: Composition,
  { tokens, keeps }: Omit<Symmetry, 'renamings'>,
  renaming: Renaming,
  watch: BuildWatch = () => {},
): Generator {
  const { system } = composition;
  const renamed = renamerOf(tokens, renaming);
  const refuse = (why: string) => new AsymmetryError(renaming, why);
  const indices = new Map(system.map(({ name }, i) => [name, i]));
  const to = Int32Array.from(system, ({ name }) => {
    const image = indices.get(renamed(name));
    if (image === undefined)
      throw refuse(`${name} would become ${renamed(name)}, which is not a component`);
    return image;
  });
  const own = system.map((component, i) => {
    watch(0);
    const other = system[to[i]!]!;
    const fields = ownFields(renamed(component.input), other.input, keeps[other.machine.id] ?? []);
    const part = differingPart(renamed, component, other) ?? (fields ? null : 'their inputs');
    if (part !== null) throw refuse(`${component.name} and ${other.name} differ in ${part}`);
    return fields ?? [];
  });
  const image = memoized((component, state) => {
    const snapshot = composition.snapshot(component, state);
    const [one, other] = [system[component]!, system[to[component]!]!];
    const become = imageOf(snapshot, one, other, renamed, own[component]!);
    if (become !== null) return composition.stateId(to[component]!, become);
    const value = JSON.stringify(snapshot.value);
    throw refuse(`state ${value} of ${one.name} has no image among the states of ${other.name}`);
  });
  const shifted = system.find((_, i) => image(i, 0) !== 0);
  if (shifted) throw refuse(`${shifted.name} and its image have different initial states`);
  const event = memoized((component, number) =>
    composition.eventId(to[component]!, renamed(composition.eventOf(component, number))),
  );
  return { renaming, renamed, to, offers: offersUnder(composition, to, renamed), image, event };
}

/** The part in which renamed `one` differs from `other`, apart from the input. Null: none. */
function differingPart(renamed: Renamer, one: Component, other: Component): string | null {
  if (one.machine !== other.machine) return 'their machines';
  if (one.monitor !== other.monitor) return 'being a monitor';
  const keys = (offers: readonly AnyEventObject[]) => offers.map((event) => stateKey(event)).sort();
  const isSame = (a: unknown, b: unknown) => stateKey(a) === stateKey(b);
  if (!isSame(keys(renamed(one.offers)), keys(other.offers))) return 'their offers';
  if (!isSame(renamed(one.ports), other.ports)) return 'their ports';
  return isSame(renamed(one.hears ?? {}), other.hears ?? {}) ? null : 'the signals they hear';
}

/** The fields that differ, if all of them may differ. Null: some other field differs. */
function ownFields(
  expected: unknown,
  found: unknown,
  keeps: readonly string[],
): readonly string[] | null {
  if (expected === undefined || found === undefined) return expected === found ? [] : null;
  if (stateKey(expected) === stateKey(found)) return [];
  if (!isRecord(expected) || !isRecord(found)) return null;
  const fields = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
  const differing = fields.filter((field) => keyOf(expected[field]) !== keyOf(found[field]));
  const mayDiffer = (field: string) =>
    keeps.includes(field) || keyOf(sorted(expected[field])) === keyOf(sorted(found[field]));
  return differing.every(mayDiffer) ? differing : null;
}

const isRecord = (data: unknown): data is Readonly<Record<string, unknown>> =>
  typeof data === 'object' && data !== null && !Array.isArray(data);

const keyOf = (data: unknown): string => (data === undefined ? 'none' : stateKey(data));

/** Sorts a list of names, whose order does not matter. Other data is returned unchanged. */
const sorted = (data: unknown): unknown =>
  Array.isArray(data) && data.every((element) => typeof element === 'string')
    ? data.toSorted()
    : data;

/**
 * The same state value of `other`, with every name in the context exchanged, except for the fields
 * that `other` keeps. Null: the machine has no such state, or `one` has changed a field that it
 * should keep.
 */
function imageOf(
  snapshot: AnyMachineSnapshot,
  one: Component,
  other: Component,
  renamed: Renamer,
  own: readonly string[],
): AnyMachineSnapshot | null {
  const { value, status, historyValue } = snapshot;
  const given = (input: unknown, field: string) => (input as Record<string, unknown>)[field];
  if (own.some((f) => keyOf(snapshot.context[f]) !== keyOf(given(one.input, f)))) return null;
  const ownContext = Object.fromEntries(own.map((f) => [f, given(other.input, f)]));
  const context = { ...renamed(snapshot.context), ...ownContext };
  const output = renamed(snapshot.output);
  const made = other.machine.resolveState({ value, context, status, historyValue, output });
  const meant = { value, context, status, historyValue, output } as AnyMachineSnapshot;
  return snapshotKey(made) === snapshotKey(meant) ? made : null;
}

/** By offer: its image. The offers of each component must map to those of its image. */
function offersUnder(composition: Composition, to: Int32Array, renamed: Renamer): Int32Array {
  const { offers, movers } = composition;
  const keyAt = (component: number, event: AnyEventObject) => `${component} ${stateKey(event)}`;
  const known = new Map(offers.map(({ event }, i) => [keyAt(movers[i]!, event), i]));
  return Int32Array.from(
    offers,
    ({ event }, i) => known.get(keyAt(to[movers[i]!]!, renamed(event)))!,
  );
}

/** Calls `ask` once for each component and number. */
export function memoized(
  ask: (component: number, number: number) => number,
): (component: number, number: number) => number {
  const known: number[][] = [];
  return (component, number) => {
    known[component] ??= [];
    const row = known[component];
    row[number] ??= ask(component, number);
    return row[number];
  };
}
