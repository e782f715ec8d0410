/** A correct client of our own, with one deliberate fault. */
import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import { authenticate, negotiate } from '../../../conformance/codec/initiate.ts';
import { ntlmToken, parseChallenges } from '../../../conformance/http/challenges.ts';
import {
  type Client,
  type Visit,
  type VisitOutcome,
  withinTime,
} from '../../../lab/clients/client.ts';
import { replyTo } from '../../../lab/clients/software/npm-packages.ts';

export const CLIENT_FAULTS = {
  none: 'does it right',
  sharesConnections: 'uses the connections of one user for another',
  carriesPasswords: 'sends the credentials of one origin to another',
  resends: 'answers with the response that it has computed before',
  insists: 'begins again where it was refused',
} as const;

export type ClientFault = keyof typeof CLIENT_FAULTS;

const NEGOTIATE = negotiate();
const HANDSHAKES_MAX = 3; // of a client that insists
const ntlm = (bytes: Uint8Array) => `NTLM ${Buffer.from(bytes).toString('base64')}`;

export const careless = (fault: ClientFault): Client => ({
  name: `one that ${CLIENT_FAULTS[fault]}`,
  use: 'ours',
  conduct: 'its own',
  negotiatesAtOnce: false,
  needs: [],
  version: async () => 'none',
  run: async (visits) => {
    const agents = new Map<string, Agent>();
    const agentOf = ({ user, url }: Visit) => {
      const key = `${fault === 'sharesConnections' ? '' : user} ${new URL(url).origin}`;
      const agent = agents.get(key) ?? new Agent({ keepAlive: true, maxSockets: 1 });
      agents.set(key, agent);
      return agent;
    };
    const kept: string[] = []; // responses
    const outcomes: VisitOutcome[] = [];
    for (const visit of visits) outcomes.push(await withinTime(made(visit, agentOf, kept, fault)));
    for (const agent of agents.values()) agent.destroy();
    return outcomes;
  },
});

async function made(
  visit: Visit,
  agentOf: (visit: Visit) => Agent,
  kept: string[],
  fault: ClientFault,
): Promise<VisitOutcome> {
  const { url, account } = visit;
  const ask = (authorization: string | null, on?: Socket) =>
    replyTo(url, agentOf(visit), authorization, on);
  let reply = await ask(null);
  const schemes = () => parseChallenges(reply.challenges).map(({ scheme }) => scheme);
  const times = fault === 'insists' ? HANDSHAKES_MAX : 1;
  for (let n = 0; n < times && account !== null && schemes().includes('ntlm'); n++) {
    const { challenges, socket } = await ask(ntlm(NEGOTIATE), reply.socket);
    const challenge = ntlmToken(challenges);
    if (challenge === null) break;
    const own = ntlm(authenticate(account, NEGOTIATE, challenge));
    kept.push(own);
    reply = await ask(fault === 'resends' ? kept[0]! : own, socket);
  }
  if (account !== null && schemes().includes('basic')) {
    const pair = Buffer.from(`${account.user}:${account.password}`).toString('base64');
    reply = await ask(`Basic ${pair}`);
  }
  const { status, location } = reply;
  if (location === null) return { status, trouble: null };
  const carried = fault === 'carriesPasswords' ? account : null;
  return made({ ...visit, url: location, account: carried }, agentOf, kept, fault);
}
