/** `double-hop mutate`: the results that it prints, and its exit codes. */
import { spawn } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { reasonFor } from '../../../properties/faults/equivalents.ts';
import { mutantsOf } from '../../../properties/faults/mutants.ts';
import { GOLDENS } from '../../support/goldens.ts';
import { MAIN, run } from '../running.ts';

/** It has few mutants, one of which survives. */
const PROGRAM = mutantsOf('program').map(({ id }) => id);

describe('mutate', () => {
  it('prints the golden results of a small machine, and exits with 0', async () => {
    const { exit, stdout, stderr } = await run('mutate', '--machine', 'program');
    expect([exit, stderr]).toEqual([0, '']);
    const lines = stdout.split('\n');
    for (const id of PROGRAM) {
      const kill = GOLDENS.mutants[id];
      const line = lines.find((candidate) => candidate.includes(`  ${id}`)) ?? '';
      if (kill) expect(line).toBe(`killed    ${id}  by ${kill.claim} in ${kill.deployment}`);
      else {
        expect(line).toBe(`survives  ${id}`);
        expect(stdout.replace(/\s+/g, ' ')).toContain(reasonFor(id));
      }
    }
    const killed = PROGRAM.filter((id) => GOLDENS.mutants[id]).length;
    expect(lines.at(-2)).toBe(
      `${PROGRAM.length} mutants: ${killed} killed, ${PROGRAM.length - killed} equivalent. ` +
        `Score: 100 percent (${killed} of ${killed}).`,
    );
  });

  it('prints one JSON document and nothing else, about the machines of --machine', async () => {
    const { exit, stdout, stderr } = await run(
      'mutate',
      '--machine',
      'program',
      '--machine',
      'program',
      '--json',
    );
    expect([exit, stderr]).toEqual([0, '']);
    const { format, results, problems, ...score } = JSON.parse(stdout);
    const killed = PROGRAM.filter((id) => GOLDENS.mutants[id]).length;
    expect(score).toEqual({ mutants: PROGRAM.length, killed, equivalent: PROGRAM.length - killed });
    expect([format, problems]).toEqual(['double-hop-mutants/2', []]);
    expect(results).toEqual(
      PROGRAM.map((mutant) => {
        const kill = GOLDENS.mutants[mutant] ?? null;
        return { mutant, kill, reason: kill === null ? reasonFor(mutant) : null };
      }),
    );
  });

  it('at an interruption has printed the results so far', async () => {
    const child = spawn(process.execPath, [MAIN, 'mutate', '--machine', 'wire']);
    let stdout = '';
    child.stdout.on('data', (part) => {
      stdout += part;
      child.kill('SIGINT');
    });
    const signal = await new Promise((resolve) => child.on('close', (_, by) => resolve(by)));
    expect(signal).toBe('SIGINT');
    expect(stdout).toMatch(/^killed {4}wire\./);
    expect(stdout).not.toContain('Score');
  });

  it('refuses an unknown machine', async () => {
    const { exit, stdout, stderr } = await run('mutate', '--machine', 'wired');
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(
      /no machine is called "wired" \(did you mean "wire"\?\); the machines are\n {2}wire, /,
    );
  });

  it('explains its exit codes in its help', async () => {
    const { exit, stdout } = await run('mutate', '--help');
    expect(exit).toBe(0);
    const codes = ['0    every mutant is killed', '1    a mutant survives', '2    bad input'];
    for (const code of codes) expect(stdout).toContain(code);
  });
});
