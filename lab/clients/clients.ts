/** The clients of the laboratory. */

import type { Client } from './client.ts';
import { axiosNtlm } from './software/axios-ntlm.ts';
import { chromium } from './software/chromium.ts';
import { curl } from './software/curl.ts';
import { ewsjs } from './software/ewsjs.ts';
import { httpntlmClient } from './software/httpntlm.ts';
import { requestsNtlm } from './software/requests-ntlm.ts';

export const CLIENTS: readonly Client[] = [
  curl('--ntlm'),
  curl('--anyauth'),
  chromium,
  httpntlmClient,
  axiosNtlm,
  ewsjs,
  requestsNtlm,
];
