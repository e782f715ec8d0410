/** The summary of a deployment names each setting that is not the default, and no other. */
import { describe, expect, it } from 'vitest';
import { DEFENCES, type Defences, HARDENED } from '../../../machines/ntlm/acceptor.ts';
import { INITIATOR, type Initiator, LEGACY } from '../../../machines/ntlm/initiator.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { host, SMALL, user } from '../../../properties/deployments/defaults.ts';
import { SHIPPED } from '../../../properties/deployments/shipped.ts';
import { boundsOf, summaryOf } from '../../../properties/deployments/summary.ts';

const shipped = (name: string): string =>
  SHIPPED.filter((topology) => topology.name === name)
    .flatMap(deploymentsOf)
    .map(summaryOf)
    .join('\n');

describe('the summary', () => {
  it.each([
    ['direct-link', 'alice -> frontEnd (NTLM) -> mailbox (NTLM); alice -> mailbox (NTLM)'],
    [
      'relay',
      'alice -> evil (NTLM) -> mailbox (NTLM); alice -> mailbox (NTLM); ' +
        'mallory, the adversary, controls evil, may relay',
    ],
    [
      'relay-channel-binding',
      'alice -> evil (NTLM, TLS) -> mailbox (NTLM, TLS, channel binding required); ' +
        'alice -> mailbox (NTLM); mallory, the adversary, controls evil, may relay',
    ],
    [
      'relay-shared-certificate',
      'alice -> evil (NTLM, TLS as "mailbox") -> ' +
        'mailbox (NTLM, TLS as "mailbox", channel binding required); alice -> mailbox (NTLM); ' +
        'mallory, the adversary, controls evil, may relay',
    ],
    [
      'static-challenge',
      'alice -> mailbox (NTLM, static challenges); ' +
        'mallory, the adversary, controls alice>mailbox, may observe, replay',
    ],
    [
      'reflection',
      'alice (at workstation) -> evil (NTLM) -> workstation (NTLM); alice -> workstation (NTLM); ' +
        'mallory, the adversary, controls evil, may reflect',
    ],
    ['pooling-proxy', 'alice, bob -> proxy (proxy, pooled) -> mailbox (NTLM)'],
    ['curl-like-pool', 'service (program, 6 tasks, full pool key) -> mailbox (NTLM)'],
    [
      'curl-like-pool-no-credentials',
      'service (program, 2 tasks, pool key without credentials) -> mailbox (NTLM)',
    ],
    [
      'redirect',
      'alice -> frontEnd (Basic, redirects to mailbox); alice -> mailbox (Basic)\n' +
        'alice -> frontEnd (NTLM, redirects to mailbox); alice -> mailbox (NTLM)',
    ],
  ])('of %s is %s', (name, line) => {
    expect(shipped(name)).toBe(line);
  });
});

const alone = (defences: Defences, initiator: Initiator = INITIATOR): Deployment => ({
  name: 'x',
  users: [user('alice', ['mailbox'], { initiator })],
  hosts: [{ ...host('mailbox', { defences }), accepts: 'NTLM' }],
  programs: [],
  adversary: null,
  bounds: SMALL,
});

describe('whatever sets a deployment apart shows:', () => {
  it('a server that is hardened, in one word', () => {
    expect(summaryOf(alone(HARDENED))).toBe('alice -> mailbox (NTLM, hardened)');
  });

  it('NTLMv1, which has no place for more', () => {
    expect(summaryOf(alone(DEFENCES, LEGACY))).toBe('alice (NTLMv1) -> mailbox (NTLM)');
  });

  const usual = summaryOf(alone(DEFENCES));

  it.each([
    { challenges: 'static' },
    { timestamp: 'leftOut' },
    { ntlmv1: 'allowed' },
    { lmResponse: 'accepted' },
    { serverName: 'ignored' },
    { serverName: 'required' },
    { channelBinding: 'checkedIfPresent' },
    { channelBinding: 'required' },
    { targetName: 'checked' },
    { mic: 'ignored' },
    { loopback: 'checked' },
  ] as const satisfies readonly Partial<Defences>[])('a server with %o', (defence) => {
    const line = summaryOf(alone({ ...DEFENCES, ...defence }));
    expect(line).not.toBe(usual);
    expect(line).toMatch(/^alice -> mailbox \(NTLM, [A-Za-z0-9 ]+\)$/);
  });

  it.each([
    { bindsChannel: false },
    { sendsMic: false },
    { trustsTarget: false },
    { dropsFlags: false },
    { afterLapse: 'repeats' },
  ] as const satisfies readonly Partial<Initiator>[])('a client with %o', (trait) => {
    const line = summaryOf(alone(DEFENCES, { ...INITIATOR, ...trait }));
    expect(line).toMatch(/^alice \([A-Za-z -]+\) -> mailbox \(NTLM\)$/);
  });
});

it('bounds are a sentence, also where there is one of a kind', () => {
  expect(boundsOf({ ...SMALL, challenges: 1, connections: 2 })).toBe(
    'Bounds: 2 connections a pair, 1 challenge before it repeats, pages mailbox, ' +
      'no wrong passwords, connections close.',
  );
});
