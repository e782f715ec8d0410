/**
 * Compares the reactions of machines under an exchange of names. Every reaction that a search uses
 * is compared under every generator with its image, and the image is then compared in turn. So the
 * set of compared reactions is closed under the group.
 */
import type { BuildWatch } from '../explore/limits.ts';
import { ALL, type Cell, Composition, REFUSED } from '../model/composition.ts';
import { stateKey } from '../model/state-key.ts';
import type { System } from '../model/system.ts';
import { checkWiring } from '../model/wiring.ts';
import { AsymmetryError, automorphismOf, type Generator, type Symmetry } from './symmetry.ts';

/** A composition that records which reactions are still to be compared. */
export class SymmetricComposition extends Composition {
  readonly generators: readonly Generator[];
  readonly #fresh: number[] = []; // component, state and event of cells not compared yet

  /**
   * @throws TypeError for a system that is not well formed.
   * @throws AsymmetryError for a renaming that does not map the system to itself.
   */
  constructor(system: System, symmetry: Symmetry, watch: BuildWatch = () => {}) {
    checkWiring(system);
    super(system, watch);
    this.generators = symmetry.renamings.map((renaming) =>
      automorphismOf(this, symmetry, renaming, watch),
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
   * Compares the reactions since the last call. The caller must not use them before that.
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

  /** The difference between the image of a cell and the cell of the image. Null: none. */
  #difference(by: Generator, component: number, state: number, event: number): string | null {
    const cell = this.cell(component, state, event);
    const other = this.cell(
      by.to[component]!,
      by.image(component, state),
      by.event(component, event),
    );
    if (cell.next === REFUSED || other.next === REFUSED)
      return cell.next === other.next
        ? null
        : 'accepts the event only before the exchange, or only after it';
    if (by.image(component, cell.next) !== other.next) return 'enters a different state';
    return this.#areAlike(by, cell.effects, other.effects)
      ? null
      : 'sends or emits something different';
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
      // Each signal object has its own number, so equal signals may have two numbers.
      const signal = stateKey(by.renamed(this.eventOf(ALL, event)));
      if (signal !== stateKey(this.eventOf(ALL, otherEvent))) return false;
    }
    return true;
  }
}
