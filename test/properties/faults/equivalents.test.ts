/** Every mutant is accounted for: a claim kills it, or there is a reason why none can. */
import { describe, expect, it } from 'vitest';
import { EQUIVALENTS, reasonFor, unaccounted } from '../../../properties/faults/equivalents.ts';
import { MUTANTS } from '../../../properties/faults/mutants.ts';
import { GOLDENS } from '../../support/goldens.ts';

describe('of the mutants that were measured', () => {
  it('no one survives without a reason, and no reason excuses one that is killed', () => {
    const faults = Object.entries(GOLDENS.mutants).flatMap(([id, kill]) => {
      const fault = unaccounted(id, kill);
      return fault === null ? [] : [`${id} ${fault}`];
    });
    expect(faults).toEqual([]);
  });

  it('each that has a reason is one that can be made', () => {
    const ids = MUTANTS.map(({ id }) => id);
    expect(Object.keys(EQUIVALENTS).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('each reason is a sentence', () => {
    for (const reason of Object.values(EQUIVALENTS)) expect(reason).toMatch(/^[A-Z].{20,}\.$/s);
  });
});

describe('an account', () => {
  const [excused = ''] = Object.keys(EQUIVALENTS);
  const kill = { claim: 'confinement', deployment: 'single', by: 'verdict' } as const;

  it('is at fault for a survivor without a reason, and for a reason that excuses nothing', () => {
    expect(unaccounted('browser.nothing left out', null)).toContain('there is no reason');
    expect(unaccounted(excused, kill)).toContain('is killed');
  });

  it('is in order for a survivor with a reason, and for whatever is killed', () => {
    expect(unaccounted(excused, null)).toBeNull();
    expect(unaccounted('browser.nothing left out', kill)).toBeNull();
  });

  it('has no reason for what every object has', () => {
    expect(reasonFor('toString')).toBeNull();
    expect(reasonFor('__proto__')).toBeNull();
  });
});
