/** The page that stands alone: it holds the document it is about, and asks nobody for anything. */
import './styles.ts';
import { newSession, openOwn, show } from './start.tsx';

const session = newSession();
const text = document.getElementById('document')?.textContent?.trim() ?? '';
if (text !== '') openOwn(text, session);
show(session);
