/**
 * Receives the messages of the application that opened this page, as `createBrowserInspector({ url
 * })` does. No other window is heard, and only the protocol's greeting is sent.
 */
import { type Inspection, isInspection } from '../../story/protocol/inspection.ts';

export const FOREIGN_WINDOW = 'the page that opened this one';

/** The window that opened the page, or has it in a frame. Null: there is none. */
export function windowAround(own: Window): Window | null {
  if (own.opener !== null && own.opener !== undefined) return own.opener as Window;
  return own.parent === own ? null : own.parent;
}

/** @returns what ends it. */
export function hearWindow(
  own: Window,
  other: Window,
  onInspection: (message: Inspection) => void,
): () => void {
  const hear = ({ source, data }: MessageEvent<unknown>) => {
    if (source === other && isInspection(data)) onInspection(data);
  };
  const leave = () => other.postMessage({ type: '@statelyai.disconnected' }, '*');
  own.addEventListener('message', hear);
  own.addEventListener('pagehide', leave);
  other.postMessage({ type: '@statelyai.connected' }, '*');
  return () => {
    own.removeEventListener('message', hear);
    own.removeEventListener('pagehide', leave);
  };
}
