/** The clients of the laboratory. */
import { axiosNtlm } from './axios-ntlm.ts';
import { chromium } from './chromium.ts';
import type { Client } from './client.ts';
import { curl } from './curl.ts';
import { ewsjs } from './ewsjs.ts';
import { httpntlmClient } from './httpntlm.ts';
import { requestsNtlm } from './requests-ntlm.ts';

export const CLIENTS: readonly Client[] = [
  curl('--ntlm'),
  curl('--anyauth'),
  chromium,
  httpntlmClient,
  axiosNtlm,
  ewsjs,
  requestsNtlm,
];
