/** Systems as tables, and as texts in Promela. What SPIN makes of them is in `test/peers`. */
import { describe, expect, it } from 'vitest';
import { assign, setup } from 'xstate';
import type { Property } from '../../../checker/model/system.ts';
import { promelaBatch } from '../../../checker/promela/batch.ts';
import { comment, declared, identifiers, quoted } from '../../../checker/promela/names.ts';
import { fairPromelaOf, promelaOf } from '../../../checker/promela/promela.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import type { TabulatedModel } from '../../../checker/promela/tabulated-model.ts';
import { search } from '../../../checker/search.ts';
import { component, monitor } from '../support/components.ts';
import { allWeak, response } from '../support/lassos.ts';
import { table } from '../support/philosophers.ts';

const eating = (seat: number): Property => ({
  kind: 'sometimes',
  name: `${seat} eats beside its neighbour`,
  reads: [`philosopher${seat}`, `philosopher${seat + 1}`],
  holds: (one, two) => one?.value === 'eating' && two?.value === 'holding',
});

const modelOf = (seats: number, properties: readonly Property[] = []): TabulatedModel =>
  tabulate(table(seats), properties).model;

describe('the tables of a system', () => {
  it('are filled by a visit that counts as the search does', () => {
    const { states, transitions } = search(table(3, 1), [], { statesMax: 1000 });
    expect(tabulate(table(3, 1), [])).toMatchObject({ states, transitions });
  });

  it('number states and inputs as they are met, whatever was searched before', () => {
    const before = modelOf(3);
    search(table(4, 2), [], { statesMax: 1000 }); // meets more, in another order
    expect(modelOf(3)).toEqual(before);
  });

  it('say what comes of each input in each state: refused, or the next state and effects', () => {
    const { components, inputs, offers } = modelOf(2);
    expect(components.map(({ name }) => name)).toEqual([
      'philosopher0',
      'philosopher1',
      'fork0',
      'fork1',
    ]);
    expect(components[0]!.states).toEqual(['"thinking"', '"holding"', '"eating"']);
    const [reach, leave] = offers.map((offer) => inputs[offer]!);
    const take = inputs.findIndex(({ component: to, event }) => to === 2 && /take/.test(event));
    expect(reach!.cells[0]).toEqual({ next: 1, effects: [take] });
    expect(leave!.cells.slice(0, 2)).toEqual(['refused', 'refused']);
    expect(inputs[take]!.cells).toEqual([{ next: 1, effects: [] }, 'refused']);
  });

  it('have a hole for a cell that the search never used', () => {
    const { components, inputs } = modelOf(2);
    const put = inputs.find(({ component: to, event }) => to === 2 && /put/.test(event));
    expect(components[2]!.states).toEqual(['"free"', '"taken"']);
    expect(put!.cells[0]).toBe('hole');
  });

  it('contain property values for the reached combinations of states only', () => {
    const asked: string[] = [];
    const property: Property = {
      ...eating(0),
      holds: (one, two) => {
        asked.push(`${one?.value} ${two?.value}`);
        return one?.value === 'eating' && two?.value === 'holding';
      },
    };
    const { properties } = modelOf(2, [property]);
    expect(asked).not.toContain('eating eating');
    expect(new Set(asked).size).toBe(asked.length);
    expect(properties[0]!.decision).toEqual([
      [false, false, false],
      [false, false, null],
      [false, null, null],
    ]);
  });

  it('tell of a context only what varies', () => {
    const counter = setup({
      types: { context: {} as { count: number; name: string } },
      actions: { count: assign(({ context: { count } }) => ({ count: 1 - count })) },
    }).createMachine({
      id: 'counter',
      context: { count: 0, name: 'constant' },
      initial: 'on',
      states: { on: { on: { go: { actions: 'count' } } } },
    });
    const { model } = tabulate([component('one', counter, { offers: [{ type: 'go' }] })], []);
    expect(model.components[0]!.states).toEqual(['"on" {"count":0}', '"on" {"count":1}']);
  });

  it('put monitors first among the properties, each as one that is never violated', () => {
    const watcher = setup({}).createMachine({
      id: 'watcher',
      initial: 'calm',
      states: { calm: {}, violated: {} },
    });
    const { properties } = tabulate([...table(2), monitor('watch', watcher)], [eating(0)]).model;
    expect(properties.map(({ kind, name }) => [kind, name])).toEqual([
      ['always', 'watch'],
      ['sometimes', eating(0).name],
    ]);
    expect(properties[0]!.decision).toEqual([true]);
  });
});

describe('a text in Promela', () => {
  const text = promelaOf(modelOf(3, [eating(0)]), ['three philosophers', 'and */ an end']);

  it('is the same for the same system', () => {
    expect(promelaOf(modelOf(3, [eating(0)]), ['three philosophers', 'and */ an end'])).toBe(text);
  });

  it('begins with one comment that its own text cannot end', () => {
    expect(text).toMatch(/^\/\*\n \* three philosophers\n \* and \* \/ an end\n \*\/\n/);
  });

  it('has a variable for each component, and an option for each offer', () => {
    expect(text).toContain('byte at_philosopher0; /* philosopher0 */');
    expect(text).toContain('byte at_fork2; /* fork2 */');
    expect(text.match(/:: d_step/g)).toHaveLength(6);
    expect(text).toContain(
      "/* philosopher1: {'type':'leave'} */\n  :: d_step { " +
        'c_expr { hop_enabled (3, now.at_philosopher1) } -> c_code { hop_take(3); } }',
    );
  });

  it('takes two bytes where a component has more states than fit in one', () => {
    const model = modelOf(2);
    const [first, ...others] = model.components;
    const states = (count: number) => Array.from({ length: count }, (_, i) => `${i}`);
    const wide = (count: number) =>
      promelaOf({ ...model, components: [{ ...first!, states: states(count) }, ...others] }, []);
    expect(wide(256)).toContain('byte at_philosopher0;');
    expect(wide(257)).toContain('short at_philosopher0;');
  });

  it('has a process for each duty of a response, and one for the rest', () => {
    const mayStop = (name: string) => (name === 'philosopher0' ? 'finite' : 'weak');
    const eats = response('philosopher0', ['holding'], mayStop);
    const model = modelOf(3, [eats]);
    const fair = fairPromelaOf(model, eats.name, []);
    expect(fair.match(/^active proctype \w+/gm)).toEqual([
      ...[0, 1, 2, 3].map((duty) => `active proctype duty_${duty}`),
      'active proctype others',
    ]);
    expect(fair.match(/!now\.settled && hop_enabled \(\d,/g)).toEqual([
      '!now.settled && hop_enabled (0,',
      '!now.settled && hop_enabled (1,',
    ]);
    expect(() => fairPromelaOf(model, 'no such name', [])).toThrow(
      "'no such name' is not a response",
    );
  });

  it('tells the verifier of how many processes it is to be fair to', () => {
    const roomFor = (seats: number) => {
      const eats = response('philosopher0', ['holding'], allWeak);
      return /define NFAIR (\d+)/.exec(fairPromelaOf(modelOf(seats, [eats]), eats.name, []))?.[1];
    };
    expect([roomFor(2), roomFor(3), roomFor(4)]).toEqual(['2', '3', '3']); // 5, 7 and 9 processes
  });

  it('may hold many models, as wide as the widest', () => {
    const batch = promelaBatch([modelOf(2), modelOf(3)]);
    expect(batch.match(/^byte at_\d+;$/gm)).toHaveLength(6);
    expect(batch.match(/:: d_step/g)).toHaveLength(6);
    expect(batch).toContain('hop_models[] = { &hop_model_0,&hop_model_1 }');
  });
});

describe('names and texts', () => {
  it('become identifiers, each its own, that are no word of any language', () => {
    expect(identifiers(['int', 'a>b#1/c', 'a.b.1.c', 'a_b_1_c', ''], 'at_')).toEqual([
      'at_int',
      'at_a_b_1_c',
      'at_a_b_1_c_2',
      'at_a_b_1_c_3',
      'at_',
    ]);
  });

  it('lose what C or SPIN would stumble over', () => {
    expect(quoted('"a\\b"\nä')).toBe('"\'a/b\'??"');
    expect(comment('a */ b')).toBe('/* a * / b */');
  });

  it('are declared in blocks that SPIN can read, in order', () => {
    const lines = Array.from({ length: 20 }, (_, i) => `${i} `.padEnd(20_000, 'x'));
    const blocks = declared(lines).split(/(?<=^}\n)/m);
    expect(blocks.filter((block) => block !== '')).toHaveLength(10);
    for (const block of blocks) expect(block.length).toBeLessThan(65_535);
    expect(declared(lines).match(/^\d+ /gm)).toEqual(lines.map((_, i) => `${i} `));
    expect(() => declared(['x'.repeat(60_001)])).toThrow(RangeError);
  });
});
