/** Programs of the laboratory: start, failures with their messages, and end. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { packageRoot } from '../../cli/package.ts';
import { type Lab, openLab } from '../../lab/lab.ts';
import { type Address, freeAddress, isListening } from '../../lab/ports.ts';
import type { Program } from '../../lab/processes.ts';

const HOST = '127.0.0.1';
const LISTENS = `require('node:net').createServer().listen(+process.argv[1], '${HOST}');`;

/** A program of one line of JavaScript, that is given its port. */
function programOf(lab: Lab, name: string, script: string, address: Address): Program {
  const args = ['-e', script, String(address.port)];
  const folder = lab.folderOf(name);
  return { name, folder, command: process.execPath, args, listens: [address] };
}

const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

async function gone(isThere: () => boolean | Promise<boolean>): Promise<boolean> {
  await vi.waitUntil(async () => !(await isThere()), { timeout: 60_000, interval: 20 });
  return true;
}

describe('a program', () => {
  const labs: Lab[] = [];
  afterAll(async () => {
    for (const lab of labs) await lab.stop().catch(() => {}); // what it says is asked of it below
  });
  const opened = () => {
    const lab = openLab();
    labs.push(lab);
    return lab;
  };

  it('listens once it has started, and no longer once it is stopped', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const running = await lab.run(programOf(lab, 'good', LISTENS, address));
    expect([await isListening(address), running.trouble()]).toEqual([true, null]);
    await running.stop();
    expect([await isListening(address), isAlive(running.pid)]).toEqual([false, false]);
    await running.stop();
    expect(running.trouble()).toBe(null);
  });

  it('is not started where another listens already, and that is said', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const other = createServer().listen(address.port, address.host);
    const started = lab.run(programOf(lab, 'late', LISTENS, address));
    await expect(started).rejects.toThrow(
      `late: http://${HOST}:${address.port} is taken: another program listens there; stop that one`,
    );
    other.close();
  });

  it('is named with its last words where it ends before it listens', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const script = 'console.error("my configuration is bad"); process.exit(3)';
    const started = lab.run(programOf(lab, 'broken', script, address));
    await expect(started).rejects.toThrow(
      'broken ended by itself, with exit code 3; it printed last:\nmy configuration is bad',
    );
  });

  it('is named where there is no such program', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const program = { ...programOf(lab, 'absent', '', address), command: '/nowhere/absent' };
    await expect(lab.run(program)).rejects.toThrow(/^absent cannot be run: .*ENOENT/);
  });

  it('is given up, and ended, where it does not listen in time', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const script = 'console.log(process.pid); setInterval(() => {}, 1000)';
    const program = { ...programOf(lab, 'silent', script, address), startMilliseconds: 500 };
    const said = await lab.run(program).then(
      () => '',
      ({ message }: Error) => message,
    );
    expect(said).toMatch(/^silent does not listen at http:\S+ after 500 ms; it printed last:\n\d+/);
    expect(isAlive(Number(said.split('\n')[1]))).toBe(false);
  });

  it('is named, with its last words, where it was killed by others', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const script = `console.log('so far so good'); ${LISTENS}`;
    const running = await lab.run(programOf(lab, 'victim', script, address));
    process.kill(running.pid, 'SIGKILL');
    const said = 'victim ended by itself, by SIGKILL; it printed last:\nso far so good';
    expect(await gone(() => running.trouble() === null)).toBe(true);
    expect(running.trouble()).toBe(said);
    await expect(lab.stop()).rejects.toThrow(said);
  });

  it('is killed where it does not stop when it is asked to', async () => {
    const [lab, address] = [opened(), await freeAddress(HOST)];
    const script = `process.on('SIGTERM', () => {}); ${LISTENS}`;
    const running = await lab.run({
      ...programOf(lab, 'stubborn', script, address),
      stopMilliseconds: 300,
    });
    await running.stop();
    expect(isAlive(running.pid)).toBe(false);
  });

  it('ends with all that it started', async () => {
    const [lab, address, child] = [opened(), await freeAddress(HOST), await freeAddress(HOST)];
    const spawning = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(
      LISTENS,
    )}, '${child.port}']); ${LISTENS}`;
    const program = programOf(lab, 'parent', spawning, address);
    const running = await lab.run({ ...program, listens: [address, child] });
    await running.stop();
    expect(await gone(() => isListening(child))).toBe(true);
  });

  it('ends when the process that started it is killed, and leaves no folder', async () => {
    const bundle = mkdtempSync(join(tmpdir(), 'double-hop-killed-'));
    const output = { entryFileNames: 'lab.mjs' };
    const ssr = join(packageRoot, 'lab/lab.ts');
    const options = { ssr, outDir: bundle, rollupOptions: { output } };
    await build({ configFile: false, logLevel: 'silent', build: options });
    const address = await freeAddress(HOST);
    const program = { name: 'orphan', command: process.execPath, listens: [address] };
    const script = `import { openLab } from './lab.mjs';
const lab = openLab();
const args = ['-e', ${JSON.stringify(LISTENS)}, '${address.port}'];
await lab.run({ ...${JSON.stringify(program)}, folder: lab.folder, args });
console.log(lab.folder);`;
    const starter = spawn(process.execPath, ['--input-type=module', '-e', script], { cwd: bundle });
    const folder = await new Promise<string>((resolve) =>
      starter.stdout.once('data', (line: Buffer) => resolve(line.toString().trim())),
    );
    expect([await isListening(address), existsSync(folder)]).toEqual([true, true]);
    starter.kill('SIGKILL');
    expect(await gone(() => isListening(address))).toBe(true);
    expect(await gone(() => existsSync(folder))).toBe(true);
    rmSync(bundle, { recursive: true });
  });
});
