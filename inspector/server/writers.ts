/** A program whose actors run elsewhere, and are inspected here. */
import type { RawData, WebSocket } from 'ws';
import type { Inspection } from '../feed.ts';
import type { Journal } from './journal.ts';

/** @param source - tells this writer from others. */
export function admitWriter(socket: WebSocket, source: string, journal: Journal): void {
  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const reason = refused(data, isBinary, source, journal);
    if (reason !== null) socket.close(1008, reason);
  });
  socket.on('error', () => {}); // the connection is then closed
  socket.on('close', () => journal.tell({ type: 'left', source }));
}

/** Null: it is kept. */
function refused(data: RawData, isBinary: boolean, source: string, journal: Journal) {
  const message = isBinary ? null : parsed(String(data));
  if (!isInspection(message)) return 'not a message of the inspection protocol';
  try {
    return journal.tell({ type: 'inspection', source, message }) ? null : 'no more room';
  } catch (error) {
    if (error instanceof RangeError) return 'nested too deeply';
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const isInspection = (data: unknown): data is Inspection =>
  typeof data === 'object' &&
  data !== null &&
  'type' in data &&
  typeof data.type === 'string' &&
  data.type.startsWith('@xstate.') &&
  '_version' in data &&
  typeof data._version === 'string';
