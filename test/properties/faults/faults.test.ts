/** The claims are tight: each fault breaks exactly its golden claims, and each claim is broken. */
import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { ATTACKS } from '../../../properties/faults/attacks/attacks.ts';
import { replacing } from '../../../properties/faults/fault.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { isKill, MUTANTS } from '../../../properties/faults/mutants.ts';
import { measureFault } from '../../../properties/verdicts/measure.ts';
import { noCoverage, testAgainstModel } from '../../machines/support/model-based.ts';
import { PLANS } from '../../machines/support/plans.ts';
import { GOLDENS } from '../../support/goldens.ts';

describe('a fault', () => {
  it.each(FAULTS.map((fault) => [fault.id, fault] as const))(
    '%s breaks exactly its golden claims',
    { tags: 'long' },
    (id, fault) => {
      const broken = measureFault(fault);
      expect(Object.keys(broken)).not.toEqual([]);
      expect(broken).toEqual(GOLDENS.faults[id]);
    },
  );

  it.each(CLAIMS.map(({ id, kind }) => [id, kind] as const))(
    '%s is broken by a fault or an attack, with a counterexample unless it loses a witness',
    (id, kind) => {
      const attacked = ATTACKS.flatMap(({ claim, deployment }) =>
        claim.id === id ? (GOLDENS.verdicts[deployment.name]?.[id] ?? []) : [],
      ).filter(({ verdict }) => verdict === 'violated');
      const broken = Object.values(GOLDENS.faults).flatMap((each) => each[id] ?? []);
      const breaks = [...broken, ...attacked];
      const [first] = breaks.filter(({ trace }) => kind === 'sometimes' || trace !== null);
      expect(first?.verdict).toBe(kind === 'sometimes' ? 'unwitnessed' : 'violated');
    },
  );

  it('leaves the original machines unchanged, and throws for a name that no machine has', () => {
    for (const { inject } of FAULTS) {
      const before = { ...MACHINES };
      const machines = inject(MACHINES);
      expect(MACHINES).toEqual(before);
      expect(
        Object.values(machines).filter((m) => !Object.values(MACHINES).includes(m)),
      ).toHaveLength(1);
    }
    expect(() =>
      // @ts-expect-error: the name is misspelt on purpose
      replacing(MACHINES.wire, { actions: { delivr: () => {} } }),
    ).toThrow('wire has no delivr among its actions');
  });
});

describe('a mechanical mutant', () => {
  it.each(MUTANTS.map((mutant) => [mutant.id, mutant] as const))(
    '%s is killed by its golden claim, or else by the model-based test',
    { tags: 'long' },
    (id, mutant) => {
      const kill = GOLDENS.mutants[id];
      if (kill) expect(isKill(kill, mutant)).toBe(true);
      else
        expect(() => {
          for (const plan of PLANS[mutant.machine])
            testAgainstModel(plan, mutant.mutated, noCoverage());
        }).toThrow();
    },
  );

  it('is made of every guard twice and of every action once', () => {
    const expected = Object.entries(MACHINES).flatMap(([, { implementations }]) => [
      ...Object.keys(implementations.guards),
      ...Object.keys(implementations.guards),
      ...Object.keys(implementations.actions),
    ]);
    expect(MUTANTS).toHaveLength(expected.length);
    expect(Object.keys(GOLDENS.mutants)).toEqual(MUTANTS.map(({ id }) => id));
  });

  it('is the only kind of subject that the model-based test finds fault with', () => {
    for (const plans of Object.values(PLANS))
      for (const plan of plans)
        expect(() => testAgainstModel(plan, plan.model, noCoverage())).not.toThrow();
  });
});
