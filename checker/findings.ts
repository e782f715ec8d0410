/** What a search reports of the states that it has found. */

import type { Judged } from './explore/evaluation.ts';
import type { Explored } from './explore/explored.ts';
import { fairLoop, type Loop } from './liveness/response.ts';
import type { Composition } from './model/composition.ts';
import type { Trace } from './model/system.ts';
import { confirmedLasso, confirmedTrace } from './replay/confirm.ts';
import type { SearchResult } from './search.ts';

export function findingsOf(
  composition: Composition,
  judged: readonly Judged[],
  explored: Explored,
): Omit<SearchResult, 'evaluations'> {
  const trace = (state: number) => confirmedTrace(composition, explored.offersTo(state));
  const tracesOf = (kind: Judged['kind']) =>
    [...explored.decided]
      .filter(([decided]) => decided.kind === kind)
      .map(([{ name }, state]): [string, Trace] => [name, trace(state)]);
  const astray = judged.flatMap((one): [string, Trace][] => {
    const state = firstAstray(one, explored);
    return state < 0 ? [] : [[one.name, trace(state)]];
  });
  const lassos = judged.flatMap((one) => {
    const loop = loopOf(one, explored);
    if (loop === null) return [];
    const prefix = explored.offersTo(loop.start);
    return [{ judged: one, start: prefix.length, offers: [...prefix, ...loop.offers] }];
  });
  const sometimes = judged.filter(({ kind }) => kind === 'sometimes');
  return {
    ...explored.progress(),
    exhausted: explored.isExhausted,
    violated: new Map([
      ...tracesOf('always'),
      ...astray,
      ...lassos.map(({ judged: { name, response }, start, offers }): [string, Trace] => [
        name,
        confirmedLasso(composition, response, offers, start),
      ]),
    ]),
    loops: new Map(lassos.map(({ judged: { name }, start }) => [name, start])),
    witnessed: new Map(tracesOf('sometimes')),
    unwitnessed: sometimes.filter((one) => !explored.decided.has(one)).map(({ name }) => name),
    stuck: explored.stuck < 0 ? null : trace(explored.stuck),
    refusals: composition.refusals,
  };
}

/** The first state from which it is not possible any more, or -1; judged only of all states. */
function firstAstray(judged: Judged, explored: Explored): number {
  const { isExhausted, edges } = explored;
  if (judged.kind !== 'possible' || !isExhausted || !edges) return -1;
  return edges.firstAstray(explored.holding(judged));
}

/** Judged only of all states: null says nothing of a search that stopped. */
function loopOf(judged: Judged, explored: Explored): Loop | null {
  const { isExhausted, edges } = explored;
  if (judged.kind !== 'response' || !isExhausted || !edges) return null;
  const owes = explored.holding(judged).map((holds) => 1 - holds);
  return fairLoop(edges, owes, judged.duties, (state) => explored.offersTo(state).length);
}
