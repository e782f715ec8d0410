/** Where a run gets stuck, what repeats for ever, and what an injected fault makes possible. */
import { describe, expect, it } from 'vitest';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { user } from '../../../properties/deployments/defaults.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ASSUMES_PERSISTENCE } from '../../../properties/deployments/lapsing.ts';
import * as plain from '../../../properties/deployments/plain.ts';
import * as proxies from '../../../properties/deployments/with-proxies.ts';
import { faultCalled } from '../../../properties/faults/faults.ts';
import { causeAt, causeIn } from './cause-in.ts';

describe('where a run gets stuck', () => {
  it('is said by the server that refuses each response', () => {
    expect(causeAt('proxy-lets-through', proxies.BOUND_BEHIND_PROXY)).toEqual({
      step: 0,
      sentence:
        "From the initial state on, mailbox refuses alice's response each time, because the " +
        'response is bound to the TLS channel of the certificate proxy, and mailbox has the ' +
        'certificate mailbox.',
      field: 'hosts[proxy].certificate: proxy',
    });
  });

  it('is said by the connection on which no handshake can be completed', () => {
    expect(causeAt('proxy-lets-through', proxies.CLOSING_PROXY)).toEqual({
      step: 0,
      sentence:
        "From the initial state on, mailbox receives alice's response over a connection that " +
        'has no challenge each time, because the path of proxy sends each request over any ' +
        'free connection, and closes it after the reply.',
      field: 'hosts[proxy].paths[0]: closing',
    });
  });

  it('is a connection that a mistyped password made useless', () => {
    const deployment: Deployment = {
      ...deploymentOf(plain.SINGLE),
      hosts: deploymentOf(plain.SINGLE).hosts.map((host) => ({
        ...host,
        policy: POLICIES.modAuthGssapi,
      })),
    };
    expect(causeIn('reused-while-open', deployment)).toMatchObject({
      sentence: expect.stringMatching(
        /^After step \d+, .* from alice with 401 each time, because a wrong response leaves/,
      ),
      field: 'hosts[mailbox].policy.afterFailure: poisoned',
    });
  });
});

describe('what repeats for ever', () => {
  it('is the double hop: the next server refuses an anonymous response', () => {
    expect(causeIn('sign-in-completes', deploymentOf(plain.ARTICLE, 'NTLM'))).toEqual({
      step: 29,
      sentence:
        'Steps 11 to 38 repeat for ever: mailbox refuses the anonymous response of frontEnd, ' +
        'because a sign-in at frontEnd leaves it a token and no password.',
      field: 'hosts[frontEnd].accepts: NTLM',
    });
  });

  it('is a logon that keeps no password', () => {
    expect(causeAt('sign-in-completes', plain.NETWORK_LOGON)).toMatchObject({
      sentence:
        'Steps 7 to 12 repeat for ever: mailbox refuses frontEnd, which has no password to ' +
        'send, because a sign-in at frontEnd leaves it a token and no password.',
      field: 'hosts[frontEnd].logonMethod: Network',
    });
  });

  it('is a client that takes its sign-in to last', () => {
    expect(causeAt('sign-in-completes', ASSUMES_PERSISTENCE)).toMatchObject({
      sentence:
        "Steps 12 to 13 repeat for ever: alice's browser sends the request again after each 401 " +
        "from mailbox, and does not sign in again, because alice's client takes every sign-in " +
        'to last.',
      field: 'users[alice].initiator.afterLapse: repeats',
    });
  });

  it('is the use of the one connection that another request waits for, which no field decides', () => {
    expect(causeAt('every-request-completes', proxies.POOLING_PROXY_BASIC)).toEqual({
      step: 9,
      sentence:
        "Steps 10 to 15 repeat for ever: alice's request waits at proxy for a connection to " +
        "mailbox, because bob's requests take it each time.",
      field: null,
    });
  });

  it('is a client that closes its connection between the messages of the handshake', () => {
    const deployment: Deployment = {
      ...deploymentOf(plain.SINGLE),
      users: [user('alice', ['mailbox'], { keepAlive: false, initiator: INITIATOR })],
    };
    expect(causeIn('sign-in-completes', deployment)).toMatchObject({
      sentence: expect.stringMatching(
        /no challenge, because alice's client closes its connection after each reply\.$/,
      ),
      field: 'users[alice].keepAlive: false',
    });
  });
});

describe('with a fault,', () => {
  const faulty = (id: string, name: string) => {
    const fault = faultCalled(name);
    return causeIn(id, fault.deployment, fault);
  };

  it('the cause is what the fault replaces', () => {
    expect(faulty('double-hop-stops', 'token-keeps-password')).toEqual({
      step: 15,
      sentence:
        'mailbox authenticates alice over a connection of frontEnd, to which a sign-in leaves ' +
        'no password, because of the fault token-keeps-password, in the action bindUser of ' +
        'ntlmServerConnection: an NTLM sign-in leaves the password with the server.',
      field: null,
    });
    expect(faulty('served-as-owner', 'pin-is-shared')?.sentence).toBe(
      "proxy sends bob's request to mailbox over the connection on which alice signed in, " +
        'because of the fault pin-is-shared, in the guard isFreeFor of upstreamConnection: the ' +
        "proxy sends a client's request over a connection pinned to another client.",
    );
    expect(faulty('deadlock-free', 'never-free')?.sentence).toBe(
      'After step 4, no step is possible: no request is under way, and no client takes another, ' +
        'because of the fault never-free, in the guard isFreeFor of ntlmClientConnection: the ' +
        'client never reuses an open connection.',
    );
  });

  it.each([
    ['served-as-owner', proxies.POOLING_PROXY],
    ['proxy-lets-through', proxies.CLOSING_PROXY],
    ['sign-in-completes', proxies.CLOSING_PROXY],
  ])('a violation of %s that happens without it has its own cause', (id, topology) => {
    const deployment = deploymentOf(topology);
    expect(causeIn(id, deployment, faultCalled('any-password'))).toEqual(causeIn(id, deployment));
  });
});
