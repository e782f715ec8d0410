/** Every acceptor, proxy and client of the laboratory. */

import { apacheBasic } from './acceptors/apache-basic.ts';
import { apacheGssapi } from './acceptors/apache-gssapi.ts';
import { expressNtlmAcceptor } from './acceptors/express-ntlm.ts';
import { ntlmAuth } from './acceptors/ntlm-auth.ts';
import { ntlmAuthWinbind } from './acceptors/ntlm-auth-winbind.ts';
import { squid } from './acceptors/squid.ts';
import type { Client } from './clients/client.ts';
import { axiosNtlm } from './clients/software/axios-ntlm.ts';
import { chromium } from './clients/software/chromium.ts';
import { curl } from './clients/software/curl.ts';
import { ewsjs } from './clients/software/ewsjs.ts';
import { httpntlmClient } from './clients/software/httpntlm.ts';
import { requestsNtlm } from './clients/software/requests-ntlm.ts';
import { apacheClosing, apachePooled } from './proxies/mod-proxy.ts';
import { nginxClosing, nginxPooled } from './proxies/nginx.ts';
import { squidPinned } from './proxies/squid-open.ts';
import type { Acceptor, LabProxy } from './started.ts';

export const ACCEPTORS: readonly Acceptor[] = [
  apacheBasic,
  apacheGssapi,
  ntlmAuth,
  ntlmAuthWinbind,
  squid,
  expressNtlmAcceptor,
];

export const PROXIES: readonly LabProxy[] = [
  nginxPooled,
  nginxClosing,
  apachePooled,
  apacheClosing,
  squidPinned,
];

export const CLIENTS: readonly Client[] = [
  curl('--ntlm'),
  curl('--anyauth'),
  chromium,
  httpntlmClient,
  axiosNtlm,
  ewsjs,
  requestsNtlm,
];
