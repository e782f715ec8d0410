/** Asks a server that the model runs, one connection at a time. */
import { Agent, get } from 'node:http';
import {
  type Account,
  type AuthenticateOptions,
  authenticate,
  negotiate,
} from '../../../../conformance/codec/initiate.ts';
import { ntlmToken } from '../../../../conformance/http/challenges.ts';
import { type Served, type ServeOptions, serve } from '../../../../conformance/serve/serve.ts';
import { POLICIES } from '../../../../machines/ntlm/policy.ts';

export const ALICE: Account = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
export const WRONG = { ...ALICE, password: 'Mistyped9?' };
export const NEGOTIATE = negotiate();

const up: { readonly stop: () => Promise<unknown> }[] = [];

/** Stops all that a test has started. */
export async function stopAll(): Promise<void> {
  for (const { stop } of up.splice(0)) await stop();
}

export async function served(options: Partial<ServeOptions> = {}): Promise<Served> {
  const server = await serve({
    address: '127.0.0.40',
    accounts: [ALICE],
    computer: 'ONE',
    domain: 'LAB',
    scheme: 'NTLM',
    policy: POLICIES.standard,
    ...options,
  });
  up.push(server);
  return server;
}

export type Got = {
  readonly status: number; // 0: the connection was closed instead
  readonly challenges: readonly string[];
  readonly identity: string | null;
  readonly location: string | null;
};
const CLOSED: Got = { status: 0, challenges: [], identity: null, location: null };

/** Asks for `target` on one connection, or on a new one where that was closed. */
export function connected({ origin }: Served) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  up.unshift({ stop: async () => agent.destroy() });
  return (authorization: string | null = null, target = '/', field = 'authorization') =>
    new Promise<Got>((resolve) => {
      const headers = authorization === null ? {} : { [field]: authorization };
      get(`${origin}${target}`, { agent, headers, timeout: 5_000 }, (message) => {
        const { statusCode = 0, headers } = message;
        const [identity = null, location = null] = [headers['x-user'] as string, headers.location];
        const asked = headers['www-authenticate'] ?? headers['proxy-authenticate'];
        const challenges = [asked ?? []].flat().flatMap((value) => value.split(', '));
        message
          .resume()
          .once('end', () => resolve({ status: statusCode, challenges, identity, location }));
      }).once('error', () => resolve(CLOSED));
    });
}

export const ntlm = (bytes: Uint8Array) => `NTLM ${Buffer.from(bytes).toString('base64')}`;
export const nonceOf = ({ challenges }: Got) =>
  Buffer.from(ntlmToken(challenges)!.subarray(24, 32)).toString('hex');
export const basic = ({ user, password }: Account) =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
export type Ask = ReturnType<typeof connected>;

export const response = (
  account: Account,
  { challenges }: Got,
  options: AuthenticateOptions = {},
) => authenticate(account, NEGOTIATE, ntlmToken(challenges)!, options);

export async function handshake(ask: Ask, account: Account, target = '/') {
  return ask(ntlm(response(account, await ask(ntlm(NEGOTIATE), target))), target);
}
