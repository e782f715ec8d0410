/** A connection that breaks: nothing is lost, nothing is told twice, and a refusal is final. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { News } from '../../../../inspector/feed.ts';
import {
  type FeedStatus,
  openFeed,
  type Socket,
} from '../../../../inspector/page/sources/feed-client.ts';

class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  isClosed = false;
  readonly url: URL;

  constructor(url: string) {
    this.url = new URL(url);
  }

  get from(): string | null {
    return this.url.searchParams.get('from');
  }

  open(): void {
    this.onopen?.call(this as unknown as WebSocket, new Event('open'));
  }

  tell(...indices: readonly number[]): void {
    for (const index of indices) this.say({ type: 'limit', message: `news ${index}`, index });
  }

  say(data: object): void {
    this.onmessage?.call(
      this as unknown as WebSocket,
      { data: JSON.stringify(data) } as MessageEvent,
    );
  }

  close(code = 1005): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.onclose?.call(this as unknown as WebSocket, { code } as CloseEvent);
  }
}

let sockets: FakeSocket[];
let waiting: { run: () => void; milliseconds: number }[];
let told: string[];
let statuses: FeedStatus[];
let progress: number[];
let end: () => void;

const latest = () => sockets.at(-1)!;
const wait = () => waiting.shift()!.run();

beforeEach(() => {
  [sockets, waiting, told, statuses, progress] = [[], [], [], [], []];
  end = openFeed({
    url: 'ws://127.0.0.1:4000/feed',
    token: 'a+b&c',
    connect(url) {
      const socket = new FakeSocket(url);
      sockets.push(socket);
      return socket;
    },
    later: (run, milliseconds) => waiting.push({ run, milliseconds }),
    onNews: (news: News) => told.push(JSON.stringify(news)),
    onProgress: ({ states }) => progress.push(states),
    onStatus: (status) => statuses.push(status),
  });
});

const NEWS = (index: number) => JSON.stringify({ type: 'limit', message: `news ${index}` });

describe('the feed', () => {
  it('asks for everything, with its token, and passes news on without their numbers', () => {
    expect(latest().url.searchParams.get('token')).toBe('a+b&c');
    expect(latest().from).toBe('0');
    latest().open();
    latest().tell(0, 1);
    expect(told).toEqual([NEWS(0), NEWS(1)]);
    expect(statuses).toEqual(['connecting', 'open']);
  });

  it('resumes after the last received news, and ignores news that it has received', () => {
    latest().open();
    latest().tell(0, 1, 2);
    latest().close();
    expect(statuses.at(-1)).toBe('lost');
    wait();
    expect(latest().from).toBe('3');
    latest().tell(1, 2, 3);
    expect(told).toEqual([0, 1, 2, 3].map(NEWS));
  });

  it('asks again where something is missing, and does not pass on what follows', () => {
    latest().open();
    latest().tell(0, 2, 3);
    expect(told).toEqual([NEWS(0)]);
    wait();
    expect(latest().from).toBe('1');
    latest().tell(1, 2, 3);
    expect(told).toEqual([0, 1, 2, 3].map(NEWS));
  });

  it('does not listen to a connection that it has given up', () => {
    const [first] = sockets;
    first!.tell(0);
    first!.close();
    wait();
    latest().tell(1);
    first!.tell(2);
    first!.close();
    expect(told).toEqual([NEWS(0), NEWS(1)]);
    expect(waiting).toEqual([]);
  });

  it('waits longer each time that nothing comes, and not after something came', () => {
    const pauses: number[] = [];
    for (let i = 0; i < 7; i += 1) {
      latest().close();
      pauses.push(waiting[0]!.milliseconds);
      wait();
    }
    expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 4000, 4000]);
    latest().tell(0);
    latest().close();
    expect(waiting[0]!.milliseconds).toBe(250);
  });

  it('gives up where its token is refused', () => {
    latest().open();
    latest().close(1008);
    expect(statuses).toEqual(['connecting', 'open', 'refused']);
    expect(waiting).toEqual([]);
  });

  it('passes progress on, which has no number', () => {
    latest().tell(0);
    latest().say({ type: 'progress', states: 12 });
    latest().tell(1);
    expect(progress).toEqual([12]);
    expect(told).toHaveLength(2);
  });

  it('says and tries nothing once it is ended', () => {
    latest().open();
    end();
    expect(sockets[0]!.isClosed).toBe(true);
    latest().tell(0);
    expect([told, waiting, statuses.at(-1)]).toEqual([[], [], 'open']);
  });
});
