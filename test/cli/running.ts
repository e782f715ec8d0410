/** The command as users run it, in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

export const MAIN = 'dist/cli/main.js'; // `npm test` builds it first

export function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    timeout: 100_000,
  });
  return { exit: status, stdout, stderr };
}

/** A folder that is removed after the tests of the file. `file` writes a file into it. */
export function ownFolder() {
  const folder = mkdtempSync(join(tmpdir(), 'double-hop-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  return {
    folder,
    /** @returns its path. */
    file(name: string, text: string): string {
      const path = join(folder, name);
      writeFileSync(path, text);
      return path;
    },
  };
}
