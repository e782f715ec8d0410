/**
 * A network without bounds: any number of groups of some kinds, in any interleaving.
 *
 * Each group is run alone, against whatever letters there are, and views and letters are added
 * until none is new: a least fixpoint. What it reaches, every group of every network keeps to for
 * ever, given that the others do. A view or a letter knows only which names must be the same.
 *
 * @source Jones, Tentative Steps Toward a Development Method for Interfering Programs, 1983 (rely
 *   and guarantee); Flanagan and Qadeer, Thread-Modular Model Checking, 2003
 */
import type { Kinds } from './generalise.ts';
import type { Edge, Kind } from './kinds.ts';
import {
  arrival,
  type Happening,
  type Letter,
  offersOf,
  type Posted,
  posted,
  receiverOf,
  signalled,
  supposeHeard,
  supposeSender,
  termInLetter,
} from './letters.ts';
import { Orders } from './orders.ts';
import {
  common,
  isKnown,
  type Partition,
  partitionOf,
  type Registers,
  suppose,
  withFunctions,
} from './partition.ts';
import { explore, type Path } from './path.ts';
import { type Cause, GroupStep, type Listener, type Outgoing, type View } from './step.ts';

/** `enabled` false: a part refuses, and nothing happens. */
export type Taken = { readonly step: GroupStep; readonly enabled: boolean };

export class RoundsExceeded extends Error {
  override name = 'RoundsExceeded';
}

export class Network {
  readonly kinds: Kinds;
  readonly views = new Map<string, View>();
  readonly letters = new Map<string, Letter>();
  readonly #orders = new Orders();
  readonly #byKind = new Map<number, Letter[]>();
  readonly #tried = new Map<string, { version: number; letters: Map<string, number> }>();
  readonly #listeners = new Map<string, readonly Listener[]>();
  #isNew = false;

  constructor(kinds: Kinds) {
    this.kinds = kinds;
  }

  /**
   * Adds views and letters until none is new.
   *
   * @returns rounds, from 1.
   * @throws RoundsExceeded after `roundsMax` rounds. @throws TypeError for a machine that uses a
   *   name otherwise than by comparison.
   */
  close(roundsMax = 200): number {
    for (const kind of this.kinds.kinds) this.#start(kind);
    for (let round = 1; round <= roundsMax; round += 1) {
      this.#isNew = false;
      for (const view of [...this.views.values()])
        for (const happening of this.#newHappenings(view)) {
          if (isRefused(view, happening)) continue;
          for (const { path, result } of this.stepsIn(view, happening))
            if (result?.enabled) this.#keep(result.step, path, view, happening);
        }
      if (!this.#isNew) return round;
    }
    throw new RoundsExceeded(`there is no end after ${roundsMax} rounds`);
  }

  /** Steps in which the argument for single groups does not hold. Empty: it holds. */
  get overtaking(): readonly string[] {
    return this.#orders.overtaking;
  }

  /** Views of groups whose monitor is in its state `violated`. */
  get violations(): readonly View[] {
    return [...this.views.values()].filter(({ kind, controls }) =>
      kind.parts.some(
        ({ monitor, rules }, i) => monitor && rules.controls[controls[i]!]!.value === 'violated',
      ),
    );
  }

  /** How a group comes to a view: the deliveries within it, a line for each step. */
  storyOf(view: View): readonly string[] {
    const story: string[] = [];
    for (let at: View | undefined = view; at?.cause; at = this.views.get(at.cause.from))
      story.unshift(at.cause.deliveries.join(', '));
    return story;
  }

  /** Everything that can happen to a group in a view. */
  happenings(view: View): readonly Happening[] {
    const { kind } = view;
    return [...offersOf(kind), ...this.#lettersTo(kind).map(arrival)].filter(
      (one) => !isRefused(view, one),
    );
  }

  /** What has not been tried yet, with what is known of the view and of the letters by now. */
  *#newHappenings(view: View): Generator<Happening> {
    const { version } = view;
    const tried = this.#tried.get(view.key);
    const isNew = tried?.version !== version;
    const letters = isNew ? new Map<string, number>() : tried.letters;
    this.#tried.set(view.key, { version, letters });
    if (isNew) yield* offersOf(view.kind);
    for (const letter of [...this.#lettersTo(view.kind)]) {
      if (letters.get(letter.key) === letter.version) continue;
      letters.set(letter.key, letter.version);
      yield arrival(letter);
    }
  }

  #lettersTo({ nth }: Kind): readonly Letter[] {
    return this.#byKind.get(nth) ?? [];
  }

  /** Every path of a happening in a view. */
  stepsIn(view: View, { part, event, letter }: Happening) {
    return explore((path): Taken => {
      const step = new GroupStep(view, path, this.#monitors);
      if (letter !== null) {
        suppose(letter.same, path, termInLetter);
        if (letter.edge === null) {
          supposeSender(path, letter);
          for (const [field, value] of part.hears) supposeHeard(path, event, field, value);
        }
      }
      return { step, enabled: step.run(part, event) };
    });
  }

  /** The key of the view in which a step leaves its group. */
  keyAfter({ kind, controls }: Pick<View, 'kind' | 'controls'>): string {
    return `${kind.nth}: ${controls.join(' ')}`;
  }

  /** The letters that a step posts, with what they say. */
  posted(step: GroupStep): readonly Posted[] {
    return [
      ...step.out.flatMap((out) => this.#edgesOf(step, out).map((edge) => posted(edge, out, step))),
      ...step.overheard.map((heard) => signalled(heard, step.kind)),
    ].map(({ letter, holding, by }) => ({
      letter: this.letters.get(letter.key) ?? letter,
      by,
      holding: withFunctions(holding, this.kinds.functions),
    }));
  }

  /** What the registers of a group hold after a step, and what functions of them are. */
  held(step: GroupStep): Registers {
    if (this.kinds.functions.length > 0) step.order();
    return withFunctions(step.registers(), this.kinds.functions);
  }

  #start(kind: Kind): void {
    for (const { path, result } of explore((path): GroupStep => {
      const controls = kind.parts.map(({ start }) => start.control);
      return new GroupStep({ kind, controls, same: new Map() }, path, this.#monitors);
    }))
      this.#add(result!, path, null);
  }

  #keep(step: GroupStep, path: Path, view: View, { letter }: Happening): void {
    const sent = this.posted(step);
    this.#orders.note(step, sent, letter);
    this.#add(step, path, { from: view.key, deliveries: step.deliveries });
    for (const { letter, holding } of sent) {
      const known = this.letters.get(letter.key);
      if (known === undefined) this.#addLetter({ ...letter, same: partitionOf(holding, path) });
      else this.#weaken(known, holding, path);
    }
  }

  #addLetter(letter: Letter): void {
    this.letters.set(letter.key, letter);
    this.#byKind.set(letter.to.nth, [...this.#lettersTo(letter.to), letter]);
    this.#isNew = true;
  }

  #add(step: GroupStep, path: Path, cause: Cause | null): void {
    const { kind, controls } = step;
    const key = this.keyAfter(step);
    const registers = this.held(step);
    const known = this.views.get(key);
    if (known === undefined) {
      const same = partitionOf(registers, path);
      this.views.set(key, { key, kind, controls, same, version: 1, cause });
      this.#isNew = true;
    } else this.#weaken(known, registers, path);
  }

  #weaken(known: { same: Partition; version: number }, holding: Registers, path: Path): void {
    if (isKnown(known.same, holding, path)) return;
    known.same = common(known.same, partitionOf(holding, path));
    known.version += 1;
    this.#isNew = true;
  }

  #edgesOf({ kind }: GroupStep, { part, to, event }: Outgoing): readonly Edge[] {
    const port = typeof to === 'string' ? to : '*';
    const edges = this.kinds.edgesFrom(kind, part.name, port);
    const { type } = event.shape as { readonly type: string };
    const heard = (edge: Edge) => receiverOf(edge).rules.hears(type);
    if (edges.length > 0) return port === '*' ? edges.filter(heard) : edges;
    throw new TypeError(`${part.name} sends to its port ${port}, which leads nowhere`);
  }

  /** The monitors, of whatever group, that hear signals of a type. */
  readonly #monitors = (type: string): readonly Listener[] => {
    const known = this.#listeners.get(type);
    if (known !== undefined) return known;
    const found = this.kinds.kinds.flatMap((kind) =>
      kind.parts.flatMap((part) =>
        part.monitor && part.rules.hears(type) ? [{ kind, part }] : [],
      ),
    );
    this.#listeners.set(type, found);
    return found;
  };
}

/** Whether the part that it happens to refuses it, whatever the names are. */
const isRefused = ({ kind, controls }: View, { part, event }: Happening): boolean =>
  !part.monitor && 'refused' in part.rules.treeFor(controls[kind.parts.indexOf(part)]!, event);
