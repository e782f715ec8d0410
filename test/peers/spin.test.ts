/**
 * SPIN checks the same systems from the same tables, with a step of its own: a sample here, and the
 * whole catalogue in `catalogue.spin.ts`. It needs `apt-get install spin gcc`.
 *
 * @module-tag long
 */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Fairness, Property, System } from '../../checker/model/system.ts';
import { promelaOf } from '../../checker/promela/promela.ts';
import { tabulate } from '../../checker/promela/tabulate.ts';
import type {
  ModelCell,
  ModelReaction,
  TabulatedModel,
} from '../../checker/promela/tabulated-model.ts';
import { search } from '../../checker/search.ts';
import { compileWithSpin, SAFETY, spinVersion } from '../../cli/bench/measure/spin.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { deploymentsOf } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { PLAIN } from '../../properties/deployments/plain.ts';
import { allWeak, response } from '../checker/support/lassos.ts';
import { peterson } from '../checker/support/peterson.ts';
import { table } from '../checker/support/philosophers.ts';
import { anySystem, buildSystem, OFFERS } from '../checker/support/random-systems.ts';
import { checkedBySpin, owesForEverBySpin, saidBySearch, saidBySpin } from './support/agreement.ts';

const LIMITS = { statesMax: 100_000 };
const version = spinVersion();
const mayBeMissing = version === null && process.env.CI === undefined;

it.runIf(process.env.CI)('SPIN and gcc are installed: apt-get install spin gcc', () => {
  expect(version).not.toBeNull();
});

type Subject = { readonly system: System; readonly properties: readonly Property[] };

/** The results of both for each, side by side. */
async function bothOf(subjects: readonly Subject[]) {
  const results = subjects.map(({ system, properties }) => search(system, properties, LIMITS));
  const models = subjects.map(({ system, properties }) => tabulate(system, properties).model);
  const spin = await checkedBySpin(
    models,
    results.map(({ states }) => states),
  );
  return models.map((model, i) => ({ ours: saidBySearch(results[i]!, model), spin: spin[i]! }));
}

const philosophers = (reads: readonly string[], kind: 'always' | 'sometimes'): Property => ({
  kind,
  name: `${reads.join(' and ')}: ${kind}`,
  reads,
  holds: (...snapshots) =>
    snapshots.every(({ value }) => value === 'holding') === (kind === 'sometimes'),
});

describe.skipIf(mayBeMissing)(
  'SPIN (skipped without it: apt-get install spin gcc) agrees with the search',
  () => {
    it('on what is violated, witnessed and deadlock', async () => {
      const seats = ['philosopher0', 'philosopher1'];
      const [holds, finds] = await bothOf([
        { system: table(2, 1), properties: [philosophers(seats, 'always')] },
        {
          system: table(2),
          properties: [philosophers(seats, 'always'), philosophers(seats, 'sometimes')],
        },
      ]);
      for (const { ours, spin } of [holds!, finds!]) expect(spin).toEqual(ours);
      expect(holds!.spin).toMatchObject({ violated: [], witnessed: [], isDeadlock: false });
      expect(finds!.spin).toMatchObject({
        violated: ['philosopher0 and philosopher1: always'],
        witnessed: ['philosopher0 and philosopher1: sometimes'],
        isDeadlock: true,
      });
    });

    it("on every claim about the article's deployments", async () => {
      const subjects = PLAIN.filter(({ name }) => name === 'article')
        .flatMap(deploymentsOf)
        .flatMap((deployment) =>
          CLAIMS.filter((claim) => claim.appliesTo(deployment)).flatMap((claim) =>
            claim.subjects(deployment, MACHINES),
          ),
        );
      expect(subjects.length).toBeGreaterThan(30);
      const both = await bothOf(subjects);
      for (const { ours, spin } of both) expect(spin).toEqual(ours);
    });

    it('on 200 random systems', async () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const properties: readonly Property[] = [
        { ...philosophers(['c0', 'c1'], 'always'), holds: (one, two) => !areAlert(one, two) },
        { ...philosophers(['c1', 'c0'], 'sometimes'), holds: (one, two) => areAlert(one, two) },
      ];
      const subjects = fc
        .sample(anySystem, { numRuns: 200, seed })
        .map((spec) => ({ system: buildSystem(spec), properties }));
      const both = await bothOf(subjects);
      for (const [i, { ours, spin }] of both.entries())
        expect(spin, `system ${i} of seed ${seed}`).toEqual(ours);
      const seen = {
        violated: both.filter(({ spin }) => spin.violated.includes(properties[0]!.name)).length,
        witnessed: both.filter(({ spin }) => spin.witnessed.length > 0).length,
        monitors: both.filter(({ spin }) => spin.violated.includes('m0')).length,
        deadlock: both.filter(({ spin }) => spin.isDeadlock).length,
        free: both.filter(({ spin }) => !spin.isDeadlock).length,
      };
      for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
    });

    const waits = response('a', ['raised', 'waiting'], allWeak);
    const mayStop = response('a', ['raised', 'waiting'], (name) =>
      name === 'b' ? 'free' : 'weak',
    );
    const finite = response('a', ['raised', 'waiting'], () => 'finite');
    const eats = response('philosopher0', ['holding'], allWeak);

    it.each<[string, System, typeof waits, boolean]>([
      ["Peterson's algorithm, both fair", peterson(), waits, false],
      ["Peterson's algorithm, where one may stop", peterson(), mayStop, true],
      ["Peterson's algorithm, which takes finitely many steps", peterson(), finite, true],
      ['two philosophers, deadlock', table(2), eats, true],
      ['two philosophers, one left-handed', table(2, 1), eats, false],
      [
        'three philosophers, one starving',
        table(3, 1),
        response('philosopher1', ['holding'], allWeak),
        true,
      ],
    ])('on what fair runs owe: %s', async (_, system, property, owes) => {
      const { states, violated } = search(system, [property], LIMITS);
      expect(violated.has(property.name)).toBe(owes);
      const { model } = tabulate(system, [property]);
      expect(await owesForEverBySpin(model, property.name, states)).toBe(owes);
    });

    it('on what fair runs owe in 20 random systems', async () => {
      const seed = Math.floor(Math.random() * 2 ** 31);
      const anyFairness = fc.array(fc.constantFrom<Fairness>('weak', 'weak', 'finite', 'free'), {
        minLength: 8,
        maxLength: 8,
      });
      const samples = fc.sample(fc.tuple(anySystem, anyFairness, fc.boolean()), {
        numRuns: 20,
        seed,
      });
      const verdicts = new Set<boolean>();
      for (const [i, [spec, fairness, isOneAction]] of samples.entries()) {
        const property: Property = {
          kind: 'response',
          name: 'no fair run owes for ever',
          reads: ['c0', 'c1'],
          holds: (one, two) => !areAlert(one, two) && one?.value === two?.value,
          fairness: (component, { type }) =>
            fairness[
              2 * Number(component.slice(1)) + OFFERS.findIndex((offer) => offer.type === type)
            ]!,
          ...(isOneAction ? { action: () => 'moves' } : {}),
        };
        const system = buildSystem(spec);
        const { states, violated } = search(system, [property], LIMITS);
        const { model } = tabulate(system, [property]);
        const owes = await owesForEverBySpin(model, property.name, states);
        expect(owes, `system ${i} of seed ${seed}`).toBe(violated.has(property.name));
        verdicts.add(owes);
      }
      expect([...verdicts].sort()).toEqual([false, true]);
    });
  },
);

const areAlert = (one: { value: unknown } | undefined, two: { value: unknown } | undefined) =>
  one?.value === 'alert' && two?.value === 'alert';

describe.skipIf(mayBeMissing)('SPIN notices', () => {
  const system = table(3);
  const { model } = tabulate(system, []);
  const right = saidBySearch(search(system, [], LIMITS), model);
  const reach = model.offers[0]!; // the first philosopher's, who then holds a fork
  const withCell = (cell: ModelCell): TabulatedModel => ({
    ...model,
    inputs: model.inputs.map((input, i) =>
      i === reach ? { ...input, cells: [cell, ...input.cells.slice(1)] } : input,
    ),
  });
  const said = async (changed: TabulatedModel) =>
    (await checkedBySpin([changed], [right.states]))[0]!;

  it('nothing in the tables as they are', async () => {
    expect(await said(model)).toEqual(right);
  });

  it('a cell that refuses an event it should accept', async () => {
    expect(await said(withCell('refused'))).not.toEqual(right);
  });

  it('a cell that leads elsewhere, in counts alone', async () => {
    const cell = model.inputs[reach]!.cells[0]!;
    const elsewhere = await said(withCell({ ...(cell as ModelReaction), next: 0 }));
    expect(elsewhere.faults).toEqual([]);
    expect(elsewhere.states).not.toBe(right.states);
  });

  it('a cell that the search never used, by name', async () => {
    const { faults } = await said(withCell('hole'));
    expect(faults[0]).toBe("hole: 'thinking', {'type':'reach'}");
  });

  it('by its exit code a property value that the search never used', async () => {
    const { properties } = tabulate(system, [philosophers(['fork0'], 'sometimes')]).model;
    const [property] = properties;
    const { faults } = await said({ ...model, properties: [{ ...property!, decision: [null] }] });
    expect(faults[0]).toBe('hole: fork0: sometimes, which was never checked in such a state');
  });
});

describe.skipIf(mayBeMissing)('the text of one model', () => {
  it('stops at the first finding, by a shortest way, unless it is to note it', async () => {
    const system = table(2);
    const finds = philosophers(['philosopher0', 'philosopher1'], 'sometimes');
    const { model } = tabulate(system, [finds]);
    const result = search(system, [finds], LIMITS);
    const run = async (flags: readonly string[]) => {
      const text = promelaOf(model, []);
      const options = { flags: [...SAFETY, ...flags], optimise: '-O0' } as const;
      const verifier = await compileWithSpin(text, options);
      try {
        return await verifier.run(['-c0', '-E']);
      } finally {
        verifier.dispose();
      }
    };
    const stopped = await run(['-DBFS']);
    expect(stopped.reasons).toEqual(['assertion violated 0']);
    expect(stopped.witnessed).toEqual([finds.name]);
    const noted = await run(['-DBFS', '-DNOTE']);
    expect(noted.reasons).toEqual([]);
    expect(saidBySpin(noted)).toEqual({ ...saidBySearch(result, model), isDeadlock: false });
    const deep = await run(['-DNOTE']);
    expect([deep.states, deep.transitions]).toEqual([noted.states, noted.transitions]);
  });
});
