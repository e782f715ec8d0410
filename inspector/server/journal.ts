/** All news in order, kept as they are sent: whoever comes late is told everything all the same. */
import type { News, Numbered, Progress } from '../feed.ts';

export type Listener = {
  /** There is more news than before. */
  readonly onNews: () => void;
  /** Of no use later on, and not kept. */
  readonly onProgress: (line: Buffer) => void;
};

export type Journal = {
  /** Of the news so far. A count. */
  readonly length: () => number;
  /** One frame, JSON in UTF-8. Undefined: there is no news of this number yet. */
  readonly line: (index: number) => Buffer | undefined;
  /**
   * Numbers the news and tells all listeners.
   *
   * @returns false when there is no room for what actors do: this one is not kept, and the first
   *   time a `limit` is told in its place. Other news always has room.
   * @throws RangeError where it is nested too deeply to be written down; nothing has then happened.
   */
  readonly tell: (news: News) => boolean;
  readonly progress: (progress: Progress) => void;
  /** @returns what ends it. */
  readonly listen: (listener: Listener) => () => void;
};

const BYTES_MAX = 2 ** 28; // 256 MiB, and hours of a busy program

/** @param bytesMax - of what actors do, as it is sent. */
export function createJournal(bytesMax: number = BYTES_MAX): Journal {
  const lines: Buffer[] = [];
  const listeners = new Set<Listener>();
  let bytes = 0; // of what actors do
  let isFull = false;

  const keep = (line: Buffer) => {
    lines.push(line);
    for (const { onNews } of listeners) onNews();
  };
  const written = (news: News) =>
    Buffer.from(JSON.stringify({ ...news, index: lines.length } satisfies Numbered));

  const tell = (news: News): boolean => {
    if (news.type !== 'inspection') {
      keep(written(news));
      return true;
    }
    if (isFull) return false;
    const line = written(news);
    isFull = bytes + line.length > bytesMax;
    if (isFull) keep(written({ type: 'limit', message: fullness(bytesMax) }));
    else {
      bytes += line.length;
      keep(line);
    }
    return !isFull;
  };

  return {
    length: () => lines.length,
    line: (index) => lines[index],
    tell,
    progress: (progress) => {
      const line = Buffer.from(JSON.stringify(progress));
      for (const { onProgress } of listeners) onProgress(line);
    },
    listen: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

const fullness = (bytesMax: number) =>
  `what the actors did fills ${Math.round(bytesMax / 2 ** 20)} MiB: nothing after this is kept`;
