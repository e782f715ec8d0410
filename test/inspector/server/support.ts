/** A server with a small page of its own, and clients that send exactly the given bytes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, type RequestOptions, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type ClientOptions, WebSocket } from 'ws';
import type { Numbered } from '../../../inspector/feed.ts';
import { createJournal, type Journal } from '../../../inspector/server/journal.ts';
import { type Server, serve } from '../../../inspector/server/server.ts';

/** A folder like the build's, until the test ends. The file beside it must never be served. */
export function pageFolder(): string {
  const root = mkdtempSync(join(tmpdir(), 'double-hop-server-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, 'page');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(root, 'secret.txt'), 'not to be read');
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Inspector</title>');
  writeFileSync(join(folder, 'standalone.html'), '<!doctype html><title>Template</title>');
  writeFileSync(join(folder, 'assets', 'index-4f2a.js'), 'export {};');
  return folder;
}

export type Running = Server & { readonly journal: Journal };

/** Closed when the test ends. */
export async function running({
  acceptsWriters = true,
  journal = createJournal(),
  port = 0,
} = {}): Promise<Running> {
  const server = await serve({ folder: pageFolder(), port, journal, acceptsWriters });
  onTestFinished(server.close);
  return { ...server, journal };
}

export type Answer = {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
};

/** Sends `path` unchanged. */
export const ask = (port: number, path: string, options: RequestOptions = {}): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, agent: false, ...options });
    asked.on('error', reject);
    asked.on('response', (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode!,
          headers: response.headers,
          text: Buffer.concat(parts).toString(),
        }),
      );
    });
    asked.end();
  });

export type Client = {
  readonly socket: WebSocket;
  readonly frames: readonly string[];
  /** What came so far, once there are so many. */
  readonly heard: (count: number) => Promise<readonly Numbered[]>;
  /** How it ended: a code and a reason, or the status with which it was refused. */
  readonly ended: Promise<readonly [number, string]>;
};

/** Terminated when the test ends. */
export function connect(url: string, options: ClientOptions = {}): Client {
  const socket = new WebSocket(url, options);
  onTestFinished(() => socket.terminate());
  const frames: string[] = [];
  const waiting = new Set<() => void>();
  socket.on('message', (data) => {
    frames.push(String(data));
    for (const check of waiting) check();
  });
  socket.on('error', () => {});
  const ended = new Promise<readonly [number, string]>((resolve) => {
    socket.on('unexpected-response', (_, response) => {
      resolve([response.statusCode!, '']);
      response.resume();
    });
    socket.on('close', (code, reason) => resolve([code, String(reason)]));
  });
  const heard = (count: number) =>
    new Promise<readonly Numbered[]>((resolve) => {
      const check = () => {
        if (frames.length < count) return;
        waiting.delete(check);
        resolve(frames.map((frame) => JSON.parse(frame) as Numbered));
      };
      waiting.add(check);
      check();
    });
  return { socket, frames, heard, ended };
}

/** As our own page does it. */
export const view = ({ port, token }: Running, from = 0): Client =>
  connect(`ws://127.0.0.1:${port}/feed?token=${token}&from=${from}`, {
    origin: `http://127.0.0.1:${port}`,
  });

/** As a program does it. */
export const write = ({ port, token }: Running): Client =>
  connect(`ws://127.0.0.1:${port}/live?token=${token}`);
