/** A fault that breaks a claim in a bounded system of a class breaks the proof for the class. */
import { describe, expect, it } from 'vitest';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { claimById } from '../../../properties/by-id.ts';
import type { Fault } from '../../../properties/claim.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';
import { GOLDENS } from '../../support/goldens.ts';

/** Whether a deployment is of the theorem's class of networks. */
function isOfClass({ network: { id } }: Theorem, { adversary, programs, hosts }: Deployment) {
  if (id === 'server') return true; // its claims are about each server alone
  if (adversary !== null || hosts.some(({ paths }) => paths.length > 0)) return false;
  const redirects = hosts.some(({ redirectsTo }) => redirectsTo !== null);
  if (id === 'pools') return programs.length > 0;
  if (id === 'redirects') return redirects;
  if (redirects || programs.length > 0 || id === 'ntlm-varied') return false; // `ntlm` is like it
  return id === 'mixed' || hosts.every(({ accepts }) => accepts === 'NTLM');
}

const BROKEN = FAULTS.flatMap((fault) =>
  THEOREMS.filter(
    (theorem) =>
      GOLDENS.faults[fault.id]?.[theorem.claim.id]?.verdict === 'violated' &&
      claimById(theorem.claim.id).kind === 'always' &&
      isOfClass(theorem, fault.deployment),
  ).map((theorem) => [fault, theorem] as const),
);

const QUICK = ['confinement', 'own-challenge-only'];

const obstacleWith = (fault: Fault, theorem: Theorem) =>
  prove(theorem, fault.inject(MACHINES)).obstacle;

describe('the proof', () => {
  it('is one of several that some fault breaks in a bounded system', () => {
    expect(BROKEN.length).toBeGreaterThan(12);
    expect(new Set(BROKEN.map(([, { claim }]) => claim)).size).toBeGreaterThan(6);
  });

  const rows = (isQuick: boolean) =>
    BROKEN.filter(([, { claim }]) => QUICK.includes(claim.id) === isQuick).map(
      ([fault, theorem]) =>
        [theorem.claim.id, theorem.network.id, fault.id, fault, theorem] as const,
    );
  const title = 'of %s for networks of %s falls with %s';
  const expectFallen = (fault: Fault, theorem: Theorem) =>
    expect(obstacleWith(fault, theorem)?.why).toBe('violated');

  it.each(rows(true))(title, (_claim, _network, _fault, fault, theorem) =>
    expectFallen(fault, theorem),
  );
  it.each(rows(false))(title, { tags: ['long'] }, (_claim, _network, _fault, fault, theorem) =>
    expectFallen(fault, theorem),
  );
});
