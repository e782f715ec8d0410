/** `double-hop` as users run it: what it prints, and how it ends. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { packageRoot } from '../../../../cli/package.ts';
import type { Verdicts } from '../../../../properties/verdicts/verdicts.ts';

const COMMAND = join(packageRoot, 'dist/cli/main.js'); // `npm test` builds it first
const PATIENCE_MS = 30_000;

export type Inspector = {
  readonly url: string; // with its token
  readonly origin: string;
  readonly port: number;
  readonly token: string;
  /** As the whole address, with other fields in its fragment. */
  readonly at: (fields: Readonly<Record<string, string>>) => string;
  readonly kill: (signal: 'SIGINT' | 'SIGKILL') => Promise<void>;
};

/** Starts `double-hop inspect`, and waits until it has printed all that it prints. */
export async function inspect(...args: readonly string[]): Promise<Inspector> {
  const child = spawn(process.execPath, [COMMAND, 'inspect', '--no-open', ...args], {
    cwd: packageRoot,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await greeting(child);
  const url = new URL(/^Open (\S+)$/m.exec(said)?.[1] ?? '');
  const token = new URLSearchParams(url.hash.slice(1)).get('token')!;
  return {
    url: url.href,
    origin: url.origin,
    port: Number(url.port),
    token,
    at: (fields) => `${url.origin}/#${new URLSearchParams({ token, ...fields })}`,
    kill: async (signal) => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill(signal);
      await once(child, 'exit');
    },
  };
}

function greeting(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((resolve, reject) => {
    const impatience = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`inspect printed no address:\n${said}`));
    }, PATIENCE_MS);
    child.once('exit', (code) => reject(new Error(`inspect ended with ${code}:\n${said}`)));
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      if (!said.endsWith('Press Ctrl-C to end.\n')) return;
      clearTimeout(impatience);
      child.removeAllListeners('exit');
      resolve(said);
    });
  });
}

/** One command for all tests of a `describe`. @returns what gives it, once they run. */
export function sharedInspector(...args: readonly string[]): () => Inspector {
  let inspector: Inspector | undefined;
  beforeAll(async () => {
    inspector = await inspect(...args);
  });
  afterAll(() => inspector?.kill('SIGINT'));
  return () => inspector!;
}

/** What `double-hop` prints with these arguments. @throws Error with what it complains of. */
export function printed(...args: readonly string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [COMMAND, ...args], {
    cwd: packageRoot,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
  });
  if (status === null || status > 1) throw new Error(stderr); // 1: something is violated
  return stdout;
}

export const check = (...args: readonly string[]): Verdicts =>
  JSON.parse(printed('check', '--json', ...args)) as Verdicts;
