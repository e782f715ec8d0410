/** Whether the groups of bounded runs lie in the views of a proof. */
import type { AnyMachineSnapshot } from 'xstate';
import { Composition } from '../../../../checker/model/composition.ts';
import type { Component } from '../../../../checker/model/system.ts';
import type { Example, Kind } from '../../../../checker/unbounded/kinds.ts';
import type { Network } from '../../../../checker/unbounded/network.ts';
import { applied, isText } from '../../../../checker/unbounded/path.ts';
import type { Shape } from '../../../../checker/unbounded/shape.ts';
import type { View } from '../../../../checker/unbounded/step.ts';
import type { NtlmServerInput } from '../../../../machines/ntlm/ntlm-server.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import type { Challenge } from '../../../../machines/vocabulary/terms.ts';
import { examplesOf } from '../../../../properties/unbounded/prove.ts';
import type { Theorem } from '../../../../properties/unbounded/theorems.ts';
import { type Bounds, rowsOf } from './bounded-rows.ts';

export type Registers = Map<string, string>;
type Marked = { readonly [field: string]: Shape };

/** Whether data is of a shape, and what its registers then hold. */
export function fits(
  shape: Shape,
  data: unknown,
  at: string,
  found: Registers,
  part: string | null, // null: registers have the names of the places where they stand
): boolean {
  if (typeof shape !== 'object' || shape === null) return shape === data;
  const marked = shape as Marked;
  if ('?' in marked) return fitsChoices(String(marked['?']), data, found);
  if ('@' in marked || '$' in marked) {
    if (typeof data !== 'string' && typeof data !== 'number') return false;
    const place = part === null ? at : `${part}.${at}`;
    const register = '@' in marked ? `@${marked['@']}` : place;
    const known = found.get(register);
    found.set(register, String(data));
    return known === undefined || known === String(data);
  }
  if (typeof data !== 'object' || data === null) return false;
  if (Array.isArray(shape) !== Array.isArray(data)) return false;
  const fields = Object.entries(shape);
  const given = Object.entries(data).filter(([, content]) => content !== undefined);
  const within = (field: string) => (at === '' ? field : `${at}.${field}`);
  return (
    fields.length === given.length &&
    fields.every(([field, inner]) =>
      fits(inner, (data as Record<string, unknown>)[field], within(field), found, part),
    )
  );
}

function fitsChoices(name: string, data: unknown, found: Registers): boolean {
  for (const [field, value] of Object.entries(data as object))
    found.set(`@${name}.${field}`, String(field === 'max' ? 'any' : value));
  return true;
}

/** What a register holds, or a function of one. Undefined: nothing is said of it. */
export function holding(
  { kinds: { functions } }: Network,
  { valuesOf }: Example,
  registers: ReadonlyMap<string, string>,
): (register: string) => string | undefined {
  const applying = (of: string, name: string): string | undefined => {
    const { ofTexts, after } = functions.find((some) => some.of === of)!;
    if (of === 'next') return String(Number(name) + 1);
    if (after === undefined) return ofTexts[name] ?? valuesOf?.(name)[of] ?? `(${of} ${name})`;
    const watched = registers.get(after);
    return watched === undefined ? undefined : String(Number(name) > Number(watched));
  };
  return function held(register): string | undefined {
    if (isText(register)) return register.slice(1, -1);
    const what = applied(register);
    if (what === null) return registers.get(register);
    const name = held(what.to);
    return name === undefined ? undefined : applying(what.of, name);
  };
}

/** By kinds and the states of their parts, as text: the views. */
type Index = ReadonlyMap<string, readonly View[]>;
const keyOf = ({ nth }: Kind, values: readonly unknown[]) => JSON.stringify([nth, ...values]);

function indexOf({ views }: Network): Index {
  const index = new Map<string, View[]>();
  for (const view of views.values()) {
    const { kind, controls } = view;
    const values = kind.parts.map(({ rules }, i) => rules.controls[controls[i]!]!.value);
    const key = keyOf(kind, values);
    index.set(key, [...(index.get(key) ?? []), view]);
  }
  return index;
}

type Seen = { readonly network: Network; readonly index: Index; readonly example: Example };

/** Whether a group is in some view of one of the kinds. */
function isInView(
  { network, index, example }: Seen,
  kinds: readonly Kind[],
  snapshots: readonly AnyMachineSnapshot[],
) {
  const values = snapshots.map(({ value }) => value);
  const candidates = kinds.flatMap((kind) => index.get(keyOf(kind, values)) ?? []);
  return candidates.some(({ kind, controls, same }) => {
    const registers: Registers = new Map();
    const isOfShape = kind.parts.every(({ name, rules }, i) =>
      fits(rules.controls[controls[i]!]!.shape, snapshots[i]!.context, '', registers, name),
    );
    if (!isOfShape) return false;
    const held = holding(network, example, registers);
    return [...same, ...kind.laws].every(([register, first]) => {
      const [one, other] = [held(register), held(first)];
      return one === undefined || other === undefined || one === other;
    });
  });
}

/** The groups of a system, with the components of their parts, and the kinds that look like it. */
function groupsOf(network: Network, { place, system }: Example) {
  const members = new Map<string, Component[]>();
  for (const component of system) {
    const { group } = place(component);
    members.set(group, [...(members.get(group) ?? []), component]);
  }
  return [...members.values()].map((some) => {
    const { label } = place(some[0]!);
    const kinds = network.kinds.kinds.filter(
      (candidate) =>
        candidate.label === label &&
        candidate.parts.length === some.length &&
        candidate.parts.every(({ rules }, i) => rules.machine === some[i]!.machine),
    );
    if (kinds.length === 0) throw new TypeError(`no kind of a ${label}`);
    return { kinds, components: some.map(({ name }) => name) };
  });
}

/**
 * The example itself; where it watches one challenge, also one that watches the next. No serial
 * comes back there, as the theorem supposes.
 */
function variantsOf(example: Example): readonly Example[] {
  const isWatching = ({ machine: { id } }: Component) => id === 'acceptedOnce';
  if (!example.system.some(isWatching)) return [example];
  return [0, 1].map((later) => {
    const system = example.system.map((one): Component => {
      if (isWatching(one)) {
        const { connection, serial } = one.input as Challenge;
        return { ...one, input: { connection, serial: serial + later } };
      }
      if (one.machine.id !== 'ntlmServerConnection') return one;
      const input = one.input as NtlmServerInput;
      return { ...one, input: { ...input, challenges: { ...input.challenges, max: 9 } } };
    });
    return { ...example, system };
  });
}

/**
 * Which groups are in no view, of states that each system of a deployment reaches; and how many
 * groups were looked at.
 */
export function outside(theorem: Theorem, network: Network, some: Deployment, bounds: Bounds) {
  const stray: string[] = [];
  let groups = 0;
  const index = indexOf(network);
  for (const example of examplesOf(theorem, some).flatMap(variantsOf)) {
    const checked = new Set<string>();
    // Not by `compose`: the two machines of the adversary share the port of each other end.
    const composition = new Composition(example.system);
    const members = groupsOf(network, example);
    for (const row of rowsOf(composition, bounds))
      for (const { kinds, components } of members) {
        const parts = components.map((name) => composition.indexOf(name));
        const key = `${components[0]} ${parts.map((i) => row[i]).join()}`;
        if (checked.has(key)) continue;
        checked.add(key);
        const snapshots = parts.map((i) => composition.snapshot(i, row[i]!));
        if (!isInView({ network, index, example }, kinds, snapshots)) stray.push(key);
      }
    groups += checked.size;
  }
  return { stray, groups };
}
