/**
 * Stubborn sets with the best footprints there can be: those of a system that is explored already.
 *
 * @source Valmari, Stubborn sets for reduced state space generation
 */

import { Reached } from '../../../checker/explore/reached.ts';
import { ALL, type Composition, REFUSED } from '../../../checker/model/composition.ts';

/** `looks`: the components whose states mattered. `end`: the state after it, -1 if refused. */
type Edge = {
  readonly looks: readonly number[];
  readonly changes: readonly number[];
  readonly end: number;
};
export type State = { readonly row: Int32Array; readonly edges: readonly Edge[] }; // by offer

function edgeFrom(whole: Composition, row: Int32Array, offer: number): Edge {
  const next = row.slice();
  const queue = [{ to: whole.movers[offer]!, event: whole.moves[offer]! }];
  const looks = new Set<number>();
  for (const { to, event } of queue) {
    const heard = to === ALL ? whole.audienceOf(event) : [to, event];
    for (let i = 0; i < heard.length; i += 2) {
      const part = heard[i]!;
      const cell = whole.cell(part, next[part]!, heard[i + 1]!);
      looks.add(part);
      if (cell.next !== REFUSED) next[part] = cell.next;
      else if (to !== ALL) return { looks: [...looks], changes: [], end: -1 };
      for (let e = 0; e < cell.effects.length; e += 2)
        queue.push({ to: cell.effects[e]!, event: cell.effects[e + 1]! });
    }
  }
  whole.next.set(next);
  return { looks: [...looks], changes: [...looks].filter((p) => next[p] !== row[p]), end: 0 };
}

/** Every state, with every offer to it. */
export function explored(whole: Composition): readonly State[] {
  const width = whole.initial.length;
  const reached = new Reached(width, () => {});
  const states: State[] = [];
  reached.add(whole.initial, 0, 0);
  for (let state = 0; state < reached.count; state += 1) {
    const row = reached.rows.slice(state * width, (state + 1) * width);
    const edges = whole.offers.map((_, offer): Edge => {
      const edge = edgeFrom(whole, row, offer);
      return edge.end < 0 ? edge : { ...edge, end: reached.add(whole.next, state, offer) };
    });
    states.push({ row, edges });
  }
  return states;
}

/**
 * The offers that disturb an edge in some state that looks to it as this one does: one changes what
 * the other looks at. Of an edge that is refused: the offers that change what it was refused by.
 */
function disturbing(states: readonly State[]) {
  const known = new Map<string, Map<string, Set<number>>>();
  return ({ looks, changes }: Edge, seen: Int32Array): ReadonlySet<number> => {
    const view = (row: Int32Array) => looks.map((part) => row[part]).join();
    const key = `${looks};${changes}`;
    const sets = known.get(key) ?? new Map<string, Set<number>>();
    if (!known.has(key))
      for (const { row, edges } of states) {
        const set = sets.get(view(row)) ?? new Set();
        edges.forEach((other, offer) => {
          const isNear =
            other.changes.some((p) => looks.includes(p)) ||
            other.looks.some((p) => changes.includes(p));
          if (other.end >= 0 && isNear) set.add(offer);
        });
        sets.set(view(row), set);
      }
    known.set(key, sets);
    return sets.get(view(seen))!;
  };
}

/**
 * Breadth-first, and in each state by a smallest stubborn set.
 *
 * @param hasProviso - whether a set that is not all needs an end that is not expanded yet.
 */
export function reduced(states: readonly State[], hasProviso: boolean) {
  const against = disturbing(states);
  const met = new Set([0]);
  const expanded = new Set<number>();
  let transitions = 0;
  for (const state of met) {
    const { row, edges } = states[state]!;
    expanded.add(state);
    const enabled = [...edges.keys()].filter((offer) => edges[offer]!.end >= 0);
    const near = edges.map((edge) => against(edge, row));
    const sets = enabled.map((first) => {
      const set = new Set([first]);
      for (const offer of set) for (const other of near[offer]!) set.add(other);
      return enabled.filter((offer) => set.has(offer));
    });
    const isUsable = (set: readonly number[]) =>
      !hasProviso || set.some((offer) => !expanded.has(edges[offer]!.end));
    const least = sets.filter(isUsable).sort((a, b) => a.length - b.length)[0] ?? enabled;
    transitions += least.length;
    for (const offer of least) met.add(edges[offer]!.end);
  }
  return { met: [...met], transitions };
}
