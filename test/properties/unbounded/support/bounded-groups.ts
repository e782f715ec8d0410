/** Whether the groups of bounded runs lie in the views of a proof. */
import type { AnyMachineSnapshot } from 'xstate';
import { compose } from '../../../../checker/model/composition.ts';
import type { Component, System } from '../../../../checker/model/system.ts';
import type { Example, Kind } from '../../../../checker/unbounded/kinds.ts';
import type { Network } from '../../../../checker/unbounded/network.ts';
import { isText } from '../../../../checker/unbounded/path.ts';
import type { Shape } from '../../../../checker/unbounded/shape.ts';
import type { View } from '../../../../checker/unbounded/step.ts';
import { MACHINES } from '../../../../machines/system/deployment.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { exampleOf, serverExampleOf } from '../../../../properties/unbounded/abstraction.ts';
import type { Theorem } from '../../../../properties/unbounded/theorems.ts';

type Registers = Map<string, string>;
type Marked = { readonly [field: string]: Shape };

/** Whether data is of a shape, and what its registers then hold. */
function fits(shape: Shape, data: unknown, at: string, found: Registers, part: string): boolean {
  if (typeof shape !== 'object' || shape === null) return shape === data;
  const marked = shape as Marked;
  if ('?' in marked) return fitsChoices(String(marked['?']), data, found);
  if ('@' in marked || '$' in marked) {
    if (typeof data !== 'string' && typeof data !== 'number') return false;
    const register = '@' in marked ? `@${marked['@']}` : `${part}.${at}`;
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

/** Whether a group is in some view of one of the kinds. */
function isInView(index: Index, kinds: readonly Kind[], snapshots: readonly AnyMachineSnapshot[]) {
  const values = snapshots.map(({ value }) => value);
  const candidates = kinds.flatMap((kind) => index.get(keyOf(kind, values)) ?? []);
  return candidates.some(({ kind, controls, same }) => {
    const registers: Registers = new Map();
    const isOfShape = kind.parts.every(({ name, rules }, i) =>
      fits(rules.controls[controls[i]!]!.shape, snapshots[i]!.context, '', registers, name),
    );
    if (!isOfShape) return false;
    const held = (register: string) =>
      isText(register) ? register.slice(1, -1) : registers.get(register);
    return [...same].every(([register, first]) => {
      const [one, other] = [held(register), held(first)];
      return one === undefined || other === undefined || one === other;
    });
  });
}

/** The groups of a system, with the components of their parts, and the kinds that look like it. */
function groupsOf(network: Network, system: System, { place }: Example) {
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
 * Which groups are in no view, of the first `statesMax` states of each system of a deployment; and
 * how many groups were looked at.
 */
export function outside({ claim }: Theorem, network: Network, some: Deployment, statesMax: number) {
  const stray: string[] = [];
  const checked = new Set<string>();
  const index = indexOf(network);
  const example = claim.about === 'server' ? serverExampleOf : (s: System) => exampleOf(some, s);
  for (const { system } of claim.subjects(some, MACHINES)) {
    const composition = compose(system);
    const groups = groupsOf(network, system, example(system));
    const rows = [composition.initial.slice()];
    const seen = new Set([rows[0]!.join()]);
    for (let at = 0; at < rows.length && at < statesMax; at += 1) {
      const row = rows[at]!;
      for (const { kinds, components } of groups) {
        const parts = components.map((name) => composition.indexOf(name));
        const key = `${components[0]} ${parts.map((i) => row[i]).join()}`;
        if (checked.has(key)) continue;
        checked.add(key);
        const snapshots = parts.map((i) => composition.snapshot(i, row[i]!));
        if (!isInView(index, kinds, snapshots)) stray.push(key);
      }
      for (let offer = 0; offer < composition.offers.length; offer += 1) {
        if (!composition.step(row, 0, offer)) continue;
        const key = composition.next.join();
        if (!seen.has(key)) rows.push(composition.next.slice());
        seen.add(key);
      }
    }
  }
  return { stray, groups: checked.size };
}
