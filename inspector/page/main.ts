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

const fragment = location.hash; // of the address as it was opened
const { token } = parsePlace(fragment);
let isAccepted = false; // the command has accepted the token
if (token !== null)
  openFeed({
    url: `ws://${location.host}/feed`,
    token,
    connect: (url) => new WebSocket(url),
    later: setTimeout,
    onNews: (news) => {
      apply((to) => to.hear(news));
      if (!isAccepted) apply((to) => hearOpener(to, openerIn(fragment)));
      isAccepted = true;
    },
    onProgress: (progress) => apply((to) => to.progress(progress)),
    onStatus: (status) => apply((to) => to.status(status)),
  });

const { hearOpener, newSession, openerIn, show } = await import('./start.tsx');
session = newSession();
for (const update of early) update(session);
show(session);
