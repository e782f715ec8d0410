/**
 * Whether machines react alike where names are exchanged: asked of every reaction that a search
 * comes by, under every generator, and of the reactions that it is compared with in their turn. So
 * the reactions asked for are closed under the group, and so is what follows from them.
 */
import { ALL, type Cell, Composition, REFUSED } from '../model/composition.ts';
import { stateKey } from '../model/state-key.ts';
import type { System } from '../model/system.ts';
import { checkWiring } from '../model/wiring.ts';
import { AsymmetryError, automorphismOf, type Generator, type Symmetry } from './symmetry.ts';

/** A composition that compares. Its steps are those of any other. */
export class SymmetricComposition extends Composition {
  readonly generators: readonly Generator[];
  readonly #fresh: number[] = []; // component, state and event of cells that are not compared yet

  /**
   * @throws TypeError for a system that is not one.
   * @throws AsymmetryError for a renaming that does not turn the system into itself.
   */
  constructor(system: System, symmetry: Symmetry) {
    checkWiring(system);
    super(system);
    this.generators = symmetry.renamings.map((renaming) =>
      automorphismOf(this, symmetry, renaming),
    );
  }

  override cell(component: number, state: number, event: number): Cell {
    const known = this.knownCell(component, state, event);
    if (known !== undefined) return known;
    const cell = super.cell(component, state, event);
    this.#fresh.push(component, state, event);
    return cell;
  }

  /**
   * Compares what has been asked since the last time. Until then nothing is to be made of it.
   *
   * @throws AsymmetryError that names the machine, its state and the event.
   */
  compare(): void {
    while (this.#fresh.length > 0) {
      const [component, state, event] = this.#fresh.splice(-3) as [number, number, number];
      for (const generator of this.generators) {
        const difference = this.#difference(generator, component, state, event);
        if (difference === null) continue;
        const { machine } = this.system[component]!;
        const where = JSON.stringify(this.snapshot(component, state).value);
        const heard = JSON.stringify(this.eventOf(component, event));
        throw new AsymmetryError(
          generator.renaming,
          `machine ${machine.id} in state ${where} on ${heard} ${difference}`,
        );
      }
    }
  }

  /** Between a cell's image and the cell at its image. Null: there is none. */
  #difference(by: Generator, component: number, state: number, event: number): string | null {
    const cell = this.cell(component, state, event);
    const other = this.cell(
      by.to[component]!,
      by.image(component, state),
      by.event(component, event),
    );
    if (cell.next === REFUSED || other.next === REFUSED)
      return cell.next === other.next ? null : 'refuses one, and takes the other';
    if (by.image(component, cell.next) !== other.next) return 'comes to another state';
    return this.#areAlike(by, cell.effects, other.effects) ? null : 'sends or emits otherwise';
  }

  /** Effects are pairs of an addressee and an event. */
  #areAlike(by: Generator, some: readonly number[], others: readonly number[]): boolean {
    if (some.length !== others.length) return false;
    for (let i = 0; i < some.length; i += 2) {
      const [to, event] = [some[i]!, some[i + 1]!];
      const [otherTo, otherEvent] = [others[i]!, others[i + 1]!];
      if (otherTo !== (to === ALL ? ALL : by.to[to]!)) return false;
      if (to !== ALL && by.event(to, event) === otherEvent) continue;
      if (to !== ALL) return false;
      // Signals are numbered by the objects that they are, so that equal ones may have two numbers.
      const signal = stateKey(by.renamed(this.eventOf(ALL, event)));
      if (signal !== stateKey(this.eventOf(ALL, otherEvent))) return false;
    }
    return true;
  }
}
