/** The command as users run it: in this process, or in a process of its own. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { type Io, terminal } from '../../cli/output/io.ts';
import { runCommand } from '../../cli/program.ts';

export const MAIN = 'dist/cli/main.js'; // `npm test` builds it first

export type Ran = {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
};

/** In this process, where tables of machines are kept from one run to the next. */
export async function run(...args: readonly string[]): Promise<Ran> {
  let [stdout, stderr] = ['', ''];
  const exit = await runCommand(args, {
    stdout: {
      write: (text) => {
        stdout += text;
      },
    },
    stderr: {
      write: (text) => {
        stderr += text;
      },
    },
    env: {},
  });
  return { exit, stdout, stderr };
}

/** What a command writes, line by line, as into a pipe of 100 columns. */
export function ioInto(lines: string[]): Io {
  const stdout = { write: (text: string) => lines.push(...text.replace(/\n$/, '').split('\n')) };
  return { ...terminal({ stdout, stderr: { write: () => {} }, env: {} }), columns: 100 };
}

/** In a process of its own: for what a process does. */
export function runProcess(...args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
  });
  return { exit: status, stdout, stderr };
}

/** Arguments of Node with which a process runs `script` when it ends. */
export const atExit = (script: string): readonly string[] =>
  preloading(`process.on('exit', () => { ${script} })`);

/** Arguments of Node with which a process runs `script` before its program. */
export const preloading = (script: string): readonly string[] => [
  '--import',
  `data:text/javascript,${encodeURIComponent(script)}`,
];

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
