/** The processes of the bench: they end in any case, and their cost is measured. */
import { describe, expect, it } from 'vitest';
import { children, metered } from '../../../cli/bench/measure/meter.ts';
import { endChildren, run } from '../../../cli/bench/measure/run-process.ts';

const node = (script: string, secondsMax = 30) => run(process.execPath, ['-e', script], secondsMax);

describe('run', () => {
  it('has the output and the wall time of the process', async () => {
    const { stdout, seconds } = await node('setTimeout(() => console.log("done"), 300)');
    expect(stdout).toBe('done\n');
    expect(seconds).toBeGreaterThan(0.3);
  });

  it('kills a process that hangs', async () => {
    const began = performance.now();
    await expect(node('setInterval(() => {}, 1000)', 0.5)).rejects.toThrow('took more than 0.5 s');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('kills the child of a hanging process, which holds its output open', async () => {
    const script = `
      require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`;
    const began = performance.now();
    await expect(node(script, 0.5)).rejects.toThrow('took more than 0.5 s');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('says how a process failed, with its error output', async () => {
    const script = 'console.error("no such system"); process.exitCode = 3';
    await expect(node(script)).rejects.toThrow(/ended with 3\. no such system$/);
  });

  it('reports a missing command', async () => {
    await expect(run('no-such-command', [], 1)).rejects.toThrow(/no-such-command.*ENOENT/);
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('a child is measured: its processor time, and its real memory', async () => {
    const script = `
      const bytes = Buffer.alloc(300e6, 1);
      for (const end = Date.now() + 400; Date.now() < end; );
      console.log(bytes.length);`;
    const { cpuSeconds, peakBytes } = await metered(() => node(script));
    expect(cpuSeconds).toBeGreaterThan(0.3);
    expect(peakBytes).toBeGreaterThan(300e6);
    expect(peakBytes).toBeLessThan(500e6);
  });

  it('the cost of a child does not include the one before', async () => {
    await node('Buffer.alloc(300e6, 1); for (const end = Date.now() + 400; Date.now() < end; );');
    const { cpuSeconds, peakBytes } = await metered(() => node('setTimeout(() => {}, 100)'));
    expect(cpuSeconds).toBeLessThan(0.3);
    expect(peakBytes).toBeLessThan(200e6);
  });

  it('all children are ended at once', async () => {
    const hanging = node('setInterval(() => {}, 1000)');
    const failed = expect(hanging).rejects.toThrow('SIGKILL');
    expect(children().length).toBeGreaterThan(0);
    endChildren();
    await failed;
    expect(children()).toEqual([]);
  });
});
