/** The receivers of `@statelyai/inspect`, fed by its own inspectors: what comes out at the end. */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import {
  createBrowserInspector,
  createBrowserReceiver,
  createWebSocketInspector,
  createWebSocketReceiver,
  type StatelyInspectionEvent,
} from '@statelyai/inspect';
import { expect } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Inspection } from '../../../../inspector/feed.ts';
import { inspectorOptions } from '../../../../inspector/story/protocol/official.ts';

/** Ours are theirs: the package's types ask for more than its receivers do. */
const asTheirs = (message: Inspection) => message as unknown as StatelyInspectionEvent;

/** The first message that is not as it was sent, for whoever reads a failure. Null: none. */
export function firstDifference(sent: readonly unknown[], received: readonly unknown[]) {
  const index = sent.findIndex((message, i) => !isDeepStrictEqual(message, received[i]));
  if (index >= 0) return { index, sent: sent[index], received: received[index] };
  return sent.length === received.length ? null : { received: received.slice(sent.length) };
}

/** As much of a window as the package looks at. What is posted is cloned, and arrives later. */
export class FakeWindow {
  readonly self: FakeWindow = this;
  readonly top: FakeWindow = this;
  opener: FakeWindow | null = null;
  readonly #listeners: ((event: { data: unknown }) => void)[] = [];
  readonly #popup: FakeWindow | null;

  constructor(popup: FakeWindow | null = null) {
    this.#popup = popup;
    if (popup !== null) popup.opener = this;
  }

  open = () => this.#popup;
  addEventListener = (_: string, listener: (event: { data: unknown }) => void) =>
    this.#listeners.push(listener);
  postMessage = (message: unknown) => {
    const data: unknown = structuredClone(message);
    queueMicrotask(() => {
      for (const listener of this.#listeners) listener({ data });
    });
  };
}

export const asWindow = (fake: FakeWindow) => fake as unknown as Window;

/** Half of the messages are sent before the inspector's window says that it is there. */
export async function throughBrowser(sent: readonly Inspection[]): Promise<readonly unknown[]> {
  const page = new FakeWindow();
  const app = new FakeWindow(page);
  const inspector = createBrowserInspector({ ...inspectorOptions, window: asWindow(app) });
  const half = Math.floor(sent.length / 2);
  for (const message of sent.slice(0, half)) inspector.adapter.send(asTheirs(message));
  const received: unknown[] = [];
  createBrowserReceiver({ window: asWindow(page) }).subscribe((event) => received.push(event));
  await new Promise(setImmediate);
  for (const message of sent.slice(half)) inspector.adapter.send(asTheirs(message));
  await new Promise(setImmediate);
  return received;
}

/** Over a relay that passes on what it hears. Half is sent before the socket is open. */
export async function throughWebSocket(sent: readonly Inspection[]): Promise<readonly unknown[]> {
  const relay = new WebSocketServer({ host: '127.0.0.1', port: 0 });
  relay.on('connection', (from) =>
    from.on('message', (frame) => {
      for (const client of relay.clients) if (client !== from) client.send(String(frame));
    }),
  );
  await once(relay, 'listening');
  const url = `ws://127.0.0.1:${(relay.address() as AddressInfo).port}`;
  const received: unknown[] = [];
  const opened = once(relay, 'connection');
  createWebSocketReceiver({ server: url }).subscribe((event) => received.push(event));
  const [receiver] = (await opened) as [WebSocket];
  receiver.ping(); // answered once it knows that it is open, which is when it begins to listen
  await once(receiver, 'pong');
  const inspector = createWebSocketInspector({ ...inspectorOptions, url });
  const half = Math.floor(sent.length / 2);
  for (const message of sent.slice(0, half)) inspector.adapter.send(asTheirs(message));
  await once(relay, 'connection');
  await expect.poll(() => received.length, { timeout: 120_000 }).toBe(half);
  for (const message of sent.slice(half)) inspector.adapter.send(asTheirs(message));
  await expect.poll(() => received.length, { timeout: 120_000 }).toBe(sent.length);
  for (const client of relay.clients) client.terminate();
  relay.close();
  return received;
}
