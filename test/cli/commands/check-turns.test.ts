/** Checks that take long: their progress, their limits, and Ctrl-C. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { MAX_MEMORY } from '../../../cli/input/options.ts';
import { subjectOf, tasksOf } from '../../../cli/input/subject.ts';
import { checkAll, Interrupted } from '../../../cli/output/check-all.ts';
import { terminal } from '../../../cli/output/io.ts';
import { atExit, MAIN, ownFolder, preloading, run } from '../running.ts';

const { folder, file } = ownFolder();

const HOSTS = 'hosts: [{ name: one, callsOn: two }, { name: two }]\n';

/** Far too many states with NTLM, and few with Basic, which comes first. */
const endless = file(
  'endless.yaml',
  `compare: [Basic, NTLM]\nusers: [{ name: a }]\n${HOSTS}` +
    'bounds: { connections: 3, challenges: 8 }\n',
);

/** Sends what Ctrl-C sends, once the progress on a terminal shows that a later task takes long. */
async function interrupted(args: readonly string[]) {
  const onTerminal = preloading('process.stderr.isTTY = true; process.stderr.columns = 200;');
  const child = spawn(process.execPath, [...onTerminal, MAIN, ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  const told = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => (told.stdout += part));
  const far = new Promise<void>((resolve) => {
    child.stderr.on('data', (part) => {
      told.stderr += part;
      if (/[2-9] of \d: [^\r:]+: [\d,]{6,} states/.test(told.stderr)) resolve();
    });
  });
  const end = once(child, 'close');
  await Promise.race([far, end]);
  const began = performance.now();
  child.kill('SIGINT');
  const [exit] = await end;
  const stderr = told.stderr.split('\x1b[K').at(-1)!; // what is left when the progress is gone
  return { exit, stdout: told.stdout, stderr, milliseconds: performance.now() - began };
}

describe('Ctrl-C', () => {
  const args = ['check', endless, '--claim', 'three-messages', 'deadlock-free'];

  it('ends a check at once with 130, and says how far it had come', async () => {
    const { exit, stdout, stderr, milliseconds } = await interrupted(args);
    expect(exit).toBe(130);
    expect(milliseconds).toBeLessThan(20_000); // the search would take hours
    expect(stdout).toContain('endless (Basic)');
    expect(stdout).toContain('(deadlock-free');
    expect(stdout).toContain('1 of 3 verdicts; the remaining claims are not proved.');
    const told = /^double-hop: interrupted: nothing was proved of (.+) \((.+)\), nor of (.+)\n$/;
    const [, who, figures, others] = told.exec(stderr) ?? [];
    expect([who, others]).toEqual(['three-messages, endless (NTLM)', 'the 1 claim after it']);
    expect(figures).toMatch(/^[\d,]{6,} states, frontier [\d,]+, depth \d+, \d+\.\d s$/);
  });

  it('prints a document of the verdicts so far', async () => {
    const { exit, stdout } = await interrupted([...args, '--json']);
    expect(exit).toBe(130);
    const { deployments, claims } = JSON.parse(stdout);
    expect(deployments.map(({ name }: { name: string }) => name)).toEqual(['endless (Basic)']);
    expect(claims.length).toBeGreaterThan(0);
  });

  it('ends a trace as well', async () => {
    const { exit, stdout, stderr } = await interrupted(['trace', 'deadlock-free', endless]);
    expect([exit, stdout]).toEqual([130, '']);
    expect(stderr).toContain('nothing was proved of deadlock-free, endless (NTLM)');
  });

  it.each(['check', 'trace', 'export'])('has its exit code in the help of %s', async (command) => {
    expect((await run(command, '--help')).stdout).toMatch(/^ {2}130 {2}\S/m);
  });
});

describe('a limit of memory', () => {
  const LIMIT = 64; // MiB
  const OVERHEAD = 250; // MiB: the program, the tables of machines, and what is being copied

  it('is kept by the whole process, and suggests what to try', () => {
    const telling = atExit('console.error(process.resourceUsage().maxRSS, "KiB")');
    const { status, stderr } = spawnSync(
      process.execPath,
      [
        ...[...telling, MAIN],
        ...['check', endless, '--claim', 'deadlock-free', '--max-memory', `${LIMIT}M`],
      ],
      { encoding: 'utf8' },
    );
    expect(status).toBe(3);
    expect(stderr).toContain('deadlock-free, endless (NTLM): more than 64 MiB of memory: nothing');
    expect(stderr).toContain('\nTry a higher --max-memory; smaller bounds in the topology');
    const [, kibibytes] = /^(\d+) KiB$/m.exec(stderr) ?? [];
    expect(Number(kibibytes) / 1024).toBeLessThan(LIMIT + OVERHEAD);
  });

  it('is kept by traces and exports too', async () => {
    const limits = ['--max-memory', '16MiB'];
    for (const args of [
      ['trace', 'deadlock-free', endless],
      ['export', endless, '--claim', 'deadlock-free', '--out', join(folder, 'stories')],
    ])
      expect(await run(...args, ...limits)).toMatchObject({
        exit: 3,
        stderr: expect.stringContaining('more than 16 MiB of memory: nothing was proved'),
      });
  });

  it('names the option of the limit that was reached', async () => {
    const help = async (...args: readonly string[]) =>
      (await run('check', endless, ...args)).stderr;
    expect(await help('--max-states', '9')).toContain('a higher --max-states; a single claim');
    expect(await help('--max-seconds', '1')).toContain('a higher --max-seconds; a single claim');
  });

  it.each(['many', '900000G', ''])('is no %j: one clear message and exit code 2', async (size) => {
    const { exit, stdout, stderr } = await run('check', '--max-memory', size);
    expect([exit, stdout]).toEqual([2, '']);
    expect(stderr).toMatch(/--max-memory .* It must be a size such as 512M or 4G, from 1 MiB to /);
  });

  it('is written with its unit, in powers of 1024', () => {
    const read = (size: string) => MAX_MEMORY.parseArg!(size, undefined);
    expect(['1M', '512MiB', '1.5g', '1GB'].map(read)).toEqual([
      2 ** 20,
      2 ** 29,
      3 * 2 ** 29,
      2 ** 30,
    ]);
    for (const size of ['2', '0M', '0.5M', '-1G', '1.G', '1T', '1e3M', '1 G', 'M'])
      expect(() => read(size), size).toThrow('It must be a size such as 512M or 4G');
  });
});

describe('on a terminal', () => {
  /** A terminal of this width, and everything written to it. */
  function watched(columns: number) {
    const written: string[] = [];
    const stream = { isTTY: true, columns, write: (text: string) => written.push(text) };
    const io = terminal({ stdout: stream, stderr: stream, env: {} } as unknown as NodeJS.Process);
    return { io, written };
  }

  const limits = { statesMax: 300_000, bytesMax: 2 ** 30 };
  const tasks = tasksOf(subjectOf(endless), ['deadlock-free']);

  it('one line of progress fits, replaces itself, and is cleared at the end', async () => {
    const { io, written } = watched(70);
    const { results, stopped } = await checkAll(tasks, limits, io);
    expect(results.map(({ deployment }) => deployment.name)).toEqual(['endless (Basic)']);
    expect(stopped?.message).toMatch(/^deadlock-free, endless \(NTLM\): more than 300000 states/);
    expect(written.pop()).toBe('\r\x1b[K');
    expect(written[0]).toBe('\r1 of 2: deadlock-free, endless (Basic)\x1b[K');
    expect(written.at(-1)).toMatch(/^\r2 of 2: deadlock-free: [\d,]+ states, .* of 1 GiB/);
    for (const line of written) {
      expect([line.at(0), line.slice(-3)]).toEqual(['\r', '\x1b[K']);
      expect(line.slice(1, -3)).toMatch(/^[^\r\n]{1,69}$/);
    }
  });

  it('only the first Ctrl-C is handled: the next ends the process', async () => {
    const { io } = watched(80);
    const before = process.listenerCount('SIGINT');
    const checking = checkAll(tasks, { ...limits, statesMax: 100_000_000 }, io);
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    process.emit('SIGINT');
    expect(process.listenerCount('SIGINT')).toBe(before);
    const { results, stopped } = await checking;
    expect(results).toEqual([]);
    expect(stopped).toBeInstanceOf(Interrupted);
    expect(stopped?.message).toBe(
      'interrupted: nothing was proved of deadlock-free, endless (Basic) (the search had hardly begun), ' +
        'nor of the 1 claim after it',
    );
  });
});
