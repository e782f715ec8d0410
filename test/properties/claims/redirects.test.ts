/** Redirects: a password stays where it was typed, unless a browser takes it along. */
import { describe, expect, it } from 'vitest';
import { MACHINES, systemOf } from '../../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf, type Host } from '../../../machines/system/topology.ts';
import { checkClaim } from '../../../properties/check.ts';
import { deadlockFree } from '../../../properties/claims/reachable.ts';
import {
  passwordStaysInItsSpace,
  redirectIsFollowed,
} from '../../../properties/claims/redirects.ts';
import { host, user } from '../../../properties/deployments/defaults.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import {
  REDIRECT,
  REDIRECT_BY_ADVERSARY,
  REDIRECT_TO_ADVERSARY,
  REDIRECTING,
} from '../../../properties/deployments/with-redirects.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';

const LIMITS = { statesMax: 50_000 };
const machinesWith = FAULTS.find(({ id }) => id === 'credentials-follow-redirect')!.inject;

describe.each(
  [...REDIRECTING, REDIRECT_BY_ADVERSARY]
    .flatMap(deploymentsOf)
    .map((each) => [each.name, each] as const),
)('%s', (_, deployment) => {
  it('leaves passwords with whom they were typed for', () => {
    expect(checkClaim(passwordStaysInItsSpace, deployment, LIMITS).verdict).toBe('holds');
  });

  it('is followed, and the other host asks for a sign-in of its own', () => {
    const { verdict, trace } = checkClaim(redirectIsFollowed, deployment, LIMITS);
    expect(verdict).toBe('witnessed');
    const heard = trace!.flatMap(({ deliveries }) => deliveries.map(({ event }) => event.type));
    expect(heard).toContain('browser.navigated');
  });

  // The adversary may send on to the very connection that waits to be sent to it. Each redirect
  // then waits for the other, until one of the two connections closes.
  it('never deadlocks, even if no connection closes and there is no adversary', () => {
    const always = { ...deadlockFree, appliesTo: () => true };
    for (const closing of deployment.adversary === null ? [true, false] : [true]) {
      const bounds = { ...deployment.bounds, closing };
      expect(checkClaim(always, { ...deployment, bounds }, LIMITS).verdict).toBe('holds');
    }
  });
});

describe('credentials that follow a redirect', () => {
  const carrying = (deployment: Deployment) =>
    checkClaim(passwordStaysInItsSpace, deployment, {
      ...LIMITS,
      machines: machinesWith(MACHINES),
    });

  it.each([
    ['to a host that the adversary does not control', REDIRECT],
    ['to the adversary', REDIRECT_TO_ADVERSARY],
  ])('reach a host they were not typed for, with Basic: %s', (_, topology) => {
    const { verdict, trace } = carrying(deploymentOf(topology, 'Basic'));
    expect([verdict, trace?.length]).toEqual(['violated', 7]);
  });

  it.each([REDIRECT, REDIRECT_TO_ADVERSARY])('are never seen there with NTLM', (topology) => {
    expect(carrying(deploymentOf(topology, 'NTLM')).verdict).toBe('holds');
  });
});

describe('a redirect that no user could follow', () => {
  const building = (hosts: readonly Host[], visits: readonly string[]) => () =>
    systemOf(deploymentOf({ ...REDIRECT, compare: [], hosts, users: [user('alice', visits)] }));
  const basic = (name: string, options: Partial<Host> = {}) =>
    host(name, { accepts: 'Basic', ...options });

  it('is refused where the user has no browser for the other host', () => {
    const hosts = [basic('frontEnd', { redirectsTo: 'mailbox' }), basic('mailbox')];
    expect(building(hosts, ['frontEnd'])).toThrow(
      'frontEnd redirects alice to mailbox, for which alice has no browser',
    );
    expect(building(hosts, ['frontEnd', 'mailbox'])).not.toThrow();
  });

  it('is refused where it leads nowhere, or in a circle', () => {
    expect(building([basic('frontEnd', { redirectsTo: 'mailbox' })], ['frontEnd'])).toThrow(
      'frontEnd redirects to mailbox, and no host is',
    );
    expect(building([basic('frontEnd', { redirectsTo: 'frontEnd' })], ['frontEnd'])).toThrow(
      'redirects go in a circle at frontEnd',
    );
  });

  it('is refused where a host that redirects calls on another, or is called on', () => {
    const calling = basic('frontEnd', { redirectsTo: 'mailbox', callsOn: 'mailbox' });
    expect(building([calling, basic('mailbox')], ['frontEnd', 'mailbox'])).toThrow(
      'frontEnd redirects every request, so it cannot call on mailbox',
    );
    const called = [
      basic('frontEnd', { callsOn: 'middle' }),
      basic('middle', { redirectsTo: 'mailbox' }),
      basic('mailbox'),
    ];
    expect(building(called, ['frontEnd'])).toThrow(
      'frontEnd calls on middle, which redirects: only browsers follow',
    );
  });
});
