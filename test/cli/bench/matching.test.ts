/** The rows of a match: correct ratios, and none if the sides did not do the same work. */
import { describe, expect, it } from 'vitest';
import { exitOf, resultsOf } from '../../../cli/bench/bench.ts';
import { SYSTEMS } from '../../../cli/bench/bench-systems.ts';
import { agree } from '../../../cli/bench/contestants/ours.ts';
import { rowsOf } from '../../../cli/bench/matching.ts';
import { WrongCount } from '../../../cli/bench/measure/alternate.ts';
import { ratioOf } from '../../../cli/bench/report/results.ts';
import { match, measuredRow, missingRow, side } from './bench-samples.ts';

const costing = (seconds: number, peakBytes: number | null) => async () => ({
  seconds,
  cpuSeconds: seconds,
  peakBytes,
});

const matchOptions = () => {
  const stopping = new AbortController();
  return {
    stopping,
    options: { rounds: 3, isQuick: false, signal: stopping.signal, onProgress: () => {} },
  };
};

describe('a ratio', () => {
  it('is above 1 if ours takes less time, less memory, or does more in a second', () => {
    const [ours, theirs] = [side('ours', 2, 1_000), side('theirs', 8, 5_000)];
    expect(ratioOf(ours, theirs, 'time')).toBe(4);
    expect(ratioOf(ours, theirs, 'memory')).toBe(5);
    expect(ratioOf(ours, theirs, 'rate')).toBe(4);
    expect(ratioOf(theirs, ours, 'time')).toBe(0.25);
  });

  it('of rates and of memory is for each unit of work', () => {
    const ours = { ...side('ours', 2, 1_000), amount: 10_000 };
    const theirs = side('theirs', 2, 1_000);
    expect([ratioOf(ours, theirs, 'rate'), ratioOf(ours, theirs, 'memory')]).toEqual([10, 10]);
  });

  it('does not exist if the memory is unknown', () => {
    expect(ratioOf(side('ours', 2, null), side('theirs', 8), 'memory')).toBeNull();
  });
});

describe('a match', () => {
  it('gives a row for each comparison', async () => {
    const rows = await rowsOf(match(costing(2, 1_000), costing(8, 3_000)), matchOptions().options);
    expect(rows).toMatchObject([
      { id: 'speed', outcome: 'measured', ratio: 4, target: 3, against: 'theirs' },
      { id: 'memory', outcome: 'measured', ratio: 3 },
    ]);
    expect(rows[0]).toMatchObject({ ours: { seconds: { median: 2, rounds: 3 } } });
  });

  it('marks the row that it could not measure', async () => {
    const rows = await rowsOf(match(costing(2, null), costing(8, null)), matchOptions().options);
    expect(rows.map(({ outcome }) => outcome)).toEqual(['measured', 'not measured']);
  });

  it('fails as a whole for a wrong count, and disposes of its contestants', async () => {
    let disposed = 0;
    const wrong = async () => {
      agree('63k', 'theirs', { states: 62_687, transitions: 338_176 });
      return costing(1, 1_000)();
    };
    const rows = await rowsOf(
      match(costing(2, 1_000), wrong, () => {
        disposed += 1;
      }),
      matchOptions().options,
    );
    const why =
      'theirs, 63k: 62687 states, 338176 transitions, not 62688 states, 338176 transitions';
    expect(rows).toMatchObject([
      { id: 'speed', outcome: 'failed', why },
      { id: 'memory', outcome: 'failed', why },
    ]);
    expect(disposed).toBe(1);
    expect(exitOf(rows, { floors: false, requireSpin: false })).toBe(1);
  });

  it('that is aborted has the complete rows, with their number of rounds', async () => {
    const { stopping, options: stopped } = matchOptions();
    let rounds = 0;
    const theirs = async () => {
      rounds += 1;
      if (rounds === 2) stopping.abort();
      return costing(8, 3_000)();
    };
    const rows = await rowsOf(match(costing(2, 1_000), theirs), stopped);
    expect(rows).toMatchObject([{ ours: { seconds: { rounds: 2 } } }, { id: 'memory' }]);
  });

  it('that is aborted before its first round has no row', async () => {
    const { stopping, options: stopped } = matchOptions();
    stopping.abort();
    expect(await rowsOf(match(costing(2, 1_000), costing(8, 3_000)), stopped)).toEqual([]);
  });
});

describe('the count of a system', () => {
  it('is accepted, and no other', () => {
    const { states, transitions } = SYSTEMS['4M'];
    expect(() => agree('4M', 'ours', { states, transitions })).not.toThrow();
    for (const wrong of [
      { states: states + 1, transitions },
      { states, transitions: transitions - 1 },
    ])
      expect(() => agree('4M', 'ours', wrong)).toThrow(WrongCount);
  });
});

describe('the results', () => {
  it('have the machine, and the rows of all matches in order', async () => {
    const { signal } = new AbortController();
    const held = [
      match(costing(2, 1_000), costing(8, 3_000)),
      match(costing(1, 1_000), costing(3, 3_000)),
    ];
    const found = await resultsOf(held, { rounds: 1, quick: false }, signal, () => {});
    expect(found.rows.map((row) => (row.outcome === 'measured' ? row.ratio : null))).toEqual([
      4, 3, 3, 3,
    ]);
    expect(found.machine.versions.node).toBe(process.versions.node);
  });
});

describe('the exit code', () => {
  const lenient = { floors: false, requireSpin: false };
  const missing = missingRow('b', 'not measured', 'apt-get install spin gcc');

  it('is 0 for a ratio below its target; with --floors only above 30 % of it', () => {
    const floors = (ratio: number) =>
      exitOf([measuredRow('a', ratio, 4)], { ...lenient, floors: true });
    expect(exitOf([measuredRow('a', 0.1, 4)], lenient)).toBe(0);
    expect([floors(1.3), floors(1.1)]).toEqual([0, 1]);
    expect(exitOf([measuredRow('a', 0.1, null)], { ...lenient, floors: true })).toBe(0);
  });

  it('is 1 for a row that was not measured only with --require-spin', () => {
    expect(exitOf([missing], { ...lenient, floors: true })).toBe(0);
    expect(exitOf([missing], { ...lenient, requireSpin: true })).toBe(1);
  });

  it('is 1 for any row that failed', () => {
    expect(exitOf([measuredRow('a', 9, 1), missingRow('b', 'failed', 'hung')], lenient)).toBe(1);
  });
});
