/** Each capability of an adversary puts on offer what it is a capability for, and nothing else. */
import { describe, expect, it } from 'vitest';
import { systemOf } from '../../machines/system/deployment.ts';
import { wireOf } from '../../machines/system/links.ts';
import {
  type Adversary,
  CAPABILITIES,
  type Capability,
  type Deployment,
} from '../../machines/system/topology.ts';
import { host, SMALL, user } from '../../properties/deployments/defaults.ts';
import { mallory } from '../../properties/deployments/with-adversary.ts';

/** Mallory owns a host that alice visits, and that calls on the mailbox server. */
const deployment = (adversary: Adversary, at: string | null = null): Deployment => ({
  name: 'capabilities',
  users: [user('alice', ['evil', 'mailbox'], { at })],
  hosts: [
    { ...host('evil', { callsOn: 'mailbox' }), accepts: 'NTLM' },
    { ...host('mailbox'), accepts: 'NTLM' },
  ],
  programs: [],
  adversary,
  bounds: { ...SMALL, closing: false },
});

const named = (from: Deployment, name: string) =>
  systemOf(from).find((part) => part.name === name)!;

const schemesIn = (from: Deployment) =>
  [...new Set(named(from, 'mallory').offers.map(({ type }) => type))].sort();

const closes = (from: Deployment, connection: string) =>
  named(from, wireOf(connection)).offers.some(({ type }) => type === 'wire.close');

const WITHOUT = ['adversary.unauthorized'];
const OWN_CALLS = ['adversary.ask', 'adversary.negotiate'];
const ON_OFFER: Readonly<Record<Capability, readonly string[]>> = {
  observe: [],
  replay: [...OWN_CALLS, 'adversary.replay'],
  redirect: ['adversary.redirect'],
  relay: ['adversary.relay'],
  reflect: [], // alice does not sit at the mailbox server
  strip: ['adversary.strip'],
  inject: [...OWN_CALLS, 'adversary.answer', 'adversary.inject'],
  close: [],
};

describe('the adversary', () => {
  it('without any capability can only answer 401', () => {
    expect(schemesIn(deployment(mallory(['evil'], [])))).toEqual(WITHOUT);
  });

  it.each(CAPABILITIES)('with %s alone can do only that as well', (capability) => {
    const schemes = schemesIn(deployment(mallory(['evil'], [capability])));
    expect(schemes).toEqual([...WITHOUT, ...ON_OFFER[capability]].sort());
  });

  it('can reflect, and not relay, where the victim sits at the server', () => {
    const sitting = deployment(mallory(['evil'], ['relay', 'reflect']), 'mailbox');
    expect(schemesIn(sitting)).toEqual(['adversary.reflect', ...WITHOUT]);
  });
});

describe('a wire', () => {
  const WIRE = 'alice>mailbox';

  it('can close where the adversary may close it, and nowhere else', () => {
    const cutting = deployment(mallory([WIRE], ['close']));
    expect(closes(cutting, `${WIRE}#1`)).toBe(true);
    expect(closes(cutting, 'alice>evil#1')).toBe(false);
    expect(closes(deployment(mallory([WIRE], ['observe'])), `${WIRE}#1`)).toBe(false);
  });

  it('is heard by an adversary that may observe, unless it has TLS', () => {
    const tapOf = (from: Deployment) => named(from, wireOf(`${WIRE}#1`)).ports.tap;
    const listening = deployment(mallory([WIRE], ['observe']));
    expect(tapOf(listening)).toEqual({ component: 'mallory', port: `${WIRE}#1` });
    expect(tapOf(deployment(mallory([WIRE], ['close'])))).toBeNull();
    const secured = {
      ...listening,
      hosts: listening.hosts.map((each) => ({ ...each, certificate: each.name })),
    };
    expect(tapOf(secured)).toBeNull();
  });
});
