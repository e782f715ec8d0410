/**
 * @ewsjs/ntlm-client, which is only a codec. This file decides about requests and connections: one
 * connection for each user and origin, and one handshake for a 401 on that connection.
 */
import { Agent } from 'node:http';
import type { Socket } from 'node:net';
import codec from '@ewsjs/ntlm-client';
import type { Account } from '../../../conformance/codec/initiate.ts';
import { type Client, type Visit, type VisitOutcome, withinTime } from '../client.ts';
import { type Reply, replyTo, versionOf, WORKSTATION } from './npm-packages.ts';

export const ewsjs: Client = {
  name: '@ewsjs/ntlm-client',
  use: 'its codec; the requests and connections are ours',
  conduct: 'ours',
  negotiatesAtOnce: false,
  needs: [],
  version: () => versionOf('@ewsjs/ntlm-client'),
  run: async (visits) => {
    const agents = new Map<string, Agent>();
    const agentOf = ({ user, url }: Visit) => {
      const key = `${user} ${new URL(url).origin}`;
      const agent = agents.get(key) ?? new Agent({ keepAlive: true, maxSockets: 1 });
      agents.set(key, agent);
      return agent;
    };
    const outcomes: VisitOutcome[] = [];
    for (const visit of visits) outcomes.push(await withinTime(made(visit, agentOf(visit))));
    for (const agent of agents.values()) agent.destroy();
    return outcomes;
  },
};

async function made({ url, account }: Visit, agent: Agent): Promise<VisitOutcome> {
  const first = await replyTo(url, agent, null);
  const last =
    first.status === 401 && account !== null ? await signedIn(account, first.socket) : first;
  return { status: last.status, trouble: null };

  async function signedIn({ user, password, domain }: Account, on: Socket): Promise<Reply> {
    const second = await replyTo(url, agent, codec.createType1Message(WORKSTATION, domain), on);
    const [asked = ''] = second.challenges;
    if (second.status !== 401 || !/^NTLM \S/.test(asked)) return second;
    const challenge = codec.decodeType2Message(asked);
    const type3 = codec.createType3Message(challenge, user, password, WORKSTATION, domain);
    return replyTo(url, agent, type3, on);
  }
}
