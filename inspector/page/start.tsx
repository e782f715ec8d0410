/** Starts the page, and listens to the window that opened it. */
import { render } from 'preact';
import { readVerdicts } from '../story/documents/document.ts';
import { App } from './app.tsx';
import { parsePlace, writePlace } from './place/address.ts';
import { FOREIGN_WINDOW, hearWindow, windowAround } from './sources/foreign-window.ts';
import { Session } from './sources/session.ts';

const REDRAW_MS = 60; // news that come together are drawn together

/** The first news is drawn at once. */
export function newSession(): Session {
  let drawn = Number.NEGATIVE_INFINITY;
  return new Session((run) => {
    const wait = Math.max(0, drawn + REDRAW_MS - performance.now());
    setTimeout(() => {
      drawn = performance.now();
      run();
    }, wait);
  });
}

export function show(session: Session): void {
  const other = windowAround(window);
  if (other !== null)
    hearWindow(window, other, (message) =>
      session.hear({ type: 'inspection', source: FOREIGN_WINDOW, message }),
    );
  render(<App session={session} />, document.getElementById('app')!);
}

/** Opens the page's own document at its first story. @throws BadDocument where it is none. */
export function openOwn(text: string, session: Session): void {
  const { address } = parsePlace(location.hash);
  const [first] = session.add(readVerdicts(text), null);
  if (first === undefined || address.view !== 'claims' || location.hash.length > 1) return;
  const story = { view: 'story', story: first.ref, at: null, pin: null, beside: false } as const;
  history.replaceState(null, '', writePlace(null, story));
}
