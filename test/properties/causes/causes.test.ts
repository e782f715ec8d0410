/** Which step gave a user away, in one sentence, and the field of the topology that allows it. */
import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../../machines/system/topology.ts';
import { user } from '../../../properties/deployments/defaults.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import * as mixed from '../../../properties/deployments/mixed-shapes.ts';
import * as plain from '../../../properties/deployments/plain.ts';
import * as adversary from '../../../properties/deployments/with-adversary.ts';
import { poolWithout } from '../../../properties/deployments/with-pools.ts';
import * as proxies from '../../../properties/deployments/with-proxies.ts';
import { causeAt, causeIn } from './cause-in.ts';

describe('the cause of a wrong user', () => {
  it('is the step in which the proxy used the connection of another user', () => {
    expect(causeAt('served-as-owner', proxies.POOLING_PROXY)).toEqual({
      step: 24,
      sentence:
        "proxy sends bob's request to mailbox over the connection on which alice signed in, " +
        'because the path of proxy sends each request over any free connection.',
      field: 'hosts[proxy].paths[0]: pooled',
    });
  });

  it('is the path that pools, where another one pins', () => {
    expect(causeAt('served-as-owner', proxies.TWO_PATHS_ONE_POOLED)?.field).toBe(
      'hosts[proxy].paths[1]: pooled',
    );
    expect(causeAt('served-as-owner', mixed.TWO_PROXIES)).toMatchObject({
      sentence: expect.stringMatching(/^second sends bob's request to mailbox over the connection/),
      field: 'hosts[second].paths[0]: pooled',
    });
  });

  it('is a pool key without a component in which the requests differ', () => {
    expect(causeAt('pool-keeps-apart', poolWithout('ambientIdentity'))).toEqual({
      step: 8,
      sentence:
        'service sends the request with ambientIdentity bob to mailbox over the connection on ' +
        'which it had signed in for one with ambientIdentity alice, because its pool key does ' +
        'not compare ambientIdentity.',
      field: 'programs[service].poolKey: without ambientIdentity',
    });
  });

  it('is a front end that keeps a sign-in which its page refuses', () => {
    expect(causeAt('served-as-owner', mixed.POOL_KEPT_AT_FRONT_END)).toEqual({
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
    expect(causeAt('confinement', topology)).toEqual({
      step: 16,
      sentence: `${RELAYED} ${because}`,
      field,
    });
  });

  it('is what the adversary knows, where it needs no user', () => {
    expect(causeAt('confinement', adversary.STOLEN_HASH)).toEqual({
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
    const { sentence, field } = causeIn('confinement', deployment)!;
    expect(field).not.toBeNull();
    expect(sentence).toContain('mallory');
  });
});

describe('the cause of a password where it should not be', () => {
  it('is the sign-in by Basic that leaves it', () => {
    expect(causeIn('confinement', deploymentOf(plain.ARTICLE, 'Basic'))).toEqual({
      step: 6,
      sentence:
        "frontEnd signs in to mailbox as alice, with alice's password, because a sign-in of " +
        'alice by Basic leaves the password with frontEnd.',
      field: 'hosts[frontEnd].logonMethod: ClearText',
    });
    expect(causeIn('password-stays-secret', deploymentOf(plain.ARTICLE, 'Basic'))).toEqual({
      step: 5,
      sentence:
        "alice's browser sends alice's password to frontEnd, because frontEnd accepts Basic, " +
        'which sends the password with each request.',
      field: 'hosts[frontEnd].accepts: Basic',
    });
  });

  it('is a weak password', () => {
    expect(causeAt('no-secret-overheard', adversary.OVERHEARD_WEAK)).toEqual({
      step: 8,
      sentence:
        'mallory receives a response of alice and guesses the password from it, because ' +
        "alice's password is weak.",
      field: 'users[alice].password: weak',
    });
  });
});
