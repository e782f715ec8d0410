/** The results as a table on a terminal, and as a page of the documentation. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MATCHES } from '../../../cli/bench/matches.ts';
import { digits } from '../../../cli/bench/report/format.ts';
import type { Results } from '../../../cli/bench/report/results.ts';
import { tableOf } from '../../../cli/bench/report/results-table.ts';
import { speedPage } from '../../../cli/bench/report/speed-page.ts';
import { packageRoot } from '../../../cli/package.ts';
import { measuredRow, missingRow, results } from './bench-samples.ts';

const RESULTS = results(
  measuredRow('depth', 2.5, 2),
  measuredRow('told', 0.5, null),
  missingRow('breadth', 'not measured', 'apt-get install spin gcc'),
);

describe('a figure', () => {
  it('has three significant digits', () => {
    expect([0, 0.01234, 0.5, 1.234, 12.34, 123.4, 1234.4, 209_445].map(digits)).toEqual([
      '0',
      '0.012',
      '0.500',
      '1.23',
      '12.3',
      '123',
      '1,234',
      '209,445',
    ]);
  });
});

describe('the table', () => {
  const lines = tableOf(RESULTS);

  it('names the machine, the date, and missing programs', () => {
    expect(lines[0]).toBe(
      'Measured on 2026-11-24: A processor, 2 cores, 8,000 MB of memory, linux x64; ' +
        'node 20.0.0, spin not installed; load average at the start 0.25.',
    );
  });

  it('has a line for each row: both figures, the ratio and the target', () => {
    expect(lines.slice(3, 7)).toEqual([
      'id       what          against  double-hop  other   ratio         at least',
      'depth    1,000 states  other    2.00 s      5.00 s  2.50          2.00',
      'told     1,000 states  other    2.00 s      1.00 s  0.500         -',
      'breadth  1,000 states  SPIN     -           -       not measured  2.00',
    ]);
  });

  it('says why a row was not measured', () => {
    expect(lines[7]).toBe('breadth not measured: apt-get install spin gcc');
  });

  it('has the cost of each side once', () => {
    expect(lines.slice(9)).toEqual([
      'whole process  did           median  min..max    rounds  CPU     peak memory',
      'double-hop     1,000 states  2.00 s  1.00..3.00  5       3.00 s  4.00 MB',
      'other          1,000 states  5.00 s  4.00..6.00  5       7.50 s  4.00 MB',
      'other          1,000 states  1.00 s  0..2.00     5       1.50 s  4.00 MB',
    ]);
  });
});

describe('the page', () => {
  it('has the same rows and sides as the table', () => {
    const page = speedPage(RESULTS);
    expect(page).toContain('| 1,000 states | other | 2.00 s | 5.00 s | 2.50 | 2.00 |\n');
    expect(page).toContain('| 1,000 states | SPIN | - | - | not measured | 2.00 |\n');
    expect(page).toContain('`breadth` not measured: apt-get install spin gcc\n');
    expect(page).toContain('| other | 1,000 states | 1.00 s | 0..2.00 | 5 | 1.50 s | 4.00 MB |\n');
  });

  it('is the same after writing and reading the results', () => {
    expect(speedPage(JSON.parse(JSON.stringify(RESULTS)))).toBe(speedPage(RESULTS));
  });
});

describe('the results of the repository', () => {
  const path = (name: string) => join(packageRoot, 'docs', name);

  it.runIf(existsSync(path('bench.json')))('are on the page, and complete', () => {
    const recorded = JSON.parse(readFileSync(path('bench.json'), 'utf8')) as Results;
    expect(readFileSync(path('speed.md'), 'utf8')).toBe(speedPage(recorded));
    const ids = MATCHES.flatMap(({ comparisons }) => comparisons.map(({ id }) => id));
    expect(recorded.rows.map(({ id }) => id)).toEqual(ids);
    expect(recorded.rows.filter(({ outcome }) => outcome !== 'measured')).toEqual([]);
  });
});
