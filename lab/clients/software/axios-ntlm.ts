/** axios-ntlm, with one client for each account, as its interface demands. */
import axios from 'axios';
import { NtlmClient } from 'axios-ntlm';
import type { Account } from '../../../conformance/codec/initiate.ts';
import {
  type Client,
  ENDLESS,
  inWords,
  REQUESTS_MAX,
  VISIT_MAX,
  type Visit,
  type VisitOutcome,
  withinTime,
} from '../client.ts';
import { versionOf, WORKSTATION } from './npm-packages.ts';

/** The used part of its interface. */
type Http = {
  readonly get: (url: string) => Promise<{ readonly status: number }>;
  readonly interceptors: {
    readonly request: { readonly use: (before: <Config>(config: Config) => Config) => number };
  };
};

/** The number of requests that it may still make, also after the time limit. */
type Budget = { left: number };

export const axiosNtlm: Client = {
  name: 'axios-ntlm',
  use: `NtlmClient for each account; cut off after ${REQUESTS_MAX} requests of a visit`,
  conduct: 'its own',
  negotiatesAtOnce: false,
  needs: [],
  version: async () => `${await versionOf('axios-ntlm')}, ${await versionOf('axios')}`,
  run: async (visits) => {
    const budget: Budget = { left: 0 };
    const clients = new Map<string, Http>();
    const clientOf = ({ user, account }: Visit) => {
      const key = JSON.stringify([user, account]);
      const client = clients.get(key) ?? made(account, budget);
      clients.set(key, client);
      return client;
    };
    const outcomes: VisitOutcome[] = [];
    for (const visit of visits) {
      budget.left = REQUESTS_MAX;
      outcomes.push(await withinTime(outcomeOf(clientOf(visit), visit)));
      budget.left = 0;
    }
    return outcomes;
  },
};

function made(account: Account | null, budget: Budget): Http {
  const options = { timeout: VISIT_MAX - 1_000, maxRedirects: 3, proxy: false } as const;
  const { user: username, password, domain } = account ?? { user: '', password: '', domain: '' };
  const client: Http =
    account === null
      ? axios.create(options)
      : NtlmClient({ username, password, domain, workstation: WORKSTATION }, { ...options });
  client.interceptors.request.use((config) => {
    if (budget.left === 0) throw new Error(ENDLESS);
    budget.left -= 1;
    return config;
  });
  return client;
}

async function outcomeOf(client: Http, { url }: Visit): Promise<VisitOutcome> {
  try {
    const { status } = await client.get(url);
    return { status, trouble: null };
  } catch (error) {
    if (!axios.isAxiosError(error)) throw error;
    const { response } = error;
    return response === undefined
      ? { status: null, trouble: inWords(error) }
      : { status: response.status, trouble: null };
  }
}
