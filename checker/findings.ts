/** What a search reports of the states that it has found. */

import type { Evaluated } from './explore/evaluation.ts';
import type { Explored } from './explore/explored.ts';
import { fairLoop, type Loop } from './liveness/response.ts';
import type { Composition } from './model/composition.ts';
import type { Trace } from './model/system.ts';
import { confirmedLasso, confirmedTrace } from './replay/confirm.ts';
import type { SearchResult } from './search.ts';

export function findingsOf(
  composition: Composition,
  evaluated: readonly Evaluated[],
  explored: Explored,
): Omit<SearchResult, 'evaluations'> {
  const trace = (state: number) => confirmedTrace(composition, explored.offersTo(state));
  const tracesOf = (kind: Evaluated['kind']) =>
    [...explored.decided]
      .filter(([decided]) => decided.kind === kind)
      .map(([{ name }, state]): [string, Trace] => [name, trace(state)]);
  const astray = evaluated.flatMap((one): [string, Trace][] => {
    const state = firstAstray(one, explored);
    return state < 0 ? [] : [[one.name, trace(state)]];
  });
  const lassos = evaluated.flatMap((one) => {
    const loop = loopOf(one, explored);
    if (loop === null) return [];
    const prefix = explored.offersTo(loop.start);
    return [{ evaluated: one, start: prefix.length, offers: [...prefix, ...loop.offers] }];
  });
  const sometimes = evaluated.filter(({ kind }) => kind === 'sometimes');
  return {
    ...explored.progress(),
    exhausted: explored.isExhausted,
    violated: new Map([
      ...tracesOf('always'),
      ...astray,
      ...lassos.map(({ evaluated: { name, response }, start, offers }): [string, Trace] => [
        name,
        confirmedLasso(composition, response, offers, start),
      ]),
    ]),
    loops: new Map(lassos.map(({ evaluated: { name }, start }) => [name, start])),
    witnessed: new Map(tracesOf('sometimes')),
    unwitnessed: sometimes.filter((one) => !explored.decided.has(one)).map(({ name }) => name),
    deadlock: explored.deadlock < 0 ? null : trace(explored.deadlock),
    refusals: composition.refusals,
  };
}

/** The first state from which it is not possible any more, or -1; evaluated only of all states. */
function firstAstray(evaluated: Evaluated, explored: Explored): number {
  const { isExhausted, edges } = explored;
  if (evaluated.kind !== 'reachable' || !isExhausted || !edges) return -1;
  return edges.firstAstray(explored.holding(evaluated));
}

/** Evaluated only of all states: null says nothing of a search that stopped. */
function loopOf(evaluated: Evaluated, explored: Explored): Loop | null {
  const { isExhausted, edges } = explored;
  if (evaluated.kind !== 'response' || !isExhausted || !edges) return null;
  const owes = explored.holding(evaluated).map((holds) => 1 - holds);
  return fairLoop(edges, owes, evaluated.duties, (state) => explored.offersTo(state).length);
}
