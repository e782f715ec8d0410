/** Why a claim is violated: the step, one sentence, and the field of the topology that allows it. */
import { describe, expect, it } from 'vitest';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment, Topology } from '../../../machines/system/topology.ts';
import { claimById } from '../../../properties/by-id.ts';
import { pathText } from '../../../properties/causes/cause.ts';
import { causeOf } from '../../../properties/causes/cause-of.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Fault } from '../../../properties/claim.ts';
import { user } from '../../../properties/deployments/defaults.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ASSUMES_PERSISTENCE } from '../../../properties/deployments/lapsing.ts';
import * as mixed from '../../../properties/deployments/mixed-shapes.ts';
import * as plain from '../../../properties/deployments/plain.ts';
import * as adversary from '../../../properties/deployments/with-adversary.ts';
import { poolWithout } from '../../../properties/deployments/with-pools.ts';
import * as proxies from '../../../properties/deployments/with-proxies.ts';
import { faultCalled } from '../../../properties/faults/faults.ts';

function cause(id: string, deployment: Deployment, fault: Fault | null = null) {
  const machines = fault?.inject(MACHINES) ?? MACHINES;
  const result = checkClaim(claimById(id), deployment, { statesMax: 1_000_000, machines });
  const found = causeOf(result, fault);
  if (found === null) return null;
  const { step, sentence, allowedBy } = found;
  const field = allowedBy === null ? null : `${pathText(allowedBy.path)}: ${allowedBy.value}`;
  return { step, sentence, field };
}

const of = (id: string, topology: Topology) => cause(id, deploymentOf(topology));

describe('the cause of a wrong user', () => {
  it('is the step in which the proxy used the connection of another user', () => {
    expect(of('served-as-owner', proxies.POOLING_PROXY)).toEqual({
      step: 24,
      sentence:
        "proxy sends bob's request to mailbox over the connection on which alice signed in, " +
        'because the path of proxy sends each request over any free connection.',
      field: 'hosts[proxy].paths[0]: pooled',
    });
  });

  it('is the path that pools, where another one pins', () => {
    expect(of('served-as-owner', proxies.TWO_PATHS_ONE_POOLED)?.field).toBe(
      'hosts[proxy].paths[1]: pooled',
    );
    expect(of('served-as-owner', mixed.TWO_PROXIES)).toMatchObject({
      sentence: expect.stringMatching(/^second sends bob's request to mailbox over the connection/),
      field: 'hosts[second].paths[0]: pooled',
    });
  });

  it('is a pool key without a component in which the requests differ', () => {
    expect(of('pool-keeps-apart', poolWithout('ambientIdentity'))).toEqual({
      step: 8,
      sentence:
        'service sends the request with ambientIdentity bob to mailbox over the connection on ' +
        'which it had signed in for one with ambientIdentity alice, because its pool key does ' +
        'not compare ambientIdentity.',
      field: 'programs[service].poolKey: without ambientIdentity',
    });
  });

  it('is a front end that keeps a sign-in which its page refuses', () => {
    expect(of('served-as-owner', mixed.POOL_KEPT_AT_FRONT_END)).toEqual({
      step: 15,
      sentence:
        "service sends bob's request to frontEnd over the connection on which alice signed in, " +
        "because frontEnd kept alice's sign-in after its page had refused alice.",
      field: 'hosts[frontEnd].policy.onPageRefusal: keep',
    });
  });
});

describe('the cause of an accepted attack', () => {
  const RELAYED =
    'mallory sends mailbox a response that alice computed to sign in to evil, and mailbox ' +
    'accepts it, because';

  it.each([
    [
      adversary.RELAY_OVER_TLS,
      'mailbox ignores the channel binding.',
      'hosts[mailbox].defences.channelBinding: ignored',
    ],
    [
      adversary.BINDING_NOT_SENT,
      'the response has no channel binding, and mailbox does not require one.',
      'hosts[mailbox].defences.channelBinding: checkedIfPresent',
    ],
    [
      adversary.RELAY_SHARED_CERTIFICATE,
      'evil and mailbox share a certificate, so that the channel binding fits.',
      'hosts[evil].certificate: mailbox',
    ],
    [
      adversary.RELAY,
      'mailbox does not check the target name, evil.',
      'hosts[mailbox].defences.targetName: unchecked',
    ],
    [
      adversary.TARGET_UNVERIFIED,
      "alice's client flags the target name as unverified, so mailbox skips its check.",
      'users[alice].initiator.trustsTarget: false',
    ],
  ])('is the check that is missing: $name', (topology, because, field) => {
    expect(of('confinement', topology)).toEqual({
      step: 16,
      sentence: `${RELAYED} ${because}`,
      field,
    });
  });

  it('is what the adversary knows, where it needs no user', () => {
    expect(of('confinement', adversary.STOLEN_HASH)).toEqual({
      step: 4,
      sentence:
        "mallory signs in to mailbox as alice, with alice's password, because mallory knows " +
        "alice's password, or its hash, from the start.",
      field: 'adversary.knows: [alice]',
    });
  });

  it('is the way by which the adversary learned the password that it uses', () => {
    const deployment: Deployment = {
      ...deploymentOf(adversary.OVERHEARD_WEAK),
      users: [user('alice', ['mailbox'], { password: 'weak' })],
      adversary: { ...adversary.OVERHEARD_WEAK.adversary!, may: ['relay', 'inject', 'observe'] },
    };
    const { sentence, field } = cause('confinement', deployment)!;
    expect(field).not.toBeNull();
    expect(sentence).toContain('mallory');
  });
});

describe('the cause of a password where it should not be', () => {
  it('is the sign-in by Basic that leaves it', () => {
    expect(cause('confinement', deploymentOf(plain.ARTICLE, 'Basic'))).toEqual({
      step: 6,
      sentence:
        "frontEnd signs in to mailbox as alice, with alice's password, because a sign-in of " +
        'alice by Basic leaves the password with frontEnd.',
      field: 'hosts[frontEnd].logonMethod: ClearText',
    });
    expect(cause('password-stays-secret', deploymentOf(plain.ARTICLE, 'Basic'))).toEqual({
      step: 5,
      sentence:
        "alice's browser sends alice's password to frontEnd, because frontEnd accepts Basic, " +
        'which sends the password with each request.',
      field: 'hosts[frontEnd].accepts: Basic',
    });
  });

  it('is a weak password', () => {
    expect(of('no-secret-overheard', adversary.OVERHEARD_WEAK)).toEqual({
      step: 8,
      sentence:
        'mallory receives a response of alice and guesses the password from it, because ' +
        "alice's password is weak.",
      field: 'users[alice].password: weak',
    });
  });
});

describe('where a run gets stuck', () => {
  it('is said by the server that refuses each response', () => {
    expect(of('proxy-lets-through', proxies.BOUND_BEHIND_PROXY)).toEqual({
      step: 0,
      sentence:
        "From the initial state on, mailbox refuses alice's response each time, because the " +
        'response is bound to the TLS channel of the certificate proxy, and mailbox has the ' +
        'certificate mailbox.',
      field: 'hosts[proxy].certificate: proxy',
    });
  });

  it('is said by the connection on which no handshake can be completed', () => {
    expect(of('proxy-lets-through', proxies.CLOSING_PROXY)).toEqual({
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
    expect(cause('reused-while-open', deployment)).toMatchObject({
      sentence: expect.stringMatching(
        /^After step \d+, mailbox answers every message on the connection from alice with 401 each time, because a wrong response leaves that connection useless at mailbox\.$/,
      ),
      field: 'hosts[mailbox].policy.afterFailure: poisoned',
    });
  });
});

describe('what repeats for ever', () => {
  it('is the double hop: the next server refuses an anonymous response', () => {
    expect(cause('sign-in-completes', deploymentOf(plain.ARTICLE, 'NTLM'))).toEqual({
      step: 29,
      sentence:
        'Steps 11 to 38 repeat for ever: mailbox refuses the anonymous response of frontEnd, ' +
        'because a sign-in at frontEnd leaves it a token and no password.',
      field: 'hosts[frontEnd].accepts: NTLM',
    });
  });

  it('is a logon that keeps no password', () => {
    expect(of('sign-in-completes', plain.NETWORK_LOGON)).toMatchObject({
      sentence:
        'Steps 7 to 12 repeat for ever: mailbox refuses frontEnd, which has no password to ' +
        'send, because a sign-in at frontEnd leaves it a token and no password.',
      field: 'hosts[frontEnd].logonMethod: Network',
    });
  });

  it('is a client that takes its sign-in to last', () => {
    expect(of('sign-in-completes', ASSUMES_PERSISTENCE)).toMatchObject({
      sentence:
        "Steps 12 to 13 repeat for ever: alice's browser sends the request again after each 401 " +
        "from mailbox, and does not sign in again, because alice's client takes every sign-in " +
        'to last.',
      field: 'users[alice].initiator.afterLapse: repeats',
    });
  });

  it('is the use of the one connection that another request waits for, which no field decides', () => {
    expect(of('every-request-completes', proxies.POOLING_PROXY_BASIC)).toEqual({
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
    expect(cause('sign-in-completes', deployment)).toMatchObject({
      sentence: expect.stringMatching(
        /mailbox receives alice's response over a connection that has no challenge, because alice's client closes its connection after each reply\.$/,
      ),
      field: 'users[alice].keepAlive: false',
    });
  });
});

describe('with a fault,', () => {
  const faulty = (id: string, name: string) => {
    const fault = faultCalled(name);
    return cause(id, fault.deployment, fault);
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
    expect(cause(id, deployment, faultCalled('any-password'))).toEqual(cause(id, deployment));
  });
});
