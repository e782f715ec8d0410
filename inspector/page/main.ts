/**
 * The first and small script: it connects to the command while the page itself is still loading,
 * and keeps the messages until then.
 */
import './styles.ts';
import { parsePlace } from './place/address.ts';
import { openFeed } from './sources/feed-client.ts';
import type { Session } from './sources/session.ts';

type SessionUpdate = (session: Session) => void;

const early: SessionUpdate[] = []; // received before there was a session
let session: Session | null = null;

function apply(update: SessionUpdate): void {
  if (session === null) early.push(update);
  else update(session);
}

const { token } = parsePlace(location.hash);
if (token !== null)
  openFeed({
    url: `ws://${location.host}/feed`,
    token,
    connect: (url) => new WebSocket(url),
    later: setTimeout,
    onNews: (news) => apply((to) => to.hear(news)),
    onProgress: (progress) => apply((to) => to.progress(progress)),
    onStatus: (status) => apply((to) => to.status(status)),
  });

const { newSession, show } = await import('./start.tsx');
session = newSession();
for (const update of early) update(session);
show(session);
