/** The line of progress: its figures, what it leaves out, and the quality of its estimate. */
import { describe, expect, it } from 'vitest';
import { claimOf } from '../../../cli/input/subject.ts';
import {
  continued,
  outlook,
  progressLine,
  type SearchHistory,
  sizeOf,
  speed,
} from '../../../cli/output/progress.ts';
import { checkingClaim, type Turn } from '../../../properties/check.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../properties/deployments/plain.ts';

const turn = (told: Partial<Turn>): Turn => ({
  states: 0,
  frontier: 0,
  transitions: 0,
  depth: 0,
  milliseconds: 0,
  bytes: 0,
  search: 1,
  searches: 1,
  ...told,
});

const PLACE = { at: 3, of: 25, claim: 'confinement', deployment: 'article (NTLM)' };
const GIB = 2 ** 30;

describe('the line of progress', () => {
  const history = [
    turn({ states: 1000, frontier: 1000, milliseconds: 10 }),
    turn({
      states: 1_234_567,
      frontier: 81_234,
      depth: 41,
      milliseconds: 560,
      bytes: 310 * 2 ** 20,
    }),
  ];
  const line = (columns: number) => progressLine(PLACE, history, 2 * GIB, columns);

  it('has the states, the speed, the frontier, the depth and the memory', () => {
    expect(line(200)).toBe(
      '3 of 25: confinement, article (NTLM): ' +
        '1,234,567 states, 2.1 M/s, frontier 81,234, depth 41, 310 MiB of 2 GiB',
    );
  });

  it('leaves out the least important figures when it is too long', () => {
    expect(line(98)).not.toContain('depth');
    expect(line(98)).toContain('frontier 81,234');
    expect(line(79)).toBe('3 of 25: confinement: 1,234,567 states, 2.1 M/s, 310 MiB of 2 GiB');
    expect(line(60)).toBe('3 of 25: confinement: 1,234,567 states, 310 MiB of 2 GiB');
    expect(line(10)).toBe('3 of 25: confinement');
  });

  it('numbers the search if a claim has several', () => {
    const second = [turn({ states: 5, milliseconds: 1, search: 2, searches: 4 })];
    expect(progressLine(PLACE, second, GIB, 200)).toContain('article (NTLM), search 2 of 4: 5 s');
  });

  it('names only the claim before the first report of the search', () => {
    expect(progressLine(PLACE, [], GIB, 79)).toBe('3 of 25: confinement, article (NTLM)');
  });

  it('writes sizes in MiB and GiB', () => {
    const told = [0, 1023 * 2 ** 20, GIB, 1.52 * GIB, 16 * GIB].map(sizeOf);
    expect(told).toEqual(['0 MiB', '1023 MiB', '1 GiB', '1.5 GiB', '16 GiB']);
  });
});

describe('a search history', () => {
  it('begins again with another search', () => {
    const [first, second] = [turn({ states: 9 }), turn({ search: 2 })];
    expect(continued([first], first)).toEqual([first, first]);
    expect(continued([first, first], second)).toEqual([second]);
  });

  it('has the speed of the last seconds', () => {
    const slow = turn({ states: 1000, milliseconds: 10_000 });
    const then = turn({ states: 2000, milliseconds: 11_000 });
    const now = turn({ states: 8000, milliseconds: 14_000 });
    expect(speed([])).toBeNull();
    expect(speed([slow])).toBe(100);
    expect(speed([slow, then, now])).toBe(2000);
  });
});

describe('the estimate of what is left', () => {
  const wide = (frontiers: readonly number[]): SearchHistory =>
    frontiers.map((frontier, i) => turn({ frontier, states: 20_000 * (i + 1) + frontier }));

  it('does not exist while the frontier grows, and until it has clearly shrunk', () => {
    expect(outlook(wide([10, 20, 30]))).toBeNull();
    expect(outlook(wide([10, 20, 30, 40, 50]))).toBe('growing');
    expect(outlook(wide([10, 50, 49, 48, 47, 46]))).toBeNull();
  });

  it('is 1.5 times the states before the frontier was first as wide', () => {
    expect(outlook(wide([10, 30, 50, 40, 20]))).toBe(1.5 * 30_000);
    expect(outlook(wide([10, 30, 50, 40, 5]))).toBe(1.5 * 10_000);
  });

  it.each([3, 4])(
    'is right within a factor of two, except for the last states, with %i challenges',
    (challenges) => {
      const bounds = { ...ARTICLE.bounds, connections: 2, challenges };
      const deployment = { ...deploymentOf(ARTICLE, 'NTLM'), bounds };
      const turns = checkingClaim(claimOf('deadlock-free'), deployment, { statesMax: 10_000_000 });
      const told: Turn[] = [];
      let next = turns.next();
      for (; !next.done; next = turns.next()) told.push(next.value);
      const all = next.value.states;
      const quotients = told.flatMap(({ states, frontier }, i) => {
        const [guess, left] = [outlook(told.slice(0, i + 1)), all - (states - frontier)];
        return typeof guess === 'number' && left > all / 20 ? [guess / left] : [];
      });
      expect(quotients.length).toBeGreaterThan(told.length / 5);
      expect(Math.min(...quotients)).toBeGreaterThan(0.5);
      expect(Math.max(...quotients)).toBeLessThan(2);
    },
  );
});
