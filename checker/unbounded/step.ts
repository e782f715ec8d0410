/**
 * One step of one group: something comes in or is on offer, and all that it causes inside, first
 * in, first out. What goes elsewhere is put out as letters.
 */
import type { Inner, Kind, Part } from './kinds.ts';
import type { Name } from './names.ts';
import type { Held, Partition } from './partition.ts';
import { suppose } from './partition.ts';
import { type Path, predecessorOf, type Term, textTerm } from './path.ts';
import type { RuleEffect } from './rules.ts';
import { fieldOf, type Holes, type Shape, type Shaped } from './shape.ts';

/** A group seen from close up: the control of each part, and which registers are the same. */
export type View = {
  readonly key: string;
  readonly kind: Kind;
  readonly controls: readonly number[]; // by part
  same: Partition;
  version: number; // from 1; how often it was learned that less is known
  readonly cause: Cause | null; // null: a group at its start
};

/** From which view a view was first reached, and how. */
export type Cause = { readonly from: string; readonly deliveries: readonly string[] };

export type Outgoing = {
  readonly part: Part;
  readonly to: string | Name;
  readonly event: Shaped;
  readonly depth: number; // deliveries that led to it
};

/** A monitor, in all groups of a kind. */
export type Listener = { readonly kind: Kind; readonly part: Part };
type Monitors = (type: string) => readonly Listener[];
export type Overheard = { readonly to: Listener; readonly signal: Shaped };

type PartState = { readonly control: number; readonly registers: Holes };
type Queued = { readonly part: Part; readonly effect: RuleEffect; readonly depth: number };

const STAMPED = new Map<string, Map<string, Pick<Shaped, 'shape' | 'text'>>>();

/** The event with the receiver's port for the sender. */
function stamped({ shape, text, holes }: Shaped, from: string): Shaped {
  const some = STAMPED.get(from) ?? new Map<string, Pick<Shaped, 'shape' | 'text'>>();
  STAMPED.set(from, some);
  let found = some.get(text);
  if (found === undefined) {
    const stamp = { ...(shape as { readonly [field: string]: Shape }), from };
    found = { shape: stamp, text: JSON.stringify(stamp) };
    some.set(text, found);
  }
  return { ...found, holes };
}

export const registerOf = (part: string, place: string): string => `${part}.${place}`;

export class GroupStep {
  readonly kind: Kind;
  readonly path: Path;
  readonly deliveries: string[] = [];
  readonly out: Outgoing[] = [];
  /** Signals for the monitors of other groups. */
  readonly overheard: Overheard[] = [];
  /** The depth of the last delivery within the group. */
  deepest = 0;
  readonly #parts: PartState[];
  readonly #serials: readonly Term[]; // at the start
  readonly #queue: Queued[] = [];
  readonly #monitors: Monitors;

  constructor(view: Pick<View, 'kind' | 'controls' | 'same'>, path: Path, monitors: Monitors) {
    this.kind = view.kind;
    this.path = path;
    this.#monitors = monitors;
    this.#parts = view.kind.parts.map(({ name, rules }, i) => {
      const control = view.controls[i]!;
      const registers = [...rules.controls[control]!.sorts].map(([at, sort]): [string, Name] => [
        at,
        { term: registerOf(name, at), sort },
      ]);
      return { control, registers: new Map(registers) };
    });
    this.#serials = this.#parts.flatMap(({ registers }) =>
      [...registers.values()].flatMap(({ term, sort }) => (sort === 'Serial' ? [term] : [])),
    );
    for (const [one, other] of view.kind.laws) path.suppose(one, other);
    suppose(view.same, path, (register) => register);
  }

  get controls(): readonly number[] {
    return this.#parts.map(({ control }) => control);
  }

  /** Takes note of what comes after the serials that the group had, by what is known by now. */
  order(): void {
    for (const serial of this.#serials) this.#following(serial);
  }

  /** Every register with what it holds: those of the parts, the roles, and the choices made. */
  registers(): Map<string, Held> {
    const all = new Map<string, Held>();
    for (const [role, sort] of this.kind.roles) all.set(`@${role}`, { term: `@${role}`, sort });
    for (const term of this.path.known)
      if (term.startsWith('@') && !all.has(term)) all.set(term, { term, sort: `choice ${term}` });
    for (const [i, { name }] of this.kind.parts.entries())
      for (const [at, held] of this.#parts[i]!.registers) all.set(registerOf(name, at), held);
    return all;
  }

  /** Gives an event to a part, and delivers all that it causes. False: a part refuses something. */
  run(part: Part, event: Shaped): boolean {
    if (!this.#give(part, event, 0)) return false;
    for (let queued = this.#queue.shift(); queued !== undefined; queued = this.#queue.shift())
      if (!this.#deliver(queued)) return false;
    return true;
  }

  #deliver({ part, effect: { to, event }, depth }: Queued): boolean {
    if (to === null) {
      this.#signal(event, depth);
      return true;
    }
    const inner = typeof to === 'string' ? part.ports.get(to) : undefined;
    if (inner === null) return true;
    if (inner === undefined) {
      this.out.push({ part, to, event, depth });
      return true;
    }
    this.deepest = depth;
    return this.#give(this.#partOf(inner), stamped(event, inner.from), depth);
  }

  #partOf({ part }: Inner): Part {
    return this.kind.parts.find(({ name }) => name === part)!;
  }

  #signal(signal: Shaped, depth: number): void {
    const { type } = signal.shape as { readonly type: string };
    this.deepest = depth;
    const audience = this.#monitors(type);
    for (const { kind, part } of audience)
      if (kind === this.kind && this.#isHeard(part, signal)) this.#give(part, signal, depth);
    for (const to of audience)
      if (!this.#isHeardHereAlone(to, signal)) this.overheard.push({ to, signal });
  }

  /** True where the monitor hears by the name of its group, and the signal names none or this. */
  #isHeardHereAlone({ kind, part: { hears } }: Listener, signal: Shaped): boolean {
    return hears.some(([field, value]) => {
      if (!isIdentityOf(kind, value)) return false;
      const said = fieldOf(signal, field);
      const own = this.kind.identity;
      if (!isName(said)) return true;
      return (
        own !== null &&
        said.sort === this.kind.roles.get(own) &&
        this.path.same(said.term, `@${own}`)
      );
    });
  }

  #isHeard({ hears }: Part, signal: Shaped): boolean {
    return hears.every(([field, value]) => {
      const own = fieldOf({ shape: { value }, text: '', holes: new Map() }, 'value');
      const said = fieldOf(signal, field);
      return isName(own) && isName(said) ? this.path.same(said.term, own.term) : own === said;
    });
  }

  #give(part: Part, event: Shaped, depth: number): boolean {
    const nth = this.kind.parts.indexOf(part);
    const state = this.#parts[nth]!;
    const { type } = event.shape as { readonly type: string };
    const real = (term: Term): Term => {
      if (term.startsWith('#')) return state.registers.get(term.slice(1))!.term;
      if (term.startsWith('!')) return event.holes.get(term.slice(1))!.term;
      const before = predecessorOf(term);
      return before === null ? term : this.#following(real(before));
    };
    const held = (holes: Holes): Holes =>
      new Map([...holes].map(([at, { term, sort }]) => [at, { term: real(term), sort }]));
    let tree = part.rules.treeFor(state.control, event);
    while ('ask' in tree) {
      const [one, other] = [real(tree.ask[0]), real(tree.ask[1])];
      const isSame = this.path.same(one, other);
      if (!isSame) this.#settle(part, one);
      tree = isSame ? tree.yes : tree.no;
    }
    if ('leaf' in tree || part.monitor) this.deliveries.push(`${part.name} ← ${type}`);
    if ('refused' in tree) return part.monitor; // which never refuses
    const { next, registers, effects } = tree.leaf;
    this.#parts[nth] = { control: next, registers: held(registers) };
    for (const { to, event: sent } of effects)
      this.#queue.push({
        part,
        depth: depth + 1,
        effect: {
          to: to === null || typeof to === 'string' ? to : { ...to, term: real(to.term) },
          event: { ...sent, holes: held(sent.holes) },
        },
      });
    return true;
  }

  /** The serial after another. It comes after whatever that one is, or comes after. */
  #following(serial: Term): Term {
    const next = `(next ${serial})`;
    const { path, kind } = this;
    for (const { of, after } of kind.functions) {
      if (after === undefined) continue;
      const isAfter = textTerm('true');
      if (path.find(`(${of} ${serial})`) === isAfter || path.find(serial) === path.find(after))
        path.learn(`(${of} ${next})`, isAfter);
    }
    return next;
  }

  /** Where a choice has one value left, it is that. */
  #settle({ rules }: Part, term: Term): void {
    const left = (rules.names.values.get(term) ?? []).filter(
      (value) => !this.path.differ(term, textTerm(String(value))),
    );
    if (left.length === 1) this.path.learn(term, textTerm(String(left[0])));
  }
}

const isName = (value: Name | Shape | undefined): value is Name =>
  typeof value === 'object' && value !== null && 'term' in value;

/** Whether it is the name that a group of the kind shares with no other. */
const isIdentityOf = ({ identity }: Kind, value: Shape): boolean =>
  typeof value === 'object' && value !== null && '@' in value && value['@'] === identity;
