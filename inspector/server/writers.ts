/** A program whose actors are inspected here. */
import type { RawData, WebSocket } from 'ws';
import { visibleData } from '../../story/visible.ts';
import { POLICY_VIOLATION } from '../feed.ts';
import { type Inspection, isInspection } from '../story/protocol/inspection.ts';
import type { Journal } from './journal.ts';

/** @param source - the name of this writer, unique among writers. */
export function admitWriter(socket: WebSocket, source: string, journal: Journal): void {
  socket.on('message', (data, isBinary) => {
    if (socket.readyState !== socket.OPEN) return;
    const reason = refused(data, isBinary, source, journal);
    if (reason !== null) socket.close(POLICY_VIOLATION, reason);
  });
  socket.on('close', () => journal.publish({ type: 'left', source }));
}

/** Null: it is kept. */
function refused(data: RawData, isBinary: boolean, source: string, journal: Journal) {
  try {
    const message = isBinary ? null : visibleData(parsed(String(data)));
    if (!isForeign(message)) return 'not a message of the inspection protocol';
    return journal.publish({ type: 'inspection', source, message }) ? null : 'no more room';
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

/** Other programs may not send double-hop's own messages. */
const isForeign = (data: unknown): data is Inspection =>
  isInspection(data) && data.type.startsWith('@xstate.');
