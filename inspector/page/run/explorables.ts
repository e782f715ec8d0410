/** The subjects of exploration by hand, and the path to one from a story. */
import type { Deployment } from '../../../machines/system/topology.ts';
import { machinesWith } from '../../story/documents/subjects.ts';
import { type Explorable, explorablesOf } from '../../story/exploring/explorable.ts';
import { type Exploration, Explorer, pathOf } from '../../story/exploring/explore.ts';
import type { Entry, SessionState } from '../sources/session.ts';

type Made = Map<string | null, readonly Explorable[]>; // by the id of the fault
const made = new WeakMap<Deployment, Made>();

/**
 * @param fault - id of the injected fault; null: none.
 * @throws BadDocument where there is no such fault.
 */
export function explorablesIn(deployment: Deployment, fault: string | null): readonly Explorable[] {
  const known: Made = made.get(deployment) ?? new Map();
  const explorables = known.get(fault) ?? explorablesOf(deployment, machinesWith(fault));
  made.set(deployment, known.set(fault, explorables));
  return explorables;
}

/** Undefined: no such deployment is known. */
export const deploymentNamed = (known: SessionState, name: string): Deployment | undefined =>
  known.opened?.deployments.find((deployment) => deployment.name === name) ??
  known.entries.find(({ deployment }) => deployment.name === name)?.deployment;

export type Way = {
  readonly on: string;
  readonly fault: string | null;
  readonly about: string; // id of an explorable
  readonly path: readonly number[];
};

/**
 * The path to a position of a verdict's trace.
 *
 * @throws Error where its machines do not take them.
 */
export function wayTo({ ref: { fault }, verdict, deployment }: Entry, position: number): Way {
  const trace = (verdict.trace ?? []).slice(0, position);
  for (const explorable of explorablesIn(deployment, fault)) {
    const path = pathOf(explorable, trace);
    if (path !== null) return { on: deployment.name, fault, about: explorable.id, path };
  }
  throw new Error(`${deployment.name} cannot take these steps, so they cannot be explored`);
}

/** An explorer that follows one path after another and keeps the steps that both share. */
export class Guide {
  readonly #explorer: Explorer;
  #path: readonly number[] = [];

  constructor(explorable: Explorable) {
    this.#explorer = new Explorer(explorable);
  }

  /** @throws BadPath for a path that cannot be taken. */
  lead(path: readonly number[]): Exploration {
    const parted = this.#path.findIndex((offer, i) => offer !== path[i]);
    const common = parted < 0 ? this.#path.length : parted;
    if (common < this.#path.length) this.#explorer.back(common);
    this.#path = this.#path.slice(0, common);
    for (const offer of path.slice(common)) {
      this.#explorer.take(offer);
      this.#path = [...this.#path, offer];
    }
    return this.#explorer.exploration;
  }
}
