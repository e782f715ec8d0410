/** Rounds are taken in turn, and reported by their median and spread. */
import { describe, expect, it } from 'vitest';
import {
  alternate,
  type Contestant,
  sideOf,
  spreadOf,
} from '../../../cli/bench/measure/alternate.ts';

const MEASURED = { seconds: 2, cpuSeconds: 3, peakBytes: 400 };
const going = new AbortController().signal;

/** A contestant that only records its name. */
const writing = (name: string, turns: string[], roundsMax?: number): Contestant => ({
  name,
  amount: 10,
  ...(roundsMax === undefined ? {} : { roundsMax }),
  round: async () => {
    turns.push(name);
    return MEASURED;
  },
});

describe('spreadOf', () => {
  it('has the middle of an odd number of values, in any order', () => {
    expect(spreadOf([9, 1, 100, 5, 2])).toEqual({ median: 5, min: 1, max: 100, rounds: 5 });
  });

  it('has the mean of the middle two of an even number, sorted as numbers', () => {
    expect(spreadOf([100, 9, 20, 1])).toEqual({ median: 14.5, min: 1, max: 100, rounds: 4 });
  });

  it('is null without values, and with an unknown one', () => {
    expect([spreadOf([]), spreadOf([1, null, 2])]).toEqual([null, null]);
  });
});

describe('alternate', () => {
  it('lets A, B and C take one round each before the next of A', async () => {
    const turns: string[] = [];
    const contestants = ['A', 'B', 'C'].map((name) => writing(name, turns));
    const taken = await alternate(contestants, 2, going, () => {});
    expect(turns.join('')).toBe('ABCABC');
    expect(taken.get('B')).toEqual([MEASURED, MEASURED]);
  });

  it('skips a contestant that has reached its maximum of rounds', async () => {
    const turns: string[] = [];
    await alternate([writing('A', turns), writing('B', turns, 1)], 3, going, () => {});
    expect(turns.join('')).toBe('ABAA');
  });

  it('reports the next contestant and the round', async () => {
    const told: string[] = [];
    const tell = (name: string, round: number) => told.push(`${name}${round}`);
    await alternate([writing('A', []), writing('B', [])], 2, going, tell);
    expect(told).toEqual(['A1', 'B1', 'A2', 'B2']);
  });

  it('counts the rounds before an abort, and not the aborted one', async () => {
    const stopping = new AbortController();
    const turns: string[] = [];
    const ending: Contestant = {
      name: 'B',
      amount: 1,
      round: async () => {
        if (turns.length === 2) stopping.abort();
        if (turns.length === 2) throw new Error('killed');
        return MEASURED;
      },
    };
    const taken = await alternate([writing('A', turns), ending], 5, stopping.signal, () => {});
    expect([taken.get('A')?.length, taken.get('B')?.length]).toEqual([2, 1]);
  });

  it('throws the error of a contestant', async () => {
    const failing = { ...writing('A', []), round: () => Promise.reject(new Error('wrong count')) };
    await expect(alternate([failing], 1, going, () => {})).rejects.toThrow('wrong count');
  });
});

describe('sideOf', () => {
  it('is null without a round', () => {
    expect(sideOf(writing('A', []), [])).toBeNull();
  });

  it('has no memory if one round has none', () => {
    const side = sideOf(writing('A', []), [MEASURED, { ...MEASURED, peakBytes: null }]);
    expect(side).toMatchObject({ name: 'A', amount: 10, peakBytes: null });
    expect(side?.cpuSeconds).toEqual({ median: 3, min: 3, max: 3, rounds: 2 });
  });
});
