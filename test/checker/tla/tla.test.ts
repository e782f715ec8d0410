/** Systems as modules of TLA+. TLC is not run here: their tables are, by a reader of our own. */
import { describe, expect, it } from 'vitest';
import type { Property, System } from '../../../checker/model/system.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import { search } from '../../../checker/search.ts';
import { tlaOf } from '../../../checker/tla/tla.ts';
import { table } from '../support/philosophers.ts';

const philosophersHold = (kind: 'always' | 'sometimes'): Property => ({
  kind,
  name: `both hold a fork: ${kind}`,
  reads: ['philosopher0', 'philosopher1'],
  holds: (one, two) => one?.value === 'holding' && two?.value === 'holding',
});

const filesOf = (system: System, properties: readonly Property[] = []) =>
  tlaOf(tabulate(system, properties).model, 'Philosophers', ['dining'], true);

type Tuple = readonly [next: number, effects: readonly number[]];

/** A sequence of TLA+ in a definition. Ours hold nothing but numbers, and words that are so. */
const definitionIn = (module: string, name: string): unknown => {
  const text = new RegExp(`^${name} == (<<.*>>)$`, 'm').exec(module)?.[1] ?? '';
  return JSON.parse(
    text
      .replaceAll('<<', '[')
      .replaceAll('>>', ']')
      .replaceAll('FALSE', 'false')
      .replaceAll('TRUE', 'true'),
  );
};

/** Distinct states and steps of the module, as its operators define them. */
function countsOf(module: string) {
  const owners = definitionIn(module, 'Owner') as number[];
  const cells = owners.map((_, i) => definitionIn(module, `Input${i + 1}`) as Tuple[]);
  const offers = [...module.matchAll(/ == Take\((\d+)\)$/gm)].map(([, input]) => Number(input));
  const [, first] = /^Init == at = <<(.*)>>$/m.exec(module)!;
  const initial = JSON.parse(`[${first}]`) as number[];
  const take = (states: readonly number[], offer: number): readonly number[] | null => {
    const after = [...states];
    const queue = [offer];
    for (const input of queue) {
      const component = owners[input - 1]! - 1;
      const [next, effects] = cells[input - 1]![after[component]! - 1]!;
      if (next === -1) throw new Error('hole');
      if (next === 0) return null;
      after[component] = next;
      queue.push(...effects);
    }
    return after;
  };
  const reached = new Map([[String(initial), initial as readonly number[]]]);
  let transitions = 0;
  for (const state of reached.values())
    for (const offer of offers) {
      const after = take(state, offer);
      if (after === null) continue;
      transitions += 1;
      reached.set(String(after), after);
    }
  return { states: reached.size, transitions };
}

describe('a module of TLA+', () => {
  it.each([2, 3, 4])('has tables that lead through all states of %i philosophers', (seats) => {
    const { states, transitions } = search(table(seats, 1), [], { statesMax: 10_000 });
    expect(countsOf(filesOf(table(seats, 1)).module)).toEqual({ states, transitions });
  });

  it('has an action for each offer, and lists each in the next-state relation', () => {
    const { module } = filesOf(table(2));
    expect(module.match(/^Take_\w+ == Take\(\d+\)$/gm)).toEqual([
      'Take_philosopher0_reach == Take(1)',
      'Take_philosopher0_leave == Take(2)',
      'Take_philosopher1_reach == Take(3)',
      'Take_philosopher1_leave == Take(4)',
    ]);
    expect(module.match(/^ {2}\\\/ Take_\w+$/gm)).toHaveLength(4);
  });

  it('asserts each `always`, and that no witness of a `sometimes` is reached', () => {
    const properties = [philosophersHold('always'), philosophersHold('sometimes')];
    const { module, configuration } = filesOf(table(2), properties);
    const held = 'Holds(<<<<0, 0, 0>>, <<0, 1, -1>>, <<0, -1, -1>>>>[at[1]][at[2]])';
    expect(module).toContain(`\nAlways1 == ${held}\n`);
    expect(module).toContain(`\nNever2 == ~${held}\n`);
    expect(configuration).toBe(
      'INIT Init\nNEXT Next\nINVARIANT Always1\nINVARIANT Never2\nCHECK_DEADLOCK TRUE\n',
    );
  });
});
