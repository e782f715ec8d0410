/** Response under fairness a second time, without components, for the checker to be held to. */

import type { Response, System, Trace } from '../../../checker/model/system.ts';
import { plainStart, plainStep, type Snapshots } from '../../../checker/replay/replay.ts';

type Offered = { readonly component: string; readonly event: { readonly type: string } };
type Edge = { readonly offer: number; readonly end: number };

export type OfferGraph = {
  readonly offers: readonly Offered[];
  readonly states: readonly Snapshots[]; // in the order found
  readonly edges: readonly (readonly Edge[])[]; // by state
  readonly depths: readonly number[];
};

export const textOf = (state: Snapshots): string =>
  JSON.stringify([...state.values()].map(({ value, context }) => [value, context]));

/** Every state, over plain XState, and which offer leads where. */
export function offerGraph(system: System): OfferGraph {
  const offers = system.flatMap(({ name, offers }) =>
    offers.map((event) => ({ component: name, event })),
  );
  const states = [plainStart(system)];
  const known = new Map([[textOf(states[0]!), 0]]);
  const depths = [0];
  const edges: Edge[][] = [];
  for (let at = 0; at < states.length; at += 1)
    edges.push(
      offers.flatMap(({ component, event }, offer) => {
        const after = plainStep(system, states[at]!, component, event)?.after;
        if (!after) return [];
        const key = textOf(after);
        if (!known.has(key)) {
          known.set(key, states.push(after) - 1);
          depths.push(depths[at]! + 1);
        }
        return [{ offer, end: known.get(key)! }];
      }),
    );
  return { offers, states, edges, depths };
}

/** Offers that are owed as one, each by its number. */
function weakActions(
  { fairness, action }: Response,
  offers: readonly Offered[],
): readonly ReadonlySet<number>[] {
  const byName = new Map<string, Set<number>>();
  for (const [offer, { component, event }] of offers.entries()) {
    if (fairness(component, event) !== 'weak') continue;
    const name = `${component} ${action ? action(component, event) : `number ${offer}`}`;
    byName.set(name, (byName.get(name) ?? new Set()).add(offer));
  }
  return [...byName.values()];
}

const holdsIn = ({ reads, holds }: Response, state: Snapshots) =>
  holds(...reads.map((name) => state.get(name)!));

/**
 * Whether some fair run owes something for ever, by walking from each state back to itself while
 * the weak offers are ticked off one after the other, in a fixed order. Where no offer is weak, a
 * run may rest anywhere; and resting is a step of every run that it helps.
 */
export function owesForEver(graph: OfferGraph, response: Response): boolean {
  const { states, offers, edges } = graph;
  const fairness = offers.map(({ component, event }) => response.fairness(component, event));
  const weak = weakActions(response, offers);
  const owes = states.map((state) => !holdsIn(response, state));
  const isEnabled = (state: number, action: ReadonlySet<number>) =>
    edges[state]!.some((edge) => action.has(edge.offer));
  return states.some((_, start) => {
    if (!owes[start]) return false;
    const pending = [{ state: start, ticked: 0 }];
    const seen = new Set<string>();
    for (const { state, ticked } of pending) {
      if (state === start && ticked === weak.length) return true;
      const reach = (end: number, next: number) => {
        if (seen.has(`${end} ${next}`)) return;
        seen.add(`${end} ${next}`);
        pending.push({ state: end, ticked: next });
      };
      const due = weak[ticked];
      if (due !== undefined && !isEnabled(state, due)) reach(state, ticked + 1);
      for (const { offer, end } of edges[state]!) {
        if (!owes[end] || fairness[offer] === 'finite') continue;
        reach(end, ticked);
        if (due?.has(offer)) reach(end, ticked + 1);
      }
    }
    return false;
  });
}

/** The fault of a lasso, found independently of the checker. Null: none. */
export function faultOf(
  graph: OfferGraph,
  response: Response,
  trace: Trace,
  start: number,
): string | null {
  const numbers = new Map(graph.states.map((state, i) => [textOf(state), i]));
  const numberOf = ({ component, event }: Offered) =>
    graph.offers.findIndex((one) => one.component === component && one.event === event);
  const visited = [0];
  for (const { component, event } of trace) {
    const offer = numberOf({ component, event });
    const edge = graph.edges[visited.at(-1)!]!.find((one) => one.offer === offer);
    if (!edge) return 'a step is not enabled';
    visited.push(edge.end);
  }
  if (numbers.size !== graph.states.length) return 'two states have one text';
  const round = visited.slice(start);
  if (round[0] !== round.at(-1)) return 'the loop is open';
  if (graph.depths[round[0]!] !== start) return 'there is a shorter way to the loop';
  if (round.some((state) => holdsIn(response, graph.states[state]!))) return 'nothing is owed';
  const fairnessOf = ({ component, event }: Offered) => response.fairness(component, event);
  const taken = trace.slice(start);
  if (taken.some((step) => fairnessOf(step) === 'finite')) return 'a finite offer is taken';
  const unfair = weakActions(response, graph.offers).some(
    (action) =>
      !taken.some((step) => action.has(numberOf(step))) &&
      round.every((state) => graph.edges[state]!.some((edge) => action.has(edge.offer))),
  );
  return unfair ? 'a weak offer waits for ever' : null;
}
