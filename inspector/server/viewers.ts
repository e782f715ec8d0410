/** A page that views: it receives the news from a number on, and sends nothing itself. */
import type { WebSocket } from 'ws';
import { POLICY_VIOLATION } from '../feed.ts';
import type { Journal } from './journal.ts';

/** Waiting bytes for a viewer that reads slowly. The rest waits in the journal, for all viewers. */
const BUFFERED_MAX = 2 ** 20; // bytes

/** @param from - the number of the first news to send. */
export function admitViewer(socket: WebSocket, from: number, journal: Journal): void {
  let next = from;
  const isReady = () => socket.readyState === socket.OPEN && socket.bufferedAmount < BUFFERED_MAX;
  const goOn = () => {
    for (
      let line = journal.line(next);
      line !== undefined && isReady();
      line = journal.line(next)
    ) {
      next += 1;
      socket.send(line, { binary: false }, goOn);
    }
  };
  const leave = journal.listen({
    onNews: goOn,
    onProgress: (line) => {
      if (isReady() && next === journal.length()) socket.send(line, { binary: false });
    },
  });
  socket.on('message', () => socket.close(POLICY_VIOLATION, 'viewers do not write'));
  socket.on('close', leave);
  goOn();
}
