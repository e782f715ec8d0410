/** The standalone page: it holds its own document and makes no request. */
import './styles.ts';
import { newSession, openOwn, show } from './start.tsx';

const session = newSession();
const text = document.getElementById('document')?.textContent?.trim() ?? '';
if (text !== '') openOwn(text, session);
show(session);
