/** `npm run bench` as people run it, and its programs, as they are built. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { SYSTEMS } from '../../../cli/bench/bench-systems.ts';
import { COMMAND, programOf } from '../../../cli/bench/contestants/ours.ts';
import { MATCHES } from '../../../cli/bench/matches.ts';
import { children } from '../../../cli/bench/measure/meter.ts';
import {
  COMPARED,
  type ExploreOutput,
  type SequenceCounts,
} from '../../../cli/bench/programs/found.ts';
import { FORMAT, type Results } from '../../../cli/bench/report/results.ts';
import { packageRoot } from '../../../cli/package.ts';
import { ownFolder } from '../running.ts';

const BUILT = 'dist/cli/bench'; // `npm test` builds it first

function started(program: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(BUILT, `${program}.js`), ...args],
    { encoding: 'utf8', timeout: 100_000 },
  );
  return { exit: status, stdout, stderr };
}

const { folder } = ownFolder();

describe('the programs', () => {
  it('stand where the contestants start them', () => {
    const programs = ['adjacency', 'explore', 'sequences', 'write-promela'] as const;
    for (const name of programs) {
      const path = join(
        BUILT,
        relative('cli/bench', programOf(name).slice(packageRoot.length + 1)),
      );
      expect(existsSync(path), path).toBe(true);
    }
    expect(existsSync(join('dist', COMMAND.slice(packageRoot.length + 1)))).toBe(true);
  });

  it('search the smallest system completely, and find no violation', () => {
    const { name: _, claim, bounds, ...counts } = SYSTEMS['63k'];
    const explored = JSON.parse(started('programs/explore', '63k').stdout) as ExploreOutput;
    expect(explored).toMatchObject({ ...counts, against: [] });
  });

  it('take the same steps with tables and with transition()', () => {
    const [tables, transition, nothing] = ['tables', 'transition', 'nothing'].map(
      (way) =>
        JSON.parse(started('programs/sequences', way, String(COMPARED)).stdout) as SequenceCounts,
    );
    expect(tables).toEqual(transition);
    expect(tables?.compared).toBeGreaterThan(COMPARED);
    expect(nothing).toEqual({ sequences: COMPARED, taken: 0, compared: 0 });
  });
});

describe('npm run bench', () => {
  it.each([
    [
      ['--only', 'nothing'],
      `no row is called "nothing"; the rows are ${MATCHES[0]?.comparisons[0]?.id}`,
    ],
    [['--rounds', '0'], '--rounds must be a whole number from 1 to 99, found "0"'],
    [['--slow'], "Unknown option '--slow'"],
    [['--only', 'sequences', '--record', join('no-such', 'folder')], join('no-such', 'folder')],
  ])('refuses %j with one message, and exit code 2', (args, message) => {
    const { exit, stdout, stderr } = started('main', ...args);
    expect(exit).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain(`bench: ${message}`);
    expect(stderr).not.toContain('    at ');
  });

  it('measures one row, prints it as JSON, and records the same', () => {
    const path = join(folder, 'bench.json');
    const args = ['--only', 'sequences-generated', '--rounds', '1', '--json', '--record', path];
    const { exit, stdout, stderr } = started('main', ...args);
    const found = JSON.parse(stdout) as Results;
    expect(stderr).toBe(''); // a pipe is no terminal: no progress
    expect(found.format).toBe(FORMAT);
    expect(found.rows).toMatchObject([{ id: 'sequences-generated', outcome: 'measured' }]);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(found);
    expect(exit).toBe(0);
  });

  it.runIf(process.platform === 'linux')(
    'at Ctrl-C prints the table of the complete rows',
    async () => {
      const args = [join(BUILT, 'main.js'), '--only', 'sequences', '--rounds', '99'];
      const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      let printed = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
      const ended = new Promise((resolve) => child.on('close', resolve));
      await vi.waitUntil(() => children(child.pid!).length > 0, { timeout: 60_000, interval: 20 });
      const began = performance.now();
      child.kill('SIGINT');
      expect(await ended).toBe(130);
      expect(performance.now() - began).toBeLessThan(20_000); // all rounds would take many minutes
      expect(printed).toMatch(/^id +what +against/m);
    },
  );
});
