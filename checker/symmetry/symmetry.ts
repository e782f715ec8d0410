/**
 * Symmetries of a system: names that may be exchanged, with nothing else changed by it.
 *
 * Whoever builds a system declares them; here they are checked. A renaming must turn the list of
 * components into itself, and the states of each into states of what it becomes. That the machines
 * react alike is checked where they react (`symmetry-cells.ts`).
 *
 * @source Clarke, Grumberg and Peled, Model Checking, 14 (symmetry); Ip and Dill, Better
 *   Verification Through Symmetry, 1996
 */
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import type { Composition } from '../model/composition.ts';
import { snapshotKey, stateKey } from '../model/state-key.ts';
import type { Component } from '../model/system.ts';
import { type Renamer, type Renaming, renamerOf } from './symmetry-names.ts';

/** What is declared. Nothing of it is believed. */
export type Symmetry = {
  readonly tokens: RegExp; // what may be a name, wherever it stands in a text; with the flag `g`
  readonly renamings: readonly Renaming[]; // they generate a group; none: nothing is alike
  /**
   * By a machine's id: fields of its input that stay each component's own, since nothing comes of
   * them here. So do lists of names that differ in their order alone, without being listed.
   */
  readonly keeps: Readonly<Record<string, readonly string[]>>;
};

/** An element of the group, as it acts on rows of numbers. It takes the initial row to itself. */
export type Automorphism = {
  readonly to: Int32Array; // by component: the one that it becomes
  readonly offers: Int32Array; // by offer: the one that it becomes
  /** The number, for `to[component]`, of what the state `state` of `component` becomes. */
  readonly image: (component: number, state: number) => number;
};

/** What one renaming does, with what it takes to check it. */
export type Generator = Automorphism & {
  readonly renaming: Renaming;
  readonly renamed: Renamer;
  /** The number, for `to[component]`, of what the event `event` of `component` becomes. */
  readonly event: (component: number, event: number) => number;
};

/** A renaming under which the system does not stay as it is. Names the first thing that differs. */
export class AsymmetryError extends TypeError {
  override name = 'AsymmetryError';
  readonly renaming: Renaming;

  constructor(renaming: Renaming, why: string) {
    super(`${renaming.name} cannot be exchanged: ${why}`);
    this.renaming = renaming;
  }
}

/**
 * What a renaming does to a system.
 *
 * @throws AsymmetryError where a component, its machine, input, offers, ports or what it hears does
 *   not become what another one has; `image` throws it where a state does not become one.
 */
export function automorphismOf(
  composition: Composition,
  { tokens, keeps }: Omit<Symmetry, 'renamings'>,
  renaming: Renaming,
): Generator {
  const { system } = composition;
  const renamed = renamerOf(tokens, renaming);
  const refuse = (why: string) => new AsymmetryError(renaming, why);
  const indices = new Map(system.map(({ name }, i) => [name, i]));
  const to = Int32Array.from(system, ({ name }) => {
    const image = indices.get(renamed(name));
    if (image === undefined) throw refuse(`${name} becomes ${renamed(name)}, which is not there`);
    return image;
  });
  const own = system.map((component, i) => {
    const other = system[to[i]!]!;
    const fields = ownFields(renamed(component.input), other.input, keeps[other.machine.id] ?? []);
    const part = differingPart(renamed, component, other) ?? (fields ? null : 'its input');
    if (part !== null) throw refuse(`${component.name} becomes ${other.name}, but for ${part}`);
    return fields ?? [];
  });
  const image = memoized((component, state) => {
    const snapshot = composition.snapshot(component, state);
    const [one, other] = [system[component]!, system[to[component]!]!];
    const become = imageOf(snapshot, one, other, renamed, own[component]!);
    if (become !== null) return composition.stateId(to[component]!, become);
    const value = JSON.stringify(snapshot.value);
    throw refuse(`state ${value} of ${one.name} becomes no state of ${other.name}`);
  });
  const shifted = system.find((_, i) => image(i, 0) !== 0);
  if (shifted) throw refuse(`${shifted.name} and what it becomes begin differently`);
  const event = memoized((component, number) =>
    composition.eventId(to[component]!, renamed(composition.eventOf(component, number))),
  );
  return { renaming, renamed, to, offers: offersUnder(composition, to, renamed), image, event };
}

/** What differs between what `one` becomes and `other`, but for the input. Null: nothing. */
function differingPart(renamed: Renamer, one: Component, other: Component): string | null {
  if (one.machine !== other.machine) return 'its machine';
  if (one.monitor !== other.monitor) return 'being a monitor';
  const keys = (offers: readonly AnyEventObject[]) => offers.map((event) => stateKey(event)).sort();
  const isSame = (a: unknown, b: unknown) => stateKey(a) === stateKey(b);
  if (!isSame(keys(renamed(one.offers)), keys(other.offers))) return 'its offers';
  if (!isSame(renamed(one.ports), other.ports)) return 'its ports';
  return isSame(renamed(one.hears ?? {}), other.hears ?? {}) ? null : 'what it hears';
}

/** Fields in which `found` may be unlike what is expected, and is. Null: others are. */
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

/** A list of names, whose order says nothing. Anything else is as it is. */
const sorted = (data: unknown): unknown =>
  Array.isArray(data) && data.every((element) => typeof element === 'string')
    ? data.toSorted()
    : data;

/**
 * The same state value of `other`, with every name in the context exchanged, but for what `other`
 * was given as its own. Null: the machine has no such state, or what `one` was given as its own is
 * no longer to be told from the rest.
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

/** Expects the offers of each component to become those of its image. */
function offersUnder(composition: Composition, to: Int32Array, renamed: Renamer): Int32Array {
  const { offers, movers } = composition;
  const keyAt = (component: number, event: AnyEventObject) => `${component} ${stateKey(event)}`;
  const known = new Map(offers.map(({ event }, i) => [keyAt(movers[i]!, event), i]));
  return Int32Array.from(
    offers,
    ({ event }, i) => known.get(keyAt(to[movers[i]!]!, renamed(event)))!,
  );
}

/** Asks once for each component and number. */
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
