/**
 * Systems generalised: the kinds of groups that they are made of, and how groups are joined.
 *
 * A *group* is some components of a system that belong together, as the two ends of one connection
 * do. Groups that differ in names alone are of one *kind*. A kind's *roles* are the names that a
 * group has for ever. An *edge* is a way for messages from groups of one kind to those of another,
 * with its law: which of the names at both ends are the same in every example.
 *
 * A network without bounds has any number of groups of each kind, joined along edges by their laws.
 *
 * @source Emerson and Namjoshi, Reasoning about Rings, 1995 (parameterized systems)
 */
import type { AnyStateMachine } from 'xstate';
import type { Component, Peer } from '../model/system.ts';
import {
  type Abstraction,
  type Edge,
  type Example,
  edgeKey,
  type Hearing,
  type Inner,
  type Kind,
  type Loosened,
  type Part,
} from './kinds.ts';
import { edgeLaw, lawsOf, shared } from './laws.ts';
import { type Choices, Names } from './names.ts';
import type { Sort } from './path.ts';
import { Rules } from './rules.ts';
import { mapped, type Shaped, shapeOf } from './shape.ts';

type Group = {
  readonly members: readonly Component[];
  readonly kind: Kind;
  readonly roleOf: ReadonlyMap<string, string>; // by name
};

export class Kinds {
  readonly names: Names;
  readonly kinds: Kind[] = [];
  readonly edges = new Map<string, Edge>();
  readonly #abstraction: Abstraction;
  readonly #rules = new Map<AnyStateMachine, Rules>();
  readonly #byKey = new Map<string, Kind>();
  readonly #leaving = new Map<string, readonly Edge[]>();
  readonly #starts = new Map<string, Part['start']>();

  constructor(examples: readonly Example[], abstraction: Abstraction) {
    this.#abstraction = abstraction;
    this.names = new Names(abstraction.texts, abstraction.numbers);
    for (const example of examples) this.add(example);
  }

  get functions(): Abstraction['functions'] {
    return this.#abstraction.functions;
  }

  readonly choicesNamed = (name: string): Choices => {
    const found = this.#abstraction.choices.find((choices) => choices.name === name);
    if (found === undefined) throw new TypeError(`no choices are named ${name}`);
    return found;
  };

  /** Every edge for messages from a part of a group of a kind through a port. */
  edgesFrom(kind: Kind, part: string, port: string): readonly Edge[] {
    const key = JSON.stringify([kind.nth, part, port]);
    const known = this.#leaving.get(key);
    if (known !== undefined) return known;
    const found = [...this.edges.values()].filter(
      (edge) => edge.from === kind && edge.part === part && edge.port === port,
    );
    this.#leaving.set(key, found);
    return found;
  }

  add(example: Example): void {
    const members = new Map<string, Component[]>();
    for (const component of example.system) {
      const { group } = example.place(component);
      members.set(group, [...(members.get(group) ?? []), component]);
    }
    const groups = new Map(
      [...members].map(([name, some]) => [name, this.#group(name, some, example)]),
    );
    for (const [name, group] of groups) this.#join(name, group, groups, example);
  }

  #group(name: string, members: readonly Component[], example: Example): Group {
    const { place, sortOf } = example;
    const roleOf = new Map<string, string>();
    const roles = new Map<string, Sort>();
    const named = (text: string, at: string) => {
      const sort = sortOf(text);
      if (sort === null) return text;
      const role = roleOf.get(text) ?? at;
      roleOf.set(text, role);
      roles.set(role, sort);
      return this.names.of(`@${role}`, sort);
    };
    const drafts = members.map((component) => {
      const { part } = place(component);
      const loosened = this.#abstraction.loosened(component);
      for (const loose of Object.values(loosened.context))
        if (typeof loose === 'object') roles.set(loose.term.slice(1), loose.sort);
      const input = mapped(component.input, part, named);
      const replaced = Object.entries(loosened.input).map(([field, value]) => [
        field,
        typeof value === 'string' ? this.names.choosing(this.choicesNamed(value)) : value,
      ]);
      const whole =
        replaced.length === 0 ? input : { ...(input as object), ...Object.fromEntries(replaced) };
      const hears = Object.entries(component.hears ?? {}).map(([field, value]): Hearing => {
        const heard = named(value, `${part}.${field}`);
        return [field, shapeOf(heard, this.names).shape];
      });
      const rules = this.#rulesOf(component.machine);
      return {
        component,
        name: part,
        rules,
        start: this.#start(rules, whole, loosened.context),
        hears,
        ports: this.#innerPorts(component, name, members, example),
      };
    });
    const { label } = place(members[0]!);
    const key = JSON.stringify([
      label,
      drafts.map(({ name, rules, start, hears, ports }) => [
        ...[name, [...this.#rules.values()].indexOf(rules), start.control, hears],
        [...ports],
      ]),
    ]);
    const identity = sortOf(name) === null ? null : (roleOf.get(name) ?? null);
    const kind = this.#byKey.get(key) ?? {
      nth: this.kinds.length,
      label,
      roles,
      identity,
      functions: this.functions,
      laws: lawsOf(roleOf, example, this.functions),
      parts: drafts.map(({ component: { monitor }, ...draft }) => ({
        ...draft,
        monitor,
        offers: new Map<string, Shaped>(),
      })),
    };
    if (!this.#byKey.has(key)) this.kinds.push(kind);
    else kind.laws = shared(kind.laws, lawsOf(roleOf, example, this.functions));
    this.#byKey.set(key, kind);
    for (const [i, component] of members.entries())
      for (const offer of component.offers) {
        const shaped = this.#offer(offer, roleOf, sortOf);
        kind.parts[i]!.offers.set(shaped.text, shaped);
      }
    return { members, kind, roleOf };
  }

  #rulesOf(machine: AnyStateMachine): Rules {
    const rules = this.#rules.get(machine) ?? new Rules(machine, this.names, this.choicesNamed);
    this.#rules.set(machine, rules);
    return rules;
  }

  #start(rules: Rules, input: unknown, context: Readonly<Record<string, Loosened>>): Part['start'] {
    const nth = [...this.#rules.values()].indexOf(rules);
    const key = `${nth} ${input === undefined ? '' : shapeOf(input, this.names).text}`;
    const start = this.#starts.get(key) ?? rules.start(input, context);
    this.#starts.set(key, start);
    return start;
  }

  /** An offer with any names where the group has no role for them. */
  #offer(offer: unknown, roleOf: ReadonlyMap<string, string>, sortOf: Example['sortOf']): Shaped {
    const any = (text: string, at: string) => {
      const role = roleOf.get(text);
      const found = this.names.sortOfText(text) ?? sortOf(text);
      if (found === null) return text;
      return this.names.of(role === undefined ? `!${at}` : `@${role}`, found);
    };
    const { field, sort } = this.names.numbers;
    const number = (value: number, at: string) =>
      at.split('.').at(-1) === field ? this.names.of(`!${at}`, sort) : value;
    return shapeOf(mapped(offer, '', any, number), this.names);
  }

  #innerPorts(
    { ports }: Component,
    group: string,
    members: readonly Component[],
    { place, sortOf }: Example,
  ): ReadonlyMap<string, Inner | null> {
    const inner = new Map<string, Inner | null>();
    for (const [port, peer] of Object.entries(ports)) {
      if (peer === null) inner.set(port, null);
      const member = members.find(({ name }) => name === peer?.component);
      if (peer === null || member === undefined) continue;
      if (sortOf(port) !== null || sortOf(peer.port) !== null)
        throw new TypeError(`${group}: a port within a group has a name`);
      inner.set(port, { part: place(member).part, from: peer.port });
    }
    return inner;
  }

  #join(
    name: string,
    { members, kind, roleOf }: Group,
    groups: ReadonlyMap<string, Group>,
    { place, sortOf, system }: Example,
  ): void {
    const componentOf = (peer: Peer) => system.find((other) => other.name === peer.component)!;
    for (const component of members)
      for (const [port, peer] of Object.entries(component.ports)) {
        if (peer === null || place(componentOf(peer)).group === name) continue;
        const there = place(componentOf(peer));
        const other = groups.get(there.group)!;
        const asSort = sortOf(peer.port);
        const edge = {
          from: kind,
          part: place(component).part,
          port: sortOf(port) === null ? port : '*',
          to: other.kind,
          toPart: there.part,
          as: asSort === null ? peer.port : '*',
          asSort,
        };
        const law = edgeLaw(
          [...terms(roleOf), ...(edge.port === '*' ? [[port, 'port'] as const] : [])],
          [...terms(other.roleOf), ...(asSort === null ? [] : [[peer.port, 'from'] as const])],
        );
        const key = edgeKey(edge);
        const known = this.edges.get(key);
        if (known === undefined) this.edges.set(key, { ...edge, law });
        else known.law = shared(known.law, law);
      }
  }
}

const terms = (roleOf: ReadonlyMap<string, string>) =>
  [...roleOf].map(([name, role]) => [name, `@${role}`] as const);
