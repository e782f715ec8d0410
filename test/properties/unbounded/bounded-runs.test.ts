/**
 * Agreement with the bounded search: every group in every state that it reaches lies in a view of
 * the proof, and what the view says to be the same is the same there.
 */
import { describe, expect, it } from 'vitest';
import type { AnyMachineSnapshot } from 'xstate';
import { compose } from '../../../checker/model/composition.ts';
import type { Component, System } from '../../../checker/model/system.ts';
import type { Example, Kind } from '../../../checker/unbounded/kinds.ts';
import type { Network } from '../../../checker/unbounded/network.ts';
import { isText } from '../../../checker/unbounded/path.ts';
import type { Shape } from '../../../checker/unbounded/shape.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { exampleOf } from '../../../properties/unbounded/abstraction.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';

const STATES_MAX = 4_000;

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

/** The view in which a group is. Undefined: none. */
function viewOf(network: Network, kind: Kind, snapshots: readonly AnyMachineSnapshot[]) {
  const values = snapshots.map(({ value }) => JSON.stringify(value));
  return [...network.views.values()].find((view) => {
    if (view.kind !== kind) return false;
    const registers: Registers = new Map();
    const isOfShape = kind.parts.every(({ name, rules }, i) => {
      const control = rules.controls[view.controls[i]!]!;
      return (
        JSON.stringify(control.value) === values[i] &&
        fits(control.shape, snapshots[i]!.context, '', registers, name)
      );
    });
    if (!isOfShape) return false;
    const held = (register: string) =>
      isText(register) ? register.slice(1, -1) : registers.get(register);
    return [...view.same].every(([register, first]) => {
      const [one, other] = [held(register), held(first)];
      return one === undefined || other === undefined || one === other;
    });
  });
}

/** The groups of a system, with their kinds and the components of their parts. */
function groupsOf(network: Network, system: System, { place }: Example) {
  const members = new Map<string, Component[]>();
  for (const component of system) {
    const { group } = place(component);
    members.set(group, [...(members.get(group) ?? []), component]);
  }
  return [...members.values()].map((some) => {
    const { label } = place(some[0]!);
    const kind = network.kinds.kinds.find(
      (candidate) =>
        candidate.label === label &&
        candidate.parts.length === some.length &&
        candidate.parts.every(({ rules }, i) => rules.machine === some[i]!.machine),
    );
    if (kind === undefined) throw new TypeError(`no kind of a ${label}`);
    return { kind, components: some.map(({ name }) => name) };
  });
}

/** The groups that are in no view, of the first states of a deployment; and how many groups. */
function outside({ claim }: Theorem, network: Network, deployment: Deployment) {
  const stray: string[] = [];
  const checked = new Set<string>();
  for (const { system } of claim.subjects(deployment, MACHINES)) {
    const composition = compose(system);
    const groups = groupsOf(network, system, exampleOf(deployment, system));
    const rows = [composition.initial.slice()];
    const seen = new Set([rows[0]!.join()]);
    for (let at = 0; at < rows.length && at < STATES_MAX; at += 1) {
      const row = rows[at]!;
      for (const { kind, components } of groups) {
        const parts = components.map((name) => composition.indexOf(name));
        const key = `${components[0]} ${parts.map((i) => row[i]).join()}`;
        if (checked.has(key)) continue;
        checked.add(key);
        const snapshots = parts.map((i) => composition.snapshot(i, row[i]!));
        if (viewOf(network, kind, snapshots) === undefined) stray.push(key);
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

const isHonest = ({ adversary, programs, hosts, users }: Deployment) =>
  adversary === null &&
  users.every(({ handshake }) => handshake === 'connection') &&
  programs.length === 0 &&
  hosts.every(({ paths, redirectsTo }) => paths.length === 0 && redirectsTo === null);

const theorem = (claim: string, network: string) =>
  THEOREMS.find((some) => some.claim.id === claim && some.network.id === network)!;

describe('the views hold every group of every state that the bounded search reaches:', () => {
  it.each([['confinement', 'ntlm']] as const)('of %s in networks of %s', expectCovered);
  it.each([
    ['served-as-owner', 'ntlm'],
    ['agreement-with-holder', 'mixed'],
  ] as const)('of %s in networks of %s', { tags: ['long'] }, expectCovered);
});

function expectCovered(claim: string, id: string): void {
  const some = theorem(claim, id);
  const { network } = prove(some);
  const deployments = DEPLOYMENTS.filter(isHonest).filter(
    (one) =>
      some.claim.appliesTo(one) &&
      (id === 'mixed' || one.hosts.every(({ accepts }) => accepts === 'NTLM')),
  );
  let groups = 0;
  for (const deployment of deployments) {
    const found = outside(some, network, deployment);
    expect(found.stray, deployment.name).toEqual([]);
    groups += found.groups;
  }
  expect(groups).toBeGreaterThan(500);
}
