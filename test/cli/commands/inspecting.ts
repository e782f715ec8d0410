/** Runs `double-hop inspect` in a process of its own, and reads its news for the page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { Numbered } from '../../../inspector/feed.ts';
import { MAIN } from '../running.ts';

export type Inspecting = {
  readonly child: ChildProcess;
  readonly stdout: string;
  readonly origin: string;
  readonly port: number;
  readonly place: URLSearchParams; // the fragment
};

/** Starts it, and waits for its last line. It is killed when the test ends. */
export async function inspecting(...args: readonly string[]): Promise<Inspecting> {
  const child = spawn(process.execPath, [MAIN, 'inspect', '--no-open', ...args]);
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let stdout = '';
  for await (const part of child.stdout) {
    stdout += part;
    if (stdout.endsWith('Press Ctrl-C to end.\n')) break;
  }
  const url = new URL(/^Open (\S+)$/m.exec(stdout)?.[1] ?? '');
  const place = new URLSearchParams(url.hash.slice(1));
  return { child, stdout, origin: url.origin, port: Number(url.port), place };
}

/** The news for the page, up to the first of this type, or the first for which `last` is true. */
export async function newsOf(
  { origin, port, place }: Inspecting,
  last: Numbered['type'] | ((news: Numbered) => boolean),
) {
  const isLast = typeof last === 'string' ? ({ type }: Numbered) => type === last : last;
  const query = `token=${place.get('token')}&from=0`;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/feed?${query}`, { origin });
  onTestFinished(() => socket.terminate());
  const news: Numbered[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data) => {
      const one = JSON.parse(String(data)) as Numbered;
      if (one.type !== 'progress') news.push(one);
      if (isLast(one)) resolve();
    });
  });
  return news;
}
