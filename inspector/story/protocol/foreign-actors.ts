/** The actors of a live source: their names, charts and current states. */

import type { Chart, State, Story, StoryComponent } from '../story.ts';
import { chartOfDefinition } from './chart-of-definition.ts';
import type { Registration, Seen } from './inspection.ts';
import { activeIn } from './state-value.ts';

export type Actor = {
  readonly name: string; // unique among its source's
  chart: Chart;
  initial: State;
  state: State;
  status: string; // XState's: active, done, error, stopped
  hasMoved: boolean; // since its initial state
};

export class Actors {
  readonly #bySession = new Map<string, Actor>();
  readonly #registered = new Set<string>();
  readonly #names = new Set<string>();
  readonly #lanes: string[] = [];
  readonly #lastOf = new Map<string, string>(); // by lane: the last of its children's
  readonly #charts = new Map<string, Chart>(); // by definition
  readonly #machines = new Map<string, Chart>(); // by what the story calls the machine

  /**
   * A second registration is ignored: a program that reconnects may send all its actors again. The
   * status is ignored, because the snapshot may be later than the next message.
   */
  register({ sessionId, name, parentId, definition, snapshot }: Registration): void {
    if (this.#registered.has(sessionId)) return;
    this.#registered.add(sessionId);
    const known = this.#bySession.get(sessionId);
    const parent = parentId === undefined ? undefined : this.#bySession.get(parentId);
    const actor = known ?? this.#add(sessionId, name || sessionId, parent);
    actor.chart = this.#chartFor(definition, actor.name);
    if (actor.hasMoved) return;
    actor.initial = stateIn(actor.chart, snapshot, null);
    actor.state = actor.initial;
  }

  /** The actor of this session. Without a registration, its name is the session id. */
  of(sessionId: string): Actor {
    return this.#bySession.get(sessionId) ?? this.#add(sessionId, sessionId, undefined);
  }

  /** One of each machine. */
  get charts(): readonly Chart[] {
    return [...this.#machines.values()];
  }

  /** Lifelines: parents before their children. */
  get parties(): readonly string[] {
    return [...this.#lanes];
  }

  get components(): readonly StoryComponent[] {
    return [...this.#bySession.values()].map(({ name, chart }) => ({
      name,
      machine: chart.machine,
      party: name,
      role: 'other',
      connection: null,
    }));
  }

  get initial(): Story['initial'] {
    const actors = [...this.#bySession.values()];
    return Object.fromEntries(actors.map(({ name, initial }) => [name, initial]));
  }

  #add(sessionId: string, wanted: string, parent: Actor | undefined): Actor {
    const name = this.#nameFor(wanted, parent);
    const chart = this.#chartFor(undefined, name);
    const state = stateIn(chart, undefined, null);
    const actor = { name, chart, initial: state, state, status: 'active', hasMoved: false };
    this.#bySession.set(sessionId, actor);
    this.#lay(name, parent?.name);
    return actor;
  }

  #lay(lane: string, parent: string | undefined): void {
    let after = parent;
    for (let next = parent; next !== undefined; next = this.#lastOf.get(next)) after = next;
    if (parent !== undefined) this.#lastOf.set(parent, lane);
    if (after === undefined) this.#lanes.push(lane);
    else this.#lanes.splice(this.#lanes.indexOf(after) + 1, 0, lane);
  }

  /** A second child of one name has its parent's name in front. */
  #nameFor(wanted: string, parent: Actor | undefined): string {
    const full = this.#names.has(wanted) && parent ? `${parent.name}/${wanted}` : wanted;
    const name = unused(full, this.#names);
    this.#names.add(name);
    return name;
  }

  #chartFor(definition: string | undefined, name: string): Chart {
    const key = definition ?? JSON.stringify({ id: name });
    const chart = this.#charts.get(key) ?? this.#rename(chartIn(key) ?? plainChart(name));
    this.#charts.set(key, chart);
    this.#machines.set(chart.machine, chart);
    return chart;
  }

  /** Two machines may have one id. */
  #rename(chart: Chart): Chart {
    return { ...chart, machine: unused(chart.machine, this.#machines) };
  }
}

/** Missing parts of the snapshot stay as they were. `before`: null where nothing is known. */
export function stateIn(chart: Chart, seen: Seen | undefined, before: State | null): State {
  if (seen === undefined && before !== null) return before;
  const { value, context, output } = seen ?? {};
  return {
    active: value === undefined && before ? before.active : activeIn(chart, value),
    context: context ?? output ?? before?.context ?? null,
  };
}

function unused(wanted: string, taken: { has: (name: string) => boolean }): string {
  let name = wanted;
  for (let number = 2; taken.has(name); number += 1) name = `${wanted} (${number})`;
  return name;
}

function chartIn(definition: string): Chart | null {
  try {
    return chartOfDefinition(JSON.parse(definition));
  } catch {
    return null; // cut off, or no JSON at all
  }
}

/** The chart of an actor that is no machine, or whose machine is not known. */
const plainChart = (name: string): Chart => ({
  machine: name,
  root: {
    id: name,
    key: name,
    description: null,
    type: 'atomic',
    initial: null,
    entry: [],
    exit: [],
    children: [],
  },
  transitions: [],
});
