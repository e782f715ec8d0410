/** Random deployments with an adversary: any defences, any client, up to three capabilities. */
import fc from 'fast-check';
import type { Defences } from '../../machines/ntlm/acceptor.ts';
import type { Initiator } from '../../machines/ntlm/initiator.ts';
import type { Capability, Deployment } from '../../machines/system/topology.ts';
import { host, SMALL, user } from '../deployments/defaults.ts';
import { mallory } from '../deployments/with-adversary.ts';
import { record } from './random-deployments.ts';

const check = fc.constantFrom('ignored' as const, 'checkedIfPresent' as const, 'required' as const);

const defences: fc.Arbitrary<Defences> = record<Defences>({
  challenges: fc.constantFrom('fresh', 'fresh', 'fresh', 'static'),
  timestamp: fc.constantFrom('sent', 'sent', 'leftOut'),
  ntlmv1: fc.constantFrom('refused', 'allowed'),
  lmResponse: fc.constantFrom('ignored', 'ignored', 'accepted'),
  serverName: check,
  channelBinding: check,
  targetName: fc.constantFrom('unchecked', 'checked'),
  mic: fc.constantFrom('ignored', 'checkedIfFlagged'),
  loopback: fc.constantFrom('unchecked', 'checked'),
});

const initiator: fc.Arbitrary<Initiator> = record<Initiator>({
  version: fc.constantFrom('NTLMv2', 'NTLMv2', 'NTLMv2', 'NTLMv1'),
  bindsChannel: fc.boolean(),
  withoutChannel: fc.constantFrom('leavesOut', 'zeroes'),
  sendsMic: fc.boolean(),
  trustsTarget: fc.boolean(),
  dropsFlags: fc.boolean(),
  afterLapse: fc.constant('authenticates'),
});

const certificate = fc.constantFrom(null, 'evil', 'mailbox');
const capabilities: readonly Capability[] = ['relay', 'reflect', 'replay', 'strip', 'inject'];

/** Alice visits mallory's host, which calls on the mailbox server. */
export const withAdversary: fc.Arbitrary<Deployment> = fc
  .record({
    defences,
    initiator,
    evil: certificate,
    mailbox: fc.constantFrom(null, 'mailbox'),
    names: fc.constantFrom(['mailbox'], ['mailbox'], ['portal'], ['mailbox', 'evil']),
    may: fc.subarray([...capabilities], { minLength: 1, maxLength: 3 }),
    at: fc.constantFrom(null, null, 'mailbox'),
    password: fc.constantFrom('strong' as const, 'strong' as const, 'weak' as const),
    knows: fc.constantFrom<readonly string[]>([], [], [], ['alice']),
  })
  .map(({ defences, initiator, evil, mailbox, names, may, at, password, knows }) => ({
    name: 'generated',
    users: [user('alice', ['evil'], { initiator, at, password })],
    hosts: [
      { ...host('evil', { callsOn: 'mailbox', certificate: evil }), accepts: 'NTLM' },
      {
        ...host('mailbox', { certificate: mailbox, defences, names }),
        accepts: 'NTLM',
      },
    ],
    programs: [],
    adversary: mallory(['evil'], may, knows),
    bounds: { ...SMALL, closing: false },
  }));
