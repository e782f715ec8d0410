/** The page's end of the command's news: comes back where it left off, and loses nothing. */
import { type News, type Numbered, POLICY_VIOLATION, type Progress } from '../../feed.ts';

/** - `lost`: tries again by itself. - `refused`: the token is not the command's; it does not. */
export type FeedStatus = 'connecting' | 'open' | 'lost' | 'refused';

/** What of a WebSocket is used. */
export type Socket = Pick<WebSocket, 'close' | 'onopen' | 'onmessage' | 'onclose'>;

export type FeedOptions = {
  readonly url: string; // "ws://127.0.0.1:4000/feed"
  readonly token: string;
  readonly connect: (url: string) => Socket;
  readonly later: (run: () => void, milliseconds: number) => void;
  readonly onNews: (news: News) => void;
  readonly onProgress: (progress: Progress) => void;
  readonly onStatus: (status: FeedStatus) => void;
};

const PAUSES_MS = [250, 500, 1000, 2000, 4000] as const;

/** @returns what ends it. */
export function openFeed(options: FeedOptions): () => void {
  const { url, token, connect, later, onStatus } = options;
  let expected = 0; // the number of the next news
  let failures = 0; // connections in a row without a message
  let socket: Socket | null = null;
  let isEnded = false;

  const open = () => {
    if (isEnded) return;
    const query = new URLSearchParams({ token, from: String(expected) });
    const opened = connect(`${url}?${query}`);
    socket = opened;
    opened.onopen = () => onStatus('open');
    opened.onmessage = ({ data }) => {
      if (!isEnded && socket === opened) hear(JSON.parse(String(data)) as Numbered, opened);
    };
    opened.onclose = ({ code }) => {
      if (isEnded || socket !== opened) return;
      if (code === POLICY_VIOLATION) {
        onStatus('refused');
        return;
      }
      onStatus('lost');
      later(open, PAUSES_MS[Math.min(failures, PAUSES_MS.length - 1)]!);
      failures += 1;
    };
  };

  const hear = (message: Numbered, from: Socket) => {
    failures = 0;
    if (message.type === 'progress') {
      options.onProgress(message);
      return;
    }
    const { index, ...news } = message;
    if (index < expected) return;
    if (index > expected) {
      from.close(); // something is missing: its `onclose` asks for it again
      return;
    }
    expected += 1;
    options.onNews(news as News);
  };

  onStatus('connecting');
  open();
  return () => {
    isEnded = true;
    socket?.close();
  };
}
