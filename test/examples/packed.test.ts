/** The example that strangers copy compiles, runs and prints what it should, from the package. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { inspecting, newsOf } from '../cli/commands/inspecting.ts';
import { packed } from '../support/packed.ts';
import { textOf } from '../support/sources.ts';

const EXAMPLE = 'check-your-own-machines';
const TSC = join(packageRoot, 'node_modules', 'typescript', 'bin', 'tsc');
const STRICT = ['--strict', '--noUncheckedIndexedAccess', '--types', 'node', '--target', 'es2023'];

const PRINTED = `\
lockServer: 12 states, 1 violated
  "at most one worker works" is false after 3 steps:
  1. anna: ask
     anna -> locks: acquire
     locks -> anna: granted
     anna signals entered
  2. ben: ask
     ben -> locks: acquire
     locks -> ben: busy
     ben -> locks: release
  3. ben: ask
     ben -> locks: acquire
     locks -> ben: granted
     ben signals entered
  a random walk violates it, and shrinks to 3 steps
fixedServer: 3 states, 0 violated
  100 random walks: no violation
`;

describe('examples/check-your-own-machines.ts', () => {
  const installed = packed('@statelyai/inspect', '@types/node');

  const compiled = (...options: readonly string[]) => {
    const { file, node } = installed();
    file(`${EXAMPLE}.ts`, textOf(`examples/${EXAMPLE}.ts`));
    expect(node(TSC, ...STRICT, ...options, `${EXAMPLE}.ts`).stdout).toBe('');
    return `${EXAMPLE}.js`;
  };

  it('compiles strictly for Node, and finds the bug of one server and none in the other', () => {
    const program = compiled(
      '--module',
      'nodenext',
      '--exactOptionalPropertyTypes',
      '--skipLibCheck',
    );
    expect(installed().node(program)).toEqual({ exit: 0, stdout: PRINTED, stderr: '' });
  });

  it('compiles for a bundler, with the declarations of the package checked as well', () => {
    compiled('--module', 'esnext', '--moduleResolution', 'bundler');
  });

  it('shows its counterexample in the inspector, actor by actor', async () => {
    const program = compiled('--module', 'nodenext', '--skipLibCheck');
    const inspector = await inspecting('--live');
    const url = `ws://127.0.0.1:${inspector.port}/live?token=${inspector.place.get('token')}`;
    const child = spawn(process.execPath, [program, url], { cwd: installed().folder });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const news = await newsOf(
      inspector,
      (told) => told.type === 'inspection' && JSON.stringify(told).includes('"violated"'),
    );
    const names = news.flatMap((told) =>
      told.type === 'inspection' && told.message.type === '@xstate.actor'
        ? [told.message.name]
        : [],
    );
    expect(names).toEqual(
      expect.arrayContaining(['anna', 'ben', 'locks', 'at most one worker works']),
    );
  });
});
