/**
 * Every machine, driven along paths that cover its every transition, as a live actor whose effects
 * are really performed. What no path covers fails the test.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import {
  guardOutcomesOf,
  noCoverage,
  testAgainstModel,
  transitionsOf,
} from './support/model-based.ts';
import { PLANS } from './support/plans.ts';

describe.each(Object.entries(PLANS))('%s, live', (_, plans) => {
  const machine = plans[0]!.model;
  const coverage = noCoverage();
  let steps = 0;
  beforeAll(() => {
    for (const plan of plans) steps += testAgainstModel(plan, machine, coverage);
  });

  it('does what the model does, in state, context and effects', () => {
    expect(steps).toBeGreaterThan(0);
  });

  it('has taken every transition', () => {
    expect([...coverage.taken].sort()).toEqual(transitionsOf(machine));
  });

  it('has seen every guard hold and fail', () => {
    expect([...coverage.guards].sort()).toEqual(guardOutcomesOf(machine));
  });
});
