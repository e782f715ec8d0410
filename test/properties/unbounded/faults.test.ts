/** A fault that breaks a claim in a bounded system of a class breaks the proof for the class. */
import { describe, expect, it } from 'vitest';
import { MACHINES, type Machines } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { claimById } from '../../../properties/by-id.ts';
import { checkClaim } from '../../../properties/check.ts';
import type { Fault } from '../../../properties/claim.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { TARGET_CHECKED } from '../../../properties/deployments/with-adversary.ts';
import { faultIn } from '../../../properties/faults/fault.ts';
import { FAULTS } from '../../../properties/faults/faults.ts';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS, type Theorem } from '../../../properties/unbounded/theorems.ts';
import { GOLDENS } from '../../support/goldens.ts';
import { isMeant, withAccount } from './support/classes.ts';

/** A proof for the varied networks takes long: of each claim, one fault is tried there. */
const VARIED: Readonly<Record<string, string>> = {
  confinement: 'token-keeps-password',
  'double-hop-stops': 'anonymous-accepted',
};
const isTried = ({ claim, network }: Theorem, { id }: Fault) =>
  network.id !== 'ntlm-varied' || VARIED[claim.id] === id;

const BROKEN = FAULTS.flatMap((fault) =>
  THEOREMS.filter(
    (theorem) =>
      isTried(theorem, fault) &&
      GOLDENS.faults[fault.id]?.[theorem.claim.id]?.verdict === 'violated' &&
      claimById(theorem.claim.id).kind === 'always' &&
      isMeant(theorem, withAccount(fault.deployment)),
  ).map((theorem) => [fault, theorem] as const),
);

const QUICK = ['confinement of ntlm', 'confinement of redirects'];
const isQuick = ({ claim, network }: Theorem) =>
  network.id === 'server' || QUICK.includes(`${claim.id} of ${network.id}`);

const unchecked = (deployment: Deployment): Fault =>
  faultIn('ntlmServerConnection')(
    {
      id: 'target-not-compared',
      what: 'the server never compares the target name',
      seenIn: null,
      deployment,
    },
    { guards: { isMeantForAnother: () => false } },
  );

const obstacleWith = (fault: Fault, theorem: Theorem) =>
  prove(theorem, fault.inject(MACHINES)).obstacle;

describe('the proof', () => {
  it('is one of several that some fault breaks in a bounded system', () => {
    expect(BROKEN.length).toBeGreaterThan(16);
    expect(new Set(BROKEN.map(([, { claim }]) => claim)).size).toBeGreaterThan(6);
  });

  const rows = (quick: boolean) =>
    BROKEN.filter(([, theorem]) => isQuick(theorem) === quick).map(
      ([fault, theorem]) =>
        [theorem.claim.id, theorem.network.id, fault.id, fault, theorem] as const,
    );
  const title = 'of %s for networks of %s falls with %s';
  const expectFallen = (fault: Fault, theorem: Theorem) =>
    expect(obstacleWith(fault, theorem)?.why).toBe('violated');

  it('is one of each of these networks', () => {
    const ids = BROKEN.map(([, { claim, network }]) => `${claim.id} of ${network.id}`);
    expect(ids).toContain('confinement of adversary-channel-binding');
    expect(ids).toContain('served-as-owner of pinned-proxies');
    expect(ids).toContain('challenge-accepted-once of server');
  });

  it('of confinement falls with a target name that is never compared, as a bounded system does', {
    tags: ['long'],
  }, () => {
    const theorem = THEOREMS.find(({ network }) => network.id === 'adversary-target-name')!;
    const fault = unchecked(deploymentOf(TARGET_CHECKED));
    expect(isMeant(theorem, withAccount(fault.deployment))).toBe(true);
    const limits = { statesMax: 100_000, stopAtViolation: true };
    const check = (machines: Machines) =>
      checkClaim(theorem.claim, fault.deployment, { ...limits, machines }).verdict;
    expect(check(MACHINES)).toBe('holds');
    expect(check(fault.inject(MACHINES))).toBe('violated');
    expectFallen(fault, theorem);
  });

  it.each(rows(true))(title, (_claim, _network, _fault, fault, theorem) =>
    expectFallen(fault, theorem),
  );
  it.each(rows(false))(title, { tags: ['long'] }, (_claim, _network, _fault, fault, theorem) =>
    expectFallen(fault, theorem),
  );
});
