/** What can be explored by hand, and how to get there from a story. */
import type { Deployment } from '../../../machines/system/topology.ts';
import { machinesWith } from '../../story/documents/subjects.ts';
import { type Explorable, explorablesOf } from '../../story/exploring/explorable.ts';
import { type Exploration, Explorer, pathOf } from '../../story/exploring/explore.ts';
import type { Entry, SessionState } from '../sources/session.ts';

type Made = Map<string | null, readonly Explorable[]>; // by the mistake that is made
const made = new WeakMap<Deployment, Made>();

/**
 * @param fault - id of the one mistake made; null: the machines as they are.
 * @throws BadDocument where there is no such mistake.
 */
export function explorablesIn(deployment: Deployment, fault: string | null): readonly Explorable[] {
  const known: Made = made.get(deployment) ?? new Map();
  const explorables = known.get(fault) ?? explorablesOf(deployment, machinesWith(fault));
  made.set(deployment, known.set(fault, explorables));
  return explorables;
}

/** Undefined: the page knows of no such deployment. */
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
 * To where a verdict's trace is after so many steps. Takes all of them.
 *
 * @throws Error where its machines do not take them.
 */
export function wayTo({ ref: { fault }, verdict, deployment }: Entry, position: number): Way {
  const trace = (verdict.trace ?? []).slice(0, position);
  for (const explorable of explorablesIn(deployment, fault)) {
    const path = pathOf(explorable, trace);
    if (path !== null) return { on: deployment.name, fault, about: explorable.id, path };
  }
  throw new Error(
    `${deployment.name} does not take these steps: they cannot be explored from here`,
  );
}

/** An explorer that is led to one path after another, and takes no step again that it has taken. */
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
