/**
 * Receives the messages of the application that opened this page, as `createBrowserInspector({ url
 * })` does. The application must be of this page's own origin, or the page's address must name its
 * origin beside the token of the command, which no other page knows. Nothing is sent to a window of
 * any other origin, and nothing of it is heard.
 *
 * @source HTML Living Standard, 9.3 (cross-document messaging: check the origin, name the target)
 */
import { visibleData } from '../../../story/visible.ts';
import { type Inspection, isInspection } from '../../story/protocol/inspection.ts';

export const FOREIGN_WINDOW = 'the page that opened this one';

/** The window that opened the page, or has it in a frame. Null: there is none. */
export function windowAround(own: Window): Window | null {
  if (own.opener !== null && own.opener !== undefined) return own.opener as Window;
  return own.parent === own ? null : own.parent;
}

/** An origin of HTTP. Null: the text is none, such as that of a page in a file. */
export function originIn(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { origin, protocol } = new URL(text);
  return origin === text && /^https?:$/.test(protocol) ? origin : null;
}

/** The opener's origin, as the fragment of this page's address names it. Null: it names none. */
export const openerIn = (fragment: string): string | null =>
  originIn(new URLSearchParams(fragment.replace(/^#/, '')).get('opener') ?? '');

/**
 * @param origin - of the other window: all that is heard and told. A page of a file has none.
 * @returns what ends it.
 */
export function hearWindow(
  own: Window,
  other: Window,
  origin: string,
  onInspection: (message: Inspection) => void,
): () => void {
  const hear = (event: MessageEvent<unknown>) => {
    if (event.source !== other || event.origin !== origin) return;
    const data = shown(event.data);
    if (isInspection(data)) onInspection(data);
  };
  const leave = () => other.postMessage({ type: '@statelyai.disconnected' }, origin);
  own.addEventListener('message', hear);
  own.addEventListener('pagehide', leave);
  other.postMessage({ type: '@statelyai.connected' }, origin);
  return () => {
    own.removeEventListener('message', hear);
    own.removeEventListener('pagehide', leave);
  };
}

/** Null: it is nested too deeply, or in a circle. */
function shown(data: unknown): unknown {
  try {
    return visibleData(data);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
