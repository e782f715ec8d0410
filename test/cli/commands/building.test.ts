/** The limits hold, and Ctrl-C ends the command, while a huge system is built. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MAIN, ownFolder, preloading, run } from '../running.ts';

const { folder, file } = ownFolder();

/** Every user visits every host, over as many connections as are allowed. */
function everybodyVisits(hosts: number, users: number): string {
  const names = (letter: string, count: number) =>
    Array.from({ length: count }, (_, i) => `${letter}${i}`);
  const visits = `[${names('h', hosts).join(', ')}]`;
  return [
    'hosts:',
    ...names('h', hosts).map((name) => `  - { name: ${name}, accepts: NTLM }`),
    'users:',
    ...names('u', users).map((name) => `  - { name: ${name}, visits: ${visits} }`),
    'bounds: { connections: 16 }\n',
  ].join('\n');
}

const huge = file('huge.yaml', everybodyVisits(70, 60));
const large = file('large.yaml', everybodyVisits(8, 8));

describe('a system that is too large to be built', () => {
  it.each([
    ['check', [huge]],
    ['check with symmetry', [huge, '--symmetry']],
    ['check, one claim', [huge, '--claim', 'sign-in-completes']],
  ])('ends %s at the limit of memory', async (_, args) => {
    const { exit, stderr } = await run('check', ...args, '--max-memory', '16M');
    expect(exit).toBe(3);
    expect(stderr).toMatch(/huge: more than 16 MiB of memory: nothing was proved \(0 states/);
    expect(stderr).toContain('Try a higher --max-memory');
  });

  it.each([
    ['trace', ['trace', 'confinement', huge]],
    ['export', ['export', huge, '--out', join(folder, 'out')]],
    ['export --promela', ['export', huge, '--promela', '--out', join(folder, 'out')]],
    ['export --tla', ['export', huge, '--tla', '--out', join(folder, 'out')]],
  ])('ends %s at the limit of memory', async (_, args) => {
    const { exit, stderr } = await run(...args, '--max-memory', '16M');
    expect(exit).toBe(3);
    expect(stderr).toContain('huge: more than 16 MiB of memory: nothing was proved');
  });

  it('ends check at the limit of time', async () => {
    const { exit, stderr } = await run('check', huge, '--max-seconds', '1');
    expect(exit).toBe(3);
    expect(stderr).toMatch(/more than 1000 ms: nothing was proved \(0 states/);
    expect(stderr).toContain('Try a higher --max-seconds');
  });

  it.each([[[]], [['--symmetry']]])(
    'or whose first states take long, ends check %j soon after the limit of time',
    { tags: ['long'] },
    async (options) => {
      const { exit, stderr } = await run(
        ...['check', large, '--claim', 'confinement', '--max-seconds', '2', ...options],
      );
      expect(exit).toBe(3);
      const [, milliseconds] = /more than 2000 ms: .* (\d+) ms\)/.exec(stderr) ?? [];
      expect(Number(milliseconds)).toBeLessThan(8_000);
    },
  );

  it('is left at Ctrl-C, though nothing can be heard while it is built', async () => {
    const telling = preloading(`
      const { off } = process;
      process.off = function (name, ...rest) {
        const result = off.call(this, name, ...rest);
        if (name === 'SIGINT') process.stderr.write('deaf');
        return result;
      };
    `);
    const child = spawn(process.execPath, [...telling, MAIN, 'check', huge]);
    for await (const part of child.stderr) if (String(part).includes('deaf')) break;
    child.kill('SIGINT');
    const [, signal] = await once(child, 'exit');
    expect(signal).toBe('SIGINT');
  });
});
