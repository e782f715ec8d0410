/** Active nodes and XState's values say the same. */
import { describe, expect, it } from 'vitest';
import { createActor, createMachine } from 'xstate';
import { chartOf } from '../../../../inspector/story/chart.ts';
import {
  activeIn,
  leavesOf,
  stateValueOf,
} from '../../../../inspector/story/protocol/state-value.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { TWO_USERS } from '../../../../properties/deployments/plain.ts';
import { numbers, walked } from '../support/stories.ts';

const nested = createMachine({
  id: 'nested',
  type: 'parallel',
  states: {
    left: {
      initial: 'a',
      states: { a: { on: { go: 'b' } }, b: { initial: 'deep', states: { deep: {} } } },
    },
    right: {},
    again: { type: 'history' },
  },
});

describe('active nodes', () => {
  it('are those of the value, and the value is theirs, in 200 steps of a deployment', () => {
    const deployment = deploymentOf(TWO_USERS, 'NTLM');
    const system = systemOf(deployment);
    const { story, recorder } = walked({ deployment, system }, numbers(200));
    const last = new Map(
      story.steps.flatMap(({ reactions }) =>
        reactions.map(({ component, after }) => [component, after] as const),
      ),
    );
    expect(last.size).toBeGreaterThan(5);
    for (const [name, { active }] of last) {
      const { value, machine } = recorder.snapshot(name);
      const chart = chartOf(machine);
      expect(stateValueOf(chart, active)).toEqual(value);
      expect(activeIn(chart, value)).toEqual(active);
    }
  });

  it('of parallel and nested states come back', () => {
    const actor = createActor(nested).start();
    actor.send({ type: 'go' });
    const { value } = actor.getSnapshot();
    const active = activeIn(chartOf(nested), value);
    expect(active).toEqual([
      'nested',
      'nested.left',
      'nested.left.b',
      'nested.left.b.deep',
      'nested.right',
    ]);
    expect(stateValueOf(chartOf(nested), active)).toEqual(value);
    expect(leavesOf(chartOf(nested), active)).toEqual(['left.b.deep', 'right']);
  });

  it.each([[undefined], [null], [7], ['nowhere'], [{ left: 'nowhere', other: {} }], [[]]])(
    'of %j, which is no value of the machine, are at least the root',
    (value) => {
      const active = activeIn(chartOf(nested), value);
      expect(active[0]).toBe('nested');
      expect(active.every((id) => id === 'nested' || id === 'nested.left')).toBe(true);
    },
  );
});
