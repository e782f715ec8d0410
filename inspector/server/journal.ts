/** All news in order, kept as they are sent, so that a page that opens late receives everything. */
import type { News, Numbered, Progress } from '../feed.ts';

export type Listener = {
  /** The journal has more news. */
  readonly onNews: () => void;
  /** Progress is not kept. */
  readonly onProgress: (line: Buffer) => void;
};

export type Journal = {
  /** Number of news so far. */
  readonly length: () => number;
  /** One frame, JSON in UTF-8. Undefined: there is no news of this number yet. */
  readonly line: (index: number) => Buffer | undefined;
  /**
   * Numbers the news and notifies all listeners.
   *
   * @returns false when there is no room for an inspection: it is not kept, and a `limit` takes the
   *   place of the first such one. Other news always has room.
   * @throws RangeError where it is nested too deeply for JSON; the journal is then unchanged.
   */
  readonly publish: (news: News) => boolean;
  readonly progress: (progress: Progress) => void;
  /** @returns a function that ends the listening. */
  readonly listen: (listener: Listener) => () => void;
};

const BYTES_MAX = 2 ** 28; // 256 MiB: hours of a busy program

/** @param bytesMax - of all inspections, as they are sent. */
export function createJournal(bytesMax: number = BYTES_MAX): Journal {
  const lines: Buffer[] = [];
  const listeners = new Set<Listener>();
  let bytes = 0; // of all inspections
  let isFull = false;

  const keep = (line: Buffer) => {
    lines.push(line);
    for (const { onNews } of listeners) onNews();
  };
  const written = (news: News) =>
    Buffer.from(JSON.stringify({ ...news, index: lines.length } satisfies Numbered));

  const publish = (news: News): boolean => {
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
    publish,
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
  `the messages of the actors fill ${Math.round(bytesMax / 2 ** 20)} MiB; later ones are not kept`;
