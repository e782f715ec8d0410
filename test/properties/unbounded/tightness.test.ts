/**
 * What a theorem supposes is needed: without it, its proof falls. So do the proofs that rest on
 * functions of names where these are left out.
 *
 * @module-tag long
 */
import { describe, expect, it } from 'vitest';
import type { Fixed } from '../../../properties/unbounded/abstraction.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';

const theoremOf = (claim: string, network: string): Theorem =>
  THEOREMS.find((some) => some.claim.id === claim && some.network.id === network)!;

/** The theorem with some settings fixed otherwise. */
const otherwise = (theorem: Theorem, { defences, initiator, ...rest }: Fixed): Theorem => ({
  ...theorem,
  fixed: {
    ...theorem.fixed,
    ...rest,
    defences: { ...theorem.fixed.defences, ...defences },
    initiator: { ...theorem.fixed.initiator, ...initiator },
  },
});

const withoutFunctions = (theorem: Theorem): Theorem => ({ ...theorem, functions: [] });

const expectFallen = (theorem: Theorem) => expect(prove(theorem).obstacle?.why).toBe('violated');

describe('confinement against adversaries', () => {
  const bound = theoremOf('confinement', 'adversary-channel-binding');
  const targeted = theoremOf('confinement', 'adversary-target-name');

  it.each<[string, Theorem, Fixed]>([
    ['the binding is ignored', bound, { defences: { channelBinding: 'ignored' } }],
    ['LM responses are accepted', bound, { defences: { lmResponse: 'accepted' } }],
    ['NTLMv1 is allowed', bound, { defences: { ntlmv1: 'allowed' } }],
    [
      'names are checked and LM responses accepted',
      targeted,
      { defences: { lmResponse: 'accepted' } },
    ],
    ['names are checked and NTLMv1 allowed', targeted, { defences: { ntlmv1: 'allowed' } }],
    ['the target name is not checked', targeted, { defences: { targetName: 'unchecked' } }],
    ['clients flag the name as unverified', targeted, { initiator: { trustsTarget: false } }],
  ])('is not proved where %s', (_, theorem, fixed) => {
    expectFallen(otherwise(theorem, fixed));
  });

  it('is not proved where nothing is known of who has a certificate', () => {
    expectFallen(withoutFunctions(bound));
  });
});

describe('served-as-owner behind proxies', () => {
  const pinned = theoremOf('served-as-owner', 'pinned-proxies');

  it('is not proved where they do not pin', () => {
    const { network } = pinned;
    const examples = () =>
      network.examples().map((deployment) => ({
        ...deployment,
        hosts: deployment.hosts.map((host) =>
          host.paths.length === 0 ? host : { ...host, paths: ['pooled'] as const },
        ),
      }));
    expectFallen({ ...pinned, network: { ...network, examples } });
  });

  it('is not proved where nothing is known of who has a connection', () => {
    expectFallen(withoutFunctions(pinned));
  });
});

describe('challenge-accepted-once', () => {
  const once = theoremOf('challenge-accepted-once', 'server');

  it.each<[string, Theorem]>([
    ['challenges are static', otherwise(once, { defences: { challenges: 'static' } })],
    ['serials restart', otherwise(once, { restart: true })],
    ['nothing is known of which serial comes after another', withoutFunctions(once)],
  ])('is not proved where %s', (_, theorem) => expectFallen(theorem));
});
