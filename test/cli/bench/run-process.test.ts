/** Processes that the bench starts: they end, one way or the other, and what they cost is told. */
import { describe, expect, it } from 'vitest';
import { children, metered } from '../../../cli/bench/measure/meter.ts';
import { endChildren, run } from '../../../cli/bench/measure/run-process.ts';

const node = (script: string, secondsMax = 30) => run(process.execPath, ['-e', script], secondsMax);

describe('run', () => {
  it('has what was printed, and the wall time of the whole process', async () => {
    const { stdout, seconds } = await node('setTimeout(() => console.log("done"), 300)');
    expect(stdout).toBe('done\n');
    expect(seconds).toBeGreaterThan(0.3);
  });

  it('cuts off a process that hangs', async () => {
    const began = performance.now();
    await expect(node('setInterval(() => {}, 1000)', 0.5)).rejects.toThrow('took more than 0.5 s');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('cuts off what a hanging process has started, and holds its output open', async () => {
    const script = `
      require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' });
      setInterval(() => {}, 1000);`;
    const began = performance.now();
    await expect(node(script, 0.5)).rejects.toThrow('took more than 0.5 s');
    expect(performance.now() - began).toBeLessThan(5_000);
  });

  it('says how a process failed, and what it complained about', async () => {
    const script = 'console.error("no such system"); process.exitCode = 3';
    await expect(node(script)).rejects.toThrow(/ended with 3\. no such system$/);
  });

  it('says so when there is no such command', async () => {
    await expect(run('no-such-command', [], 1)).rejects.toThrow(/no-such-command.*ENOENT/);
  });
});

describe.runIf(process.platform === 'linux')('on Linux', () => {
  it('what a child costs is told: its processor time, and the memory it really had', async () => {
    const script = `
      const bytes = Buffer.alloc(300e6, 1);
      for (const end = Date.now() + 400; Date.now() < end; );
      console.log(bytes.length);`;
    const { cpuSeconds, peakBytes } = await metered(() => node(script));
    expect(cpuSeconds).toBeGreaterThan(0.3);
    expect(peakBytes).toBeGreaterThan(300e6);
    expect(peakBytes).toBeLessThan(500e6);
  });

  it('the cost of one child is not that of the one before', async () => {
    await node('Buffer.alloc(300e6, 1); for (const end = Date.now() + 400; Date.now() < end; );');
    const { cpuSeconds, peakBytes } = await metered(() => node('setTimeout(() => {}, 100)'));
    expect(cpuSeconds).toBeLessThan(0.3);
    expect(peakBytes).toBeLessThan(200e6);
  });

  it('all children are ended at once when it is to stop', async () => {
    const hanging = node('setInterval(() => {}, 1000)');
    const failed = expect(hanging).rejects.toThrow('SIGKILL');
    expect(children().length).toBeGreaterThan(0);
    endChildren();
    await failed;
    expect(children()).toEqual([]);
  });
});
