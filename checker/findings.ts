/** The report of a search: verdicts and confirmed traces. */

import type { CheckedProperty } from './explore/checked-property.ts';
import type { Explored } from './explore/explored.ts';
import { fairLoop, type Loop } from './liveness/response.ts';
import type { Composition } from './model/composition.ts';
import type { Trace } from './model/system.ts';
import { confirmedLasso, confirmedTrace } from './replay/confirm.ts';
import type { SearchResult } from './search.ts';

export function findingsOf(
  composition: Composition,
  properties: readonly CheckedProperty[],
  explored: Explored,
): Omit<SearchResult, 'evaluations'> {
  const trace = (state: number) => confirmedTrace(composition, explored.offersTo(state));
  const tracesOf = (kind: CheckedProperty['kind']) =>
    [...explored.decided]
      .filter(([decided]) => decided.kind === kind)
      .map(([{ name }, state]): [string, Trace] => [name, trace(state)]);
  const astray = properties.flatMap((one): [string, Trace][] => {
    const state = firstAstray(one, explored);
    return state < 0 ? [] : [[one.name, trace(state)]];
  });
  const lassos = properties.flatMap((one) => {
    const loop = loopOf(one, explored);
    if (loop === null) return [];
    const prefix = explored.offersTo(loop.start);
    return [{ property: one, start: prefix.length, offers: [...prefix, ...loop.offers] }];
  });
  const sometimes = properties.filter(({ kind }) => kind === 'sometimes');
  return {
    ...explored.progress(),
    exhausted: explored.isExhausted,
    violated: new Map([
      ...tracesOf('always'),
      ...astray,
      ...lassos.map(({ property: { name, response }, start, offers }): [string, Trace] => [
        name,
        confirmedLasso(composition, response, offers, start),
      ]),
    ]),
    loops: new Map(lassos.map(({ property: { name }, start }) => [name, start])),
    witnessed: new Map(tracesOf('sometimes')),
    unwitnessed: sometimes.filter((one) => !explored.decided.has(one)).map(({ name }) => name),
    deadlock: explored.deadlock < 0 ? null : trace(explored.deadlock),
    refusals: composition.refusals,
    neverAccepted: explored.isExhausted ? composition.neverAccepted : [],
  };
}

/** The first state from which no state with the property can be reached, or -1. */
function firstAstray(property: CheckedProperty, explored: Explored): number {
  const { isExhausted, edges } = explored;
  if (property.kind !== 'reachable' || !isExhausted || !edges) return -1;
  return edges.firstAstray(explored.holding(property));
}

/** A fair loop without a response. Null: there is none, or the search stopped early. */
function loopOf(property: CheckedProperty, explored: Explored): Loop | null {
  const { isExhausted, edges } = explored;
  if (property.kind !== 'response' || !isExhausted || !edges) return null;
  const owes = explored.holding(property).map((holds) => 1 - holds);
  return fairLoop(edges, owes, property.duties, (state) => explored.offersTo(state).length);
}
