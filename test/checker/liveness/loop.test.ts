/** What a fair loop is made of: small systems, each about one rule. */
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import type { Fairness, Response } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';
import { component } from '../support/components.ts';
import { allWeak, LIMITS, lassoOf, response } from '../support/lassos.ts';

describe('a loop', () => {
  const ticking = createMachine({ id: 'ticking', on: { tick: { actions: () => {} } } });
  const clock = component('clock', ticking, { offers: [{ type: 'tick' }] });
  const never = (fairness: Fairness): Response => ({
    kind: 'response',
    name: 'something that never comes',
    reads: [],
    holds: () => false,
    fairness: () => fairness,
  });

  it('is empty where nothing has to happen, and goes round in place where something does', () => {
    expect(lassoOf([clock], never('free'))).toEqual({ prefix: [], loop: [] });
    expect(lassoOf([clock], never('finite'))).toEqual({ prefix: [], loop: [] });
    expect(lassoOf([clock], never('weak'))).toEqual({ prefix: [], loop: ['clock tick'] });
  });

  it('takes each offer that is always enabled, whichever component has it', () => {
    const two = [clock, { ...clock, name: 'second' }];
    expect(lassoOf(two, never('weak'))?.loop.sort()).toEqual(['clock tick', 'second tick']);
  });

  const oneWay = createMachine({
    id: 'oneWay',
    initial: 'here',
    states: { here: { on: { go: 'there', tick: { actions: () => {} } } }, there: {} },
  });
  const leaving = (fairness: Response['fairness']) => response('one', ['here'], fairness);
  const one = component('one', oneWay, { offers: [{ type: 'go' }, { type: 'tick' }] });

  const pools = createMachine({
    id: 'pools',
    initial: 'first',
    states: {
      first: { on: { one: 'served', turn: 'second' } },
      second: { on: { two: 'served', turn: 'first' } },
      served: {},
    },
  });
  const pool = component('pool', pools, {
    offers: ['one', 'two', 'turn'].map((type) => ({ type })),
  });
  const served = (action?: Response['action']): Response => ({
    ...response('pool', ['first', 'second'], (_, { type }) => (type === 'turn' ? 'free' : 'weak')),
    ...(action ? { action } : {}),
  });

  it('may leave out two offers that are enabled in turn, unless they are one action', () => {
    expect(lassoOf([pool], served())).toEqual({ prefix: [], loop: ['pool turn', 'pool turn'] });
    expect(
      lassoOf(
        [pool],
        served(() => 'is served'),
      ),
    ).toBeNull();
    expect(
      lassoOf(
        [pool],
        served((_, { type }) => type),
      ),
    ).not.toBeNull();
  });

  it('owes an action to each component by itself', () => {
    const two = [clock, { ...clock, name: 'second' }];
    const ticks = { ...never('weak'), action: () => 'ticks' };
    expect(lassoOf(two, ticks)?.loop).toHaveLength(2);
  });

  it('is none where a weak offer would lead out of it for good', () => {
    expect(lassoOf([one], leaving(allWeak))).toBeNull();
    expect(
      lassoOf(
        [one],
        leaving((_, { type }) => (type === 'go' ? 'free' : 'weak')),
      ),
    ).toEqual({
      prefix: [],
      loop: ['one tick'],
    });
  });

  it('is found although a shorter path leads to a state with only a finite offer back', () => {
    const trap = createMachine({
      id: 'trap',
      initial: 'one',
      states: {
        one: { on: { leave: 'off', turn: 'two', first: 'served' } },
        two: { on: { leave: 'off', turn: 'one', second: 'served' } },
        off: { on: { back: 'one', third: 'served' } },
        served: {},
      },
    });
    const types = ['leave', 'turn', 'first', 'second', 'third', 'back'];
    const offers = types.map((type) => ({ type }));
    const fairness = (_: string, { type }: { type: string }): Fairness =>
      type === 'back' ? 'finite' : ['leave', 'turn'].includes(type) ? 'free' : 'weak';
    expect(
      lassoOf(
        [component('trap', trap, { offers })],
        response('trap', ['one', 'two', 'off'], fairness),
      ),
    ).toEqual({ prefix: [], loop: ['trap turn', 'trap turn'] });
  });

  it('is not looked for when the search stops at a violation before', () => {
    const always = { kind: 'always', name: 'no', reads: [], holds: () => false } as const;
    const { loops, exhausted } = search([clock], [always, never('weak')], {
      ...LIMITS,
      stopAtViolation: true,
    });
    expect([loops.size, exhausted]).toEqual([0, false]);
  });

  it('is refused a fairness that is none, by name', () => {
    const strong = { ...never('weak'), fairness: () => 'strong' } as unknown as Response;
    expect(() => search([clock], [strong], LIMITS)).toThrow(
      `property 'something that never comes': {"type":"tick"} of clock has an unknown fairness, strong`,
    );
  });
});
