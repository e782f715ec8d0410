/** Every acceptor of the laboratory. */
import type { Acceptor } from '../started.ts';
import { apacheBasic } from './apache-basic.ts';
import { apacheGssapi } from './apache-gssapi.ts';
import { expressNtlmAcceptor } from './express-ntlm.ts';
import { ntlmAuth } from './ntlm-auth.ts';
import { ntlmAuthWinbind } from './ntlm-auth-winbind.ts';
import { squid } from './squid.ts';

export type { Lab } from '../lab.ts';
export type { Acceptor, AcceptorName, Started } from '../started.ts';

export const ACCEPTORS: readonly Acceptor[] = [
  apacheBasic,
  apacheGssapi,
  ntlmAuth,
  ntlmAuthWinbind,
  squid,
  expressNtlmAcceptor,
];
