/** A claim kills each mutant, or a reason says why none can. */
import { describe, expect, it } from 'vitest';
import { EQUIVALENTS, reasonFor, unaccounted } from '../../../properties/faults/equivalents.ts';
import { MUTANTS } from '../../../properties/faults/mutants.ts';
import { GOLDENS } from '../../support/goldens.ts';

describe('of the mutants that were measured', () => {
  it('each that survives has a reason, and none that is killed has one', () => {
    const faults = Object.entries(GOLDENS.mutants).flatMap(([id, kill]) => {
      const fault = unaccounted(id, kill);
      return fault === null ? [] : [`${id} ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('each that has a reason exists', () => {
    const ids = MUTANTS.map(({ id }) => id);
    expect(Object.keys(EQUIVALENTS).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('each reason is a sentence', () => {
    for (const reason of Object.values(EQUIVALENTS)) expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  });
});

describe('an entry', () => {
  const [excused = ''] = Object.keys(EQUIVALENTS);
  const kill = { claim: 'confinement', deployment: 'single', by: 'verdict' } as const;

  it('is reported for a survivor without a reason, and for a killed mutant with one', () => {
    expect(unaccounted('browser.nothing left out', null)).toContain('no reason is given');
    expect(unaccounted(excused, kill)).toContain('is killed');
  });

  it('is accepted for a survivor with a reason, and for a killed mutant without one', () => {
    expect(unaccounted(excused, null)).toBeNull();
    expect(unaccounted('browser.nothing left out', kill)).toBeNull();
  });

  it('is not found under the names of properties that every object has', () => {
    expect(reasonFor('toString')).toBeNull();
    expect(reasonFor('__proto__')).toBeNull();
  });
});
