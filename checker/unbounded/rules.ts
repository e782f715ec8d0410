/**
 * A machine as a table of rules over registers: a register automaton.
 *
 * A *control* is a state and the shape of its context; the names in the context are *registers*.
 * For a control and the shape of an event, XState itself is asked on every path: the answers are
 * the leaves of one decision tree of comparisons, which leaves no case out.
 *
 * @source Kaminski and Francez, Finite-Memory Automata, 1994
 */
import { type AnyStateMachine, initialTransition, type StateValue, transition } from 'xstate';
import type { Loosened } from './kinds.ts';
import { type Choices, type Name, type Names, nameOf } from './names.ts';
import { explore, type Sort, type Term } from './path.ts';
import { filled, type Holes, type Shape, type Shaped, shapeOf, sortsOf } from './shape.ts';

/** A message to a port, which may be a name, or a signal (`to` null). */
export type RuleEffect = { readonly to: string | Name | null; readonly event: Shaped };

export type Leaf = {
  readonly next: number; // a control
  readonly registers: Holes; // of `next`: where each comes from
  readonly effects: readonly RuleEffect[];
};

/** `refused`: the state has no transition. In terms `#` is a register, `!` the event. */
export type Tree =
  | { readonly ask: readonly [Term, Term]; readonly yes: Tree; readonly no: Tree }
  | { readonly leaf: Leaf }
  | { readonly refused: true };

export type Control = {
  readonly value: StateValue;
  readonly shape: Shape;
  readonly sorts: ReadonlyMap<string, Sort>; // of its registers
};

type Start = { readonly control: number; readonly registers: Holes };

export class Rules {
  readonly machine: AnyStateMachine;
  readonly controls: Control[] = [];
  /** Paths on which XState was asked. */
  evaluations = 0;
  readonly names: Names;
  readonly #choices: (name: string) => Choices;
  readonly #byText = new Map<string, number>();
  readonly #trees: Map<string, Tree>[] = [];

  constructor(machine: AnyStateMachine, names: Names, choices: (name: string) => Choices) {
    this.machine = machine;
    this.names = names;
    this.#choices = choices;
  }

  /**
   * The first control. `context`: fields of the first context that are other names.
   *
   * @throws TypeError for a machine that sends or signals before its first event.
   */
  start(input: unknown, context: Readonly<Record<string, Loosened>>): Start {
    const [first, actions] = initialTransition(this.machine, input as never);
    if (this.#effects(actions).length > 0)
      throw new TypeError(`${this.machine.id} says something at its start`);
    const loosened = Object.entries(context).map(([field, loose]): [string, object] => [
      field,
      typeof loose === 'string'
        ? this.names.of(`#${field}`, loose)
        : this.names.of(loose.term, loose.sort),
    ]);
    return this.#control(first.value, { ...first.context, ...Object.fromEntries(loosened) });
  }

  /** Whether any state has a transition for this type of event. */
  hears(type: string): boolean {
    return this.machine.events.includes(type);
  }

  treeFor(control: number, event: Pick<Shaped, 'shape' | 'text'>): Tree {
    const known = this.#trees[control]?.get(event.text);
    if (known !== undefined) return known;
    const { value, shape } = this.controls[control]!;
    const filling = { names: this.names, choices: this.#choices };
    const context = filled(shape, { ...filling, term: (at) => `#${at}` });
    const heard = filled(event.shape, { ...filling, term: (at) => `!${at}` });
    const snapshot = this.machine.resolveState({ value, context: context as never });
    const leaves = [
      ...explore(() => {
        this.evaluations += 1;
        const [next, actions] = transition(this.machine, snapshot, heard as never);
        // A refusal leaves all as it is, and does nothing.
        if (next === snapshot && actions.length === 0 && !snapshot.can(heard as never))
          return { refused: true } as const;
        if (Object.keys(next.children).length > 0)
          throw new TypeError(`${this.machine.id} has child actors`);
        const { control, registers } = this.#control(next.value, next.context);
        return { leaf: { next: control, registers, effects: this.#effects(actions) } } as const;
      }),
    ];
    const tree = treeOf(leaves.map(({ path, result }) => ({ asked: path.conditions, result })));
    this.#trees[control] ??= new Map();
    this.#trees[control].set(event.text, tree);
    return tree;
  }

  /** Every tree that was made, with its control and the shape of its event. */
  *trees(): Generator<{ readonly control: Control; readonly event: Shape; readonly tree: Tree }> {
    for (const [control, trees] of this.#trees.entries())
      for (const [event, tree] of trees ?? [])
        yield { control: this.controls[control]!, event: JSON.parse(event) as Shape, tree };
  }

  #control(value: StateValue, context: unknown): Start {
    const { shape, text, holes } = shapeOf(context, this.names);
    const key = `${JSON.stringify(value)} ${text}`;
    const known = this.#byText.get(key);
    if (known !== undefined) return { control: known, registers: holes };
    this.#byText.set(key, this.controls.length);
    const control = this.controls.push({ value, shape, sorts: sortsOf(shape) }) - 1;
    return { control, registers: holes };
  }

  #effects(actions: readonly { readonly type: string; readonly params: unknown }[]): RuleEffect[] {
    return actions.flatMap(({ type, params }): RuleEffect[] => {
      if (type === 'xstate.emit')
        return [{ to: null, event: shapeOf((params as { event: unknown }).event, this.names) }];
      if (type.startsWith('xstate.')) throw new TypeError(`${this.machine.id}: ${type} is refused`);
      if (typeof params !== 'object' || params === null || nameOf(params)) return [];
      if (!('to' in params && 'event' in params)) return [];
      const to = nameOf(params.to) ?? String(params.to);
      return [{ to, event: shapeOf(params.event, this.names) }];
    });
  }
}

type Branch = {
  readonly asked: readonly { readonly same: readonly [Term, Term]; readonly holds: boolean }[];
  readonly result: Exclude<Tree, { ask: unknown }> | null;
};

/** The tree of which these are the leaves. They come depth first, the answer "same" before. */
function treeOf(branches: readonly Branch[], depth = 0): Tree {
  const [first] = branches;
  const question = first?.asked[depth]?.same;
  if (question === undefined) {
    if (first?.result == null || branches.length !== 1)
      throw new TypeError('a machine answers differently when it is asked again');
    return first.result;
  }
  const [yes, no] = [true, false].map((holds) =>
    treeOf(
      branches.filter(({ asked }) => asked[depth]?.holds === holds),
      depth + 1,
    ),
  );
  return isSame(yes!, no!) ? yes! : { ask: question, yes: yes!, no: no! };
}

/** Whether two trees answer everything alike, so that nothing depends on which of them it is. */
function isSame(one: Tree, other: Tree): boolean {
  if ('ask' in one)
    return (
      'ask' in other &&
      one.ask.every((term, i) => term === other.ask[i]) &&
      isSame(one.yes, other.yes) &&
      isSame(one.no, other.no)
    );
  if ('refused' in one) return 'refused' in other;
  if (!('leaf' in other) || one.leaf.next !== other.leaf.next) return false;
  const [{ registers, effects }, { leaf }] = [one.leaf, other];
  return (
    holdSame(registers, leaf.registers) &&
    effects.length === leaf.effects.length &&
    effects.every(({ to, event }, i) => {
      const its = leaf.effects[i]!;
      return (
        termOf(to) === termOf(its.to) &&
        event.text === its.event.text &&
        holdSame(event.holes, its.event.holes)
      );
    })
  );
}

const termOf = (to: RuleEffect['to']) => (typeof to === 'object' ? to?.term : `port ${to}`);

/** For holes of one shape. */
const holdSame = (some: Holes, others: Holes): boolean =>
  [...some].every(([at, { term }]) => others.get(at)?.term === term);
