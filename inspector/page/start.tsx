/** Starts the page, and listens to the window that opened it. */
import { render } from 'preact';
import { readVerdicts } from '../story/documents/document.ts';
import { App } from './app.tsx';
import { parsePlace, writePlace } from './place/address.ts';
import {
  FOREIGN_WINDOW,
  hearWindow,
  openerIn,
  originIn,
  windowAround,
} from './sources/foreign-window.ts';
import { Session } from './sources/session.ts';

export { openerIn };

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
  hearOpener(session, originIn(location.origin));
  render(<App session={session} />, document.getElementById('app')!);
}

const heard = new Set<string>(); // origins: a message is heard once

/** @param origin - the opener's, which is trusted. Null: nothing is heard. */
export function hearOpener(session: Session, origin: string | null): void {
  const other = windowAround(window);
  if (other !== null && origin !== null && !heard.has(origin)) {
    heard.add(origin);
    hearWindow(window, other, origin, (message) =>
      session.hear({ type: 'inspection', source: FOREIGN_WINDOW, message }),
    );
  }
}

/** Opens the page's own document at its first story. @throws BadDocument where it is none. */
export function openOwn(text: string, session: Session): void {
  const { address } = parsePlace(location.hash);
  const [first] = session.add(readVerdicts(text), null);
  if (first === undefined || address.view !== 'claims' || location.hash.length > 1) return;
  const story = { view: 'story', story: first.ref, at: null, pin: null, beside: false } as const;
  history.replaceState(null, '', writePlace(null, story));
}
