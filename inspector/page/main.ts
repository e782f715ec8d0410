/**
 * The first to be loaded, and little: it asks the command for its news while the page itself is
 * still on its way, and keeps what it hears until then.
 */
import './styles.ts';
import { parsePlace } from './place/address.ts';
import { openFeed } from './sources/feed-client.ts';
import type { Session } from './sources/session.ts';

type CredentialEvent = (session: Session) => void;

const early: CredentialEvent[] = []; // heard before there was a session
let session: Session | null = null;

function tell(telling: CredentialEvent): void {
  if (session === null) early.push(telling);
  else telling(session);
}

const { token } = parsePlace(location.hash);
if (token !== null)
  openFeed({
    url: `ws://${location.host}/feed`,
    token,
    connect: (url) => new WebSocket(url),
    later: setTimeout,
    onNews: (news) => tell((to) => to.hear(news)),
    onProgress: (progress) => tell((to) => to.progress(progress)),
    onStatus: (status) => tell((to) => to.status(status)),
  });

const { newSession, show } = await import('./start.tsx');
session = newSession();
for (const telling of early) telling(session);
show(session);
