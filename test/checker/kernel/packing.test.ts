/** The figures of docs/checker.md, computed again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PlainSweep } from '../../../checker/explore/plain-sweep.ts';
import { finished } from '../../../checker/explore/search-progress.ts';
import { Fields, type Grouping } from '../../../checker/kernel/memory/fields.ts';
import { groupingFor } from '../../../checker/kernel/memory/grouping.ts';
import { bitsFor } from '../../../checker/kernel/memory/layout.ts';
import { compose } from '../../../checker/model/composition.ts';
import { SCOUT } from '../../../checker/search.ts';
import { build, SYSTEMS } from '../../../cli/bench/bench-systems.ts';
import type { Results } from '../../../cli/bench/report/results.ts';
import { packageRoot } from '../../../cli/package.ts';
import { readGoldens } from '../../../cli/pages/pages.ts';

const textOf = (path: string) => readFileSync(join(packageRoot, path), 'utf8');
const PAGE = textOf('docs/checker.md').replaceAll(/\s+/g, ' ');

describe('the page about the checker', () => {
  it('says how many bits a state takes, with and without groups', () => {
    const { system } = build(SYSTEMS['287k']);
    const exploredTo = (states?: number) => {
      const sweep = new PlainSweep(compose(system), [], { statesMax: SYSTEMS['287k'].states });
      finished(sweep.run(states));
      return sweep.sample;
    };
    const scouted = exploredTo(SCOUT);
    const whole = exploredTo();
    const bitsWith = (groups: Grouping) => {
      const fields = new Fields(groups, system.length);
      fields.learn(whole.rows, whole.count);
      return fields.counts().reduce((bits, values) => bits + bitsFor(values), 0);
    };
    const apart = bitsWith(system.map((_, component) => [component]));
    const grouped = bitsWith(groupingFor(system, scouted.rows, scouted.count));
    expect(PAGE).toContain(
      `two connections and three challenges takes ${apart} bits with a field for each ` +
        `component, and ${grouped} bits with shared fields`,
    );
  });

  it('says how much of the catalogue the plain search does alone', () => {
    const all = Object.values(readGoldens().verdicts).flatMap((claims) => Object.values(claims));
    const small = all.filter(({ states }) => states <= SCOUT);
    expect(Math.round((10 * small.length) / all.length)).toBe(7);
    expect(PAGE).toContain('seven of ten verdicts in the catalogue need no more.');
  });

  it('says what the recorded figures say', () => {
    const { rows } = JSON.parse(textOf('docs/bench.json')) as Results;
    const measured = (id: string) => {
      const row = rows.find((candidate) => candidate.id === id);
      if (row?.outcome !== 'measured') throw new Error(`${id} was not recorded`);
      return row;
    };
    const seconds = (id: string) => measured(id).ours.seconds.median;
    expect(PAGE).toContain('62,688 states takes more than half as long as one of 860,544');
    expect(seconds('graph-63k') / seconds('depth-first-1M')).toBeGreaterThan(0.5);
    expect(PAGE).toContain('breadth-first search of four million states takes four to five times');
    expect(Math.floor(measured('breadth-first-4M').ratio)).toBe(4);
    expect(PAGE).toContain('about two thirds of the memory that it takes in SPIN');
    expect(1 / measured('memory-16M').ratio).toBeCloseTo(2 / 3, 1);
  });
});
