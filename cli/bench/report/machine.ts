/** Describes the machine of the measurement, and the versions of the programs. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, cpus, loadavg, platform, totalmem } from 'node:os';
import type { Machine } from './results.ts';

/** @param spin - the version of SPIN; null: not installed. */
export function thisMachine(spin: string | null): Machine {
  const processors = cpus();
  return {
    cpu: processors[0]?.model.trim() ?? 'unknown',
    cores: processors.length,
    memoryBytes: totalmem(),
    system: `${platform()} ${arch()}`,
    loadAverage: loadavg()[0]!,
    versions: {
      node: process.versions.node,
      xstate: versionOf('xstate'),
      'fast-check': versionOf('fast-check'),
      spin,
      gcc: gccVersion(),
    },
  };
}

function versionOf(name: string): string {
  const path = createRequire(import.meta.url).resolve(`${name}/package.json`);
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}

function gccVersion(): string | null {
  const { status, stdout } = spawnSync('gcc', ['-dumpfullversion'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : null;
}
