/** Certificates, and solvers that know nothing of this project. What is missing is said aloud. */
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { beforeAll, describe, expect, it } from 'vitest';
import z3Package from 'z3-solver/package.json' with { type: 'json' };
import { type Certificate, certificateOf } from '../../../checker/unbounded/certificate.ts';
import { ask, Z3_PACKAGE, z3Module } from '../../../cli/output/solver.ts';
import { inCi } from '../../../lab/requirements.ts';
import { type Proof, prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

/** In CI a missing solver is an error. */
const isInstalled = (command: string) =>
  inCi || spawnSync(command, ['--version']).error === undefined;
const HAS_Z3 = isInstalled('z3');
const HAS_CVC5 = isInstalled('cvc5');

const theorem = (claim: string, network: string) =>
  THEOREMS.find((some) => some.claim.id === claim && some.network.id === network)!;

describe('the certificate of confinement', () => {
  let proof: Proof;
  let honest: Certificate;
  beforeAll(() => {
    proof = prove(theorem('confinement', 'ntlm'));
    honest = certificateOf(proof.network);
  });

  it('asks for coverage, consecution and consistency, thousands of times', () => {
    expect(honest.expected.length).toBeGreaterThan(2_000);
    expect(new Set(honest.expected)).toEqual(new Set(['sat', 'unsat']));
    expect(honest.lines.filter((line) => line === '(check-sat)').length).toBe(
      honest.expected.length,
    );
  });

  it.runIf(HAS_Z3)('is right, says z3', () => {
    expect(ask('z3', honest)).toMatchObject({ wrong: 0, questions: honest.expected.length });
  });

  it.runIf(HAS_Z3)('is wrong, says z3, where one path is lost', () => {
    const losesPath = (nth: number) => nth === Math.floor(honest.paths / 2);
    const tampered = certificateOf(proof.network, { dropsAssumption: () => false, losesPath });
    expect(ask('z3', tampered).wrong).toBeGreaterThan(0);
  });

  it.runIf(HAS_Z3)('is wrong, says z3, where what is known of a credential is dropped', () => {
    const dropsAssumption = (formula: string) => formula.includes('client.exchange.credential');
    const tampered = certificateOf(proof.network, { dropsAssumption, losesPath: () => false });
    expect(ask('z3', tampered).wrong).toBeGreaterThan(0);
  });

  it.runIf(HAS_Z3)('is wrong, says z3, where a view knows what nothing justifies', () => {
    const { network } = prove(theorem('confinement', 'ntlm'));
    const view = [...network.views.values()].find(
      ({ same, kind }) => kind.label.startsWith('connection of a user') && same.size > 3,
    )!;
    view.same = new Map([...view.same, ['@client.host', '@client.server']]);
    expect(ask('z3', certificateOf(network)).wrong).toBeGreaterThan(0);
  });
});

describe("npm's z3-solver", () => {
  it('agrees with the proof of own-challenge-only, and not where one path is lost', () => {
    const { network } = prove(theorem('own-challenge-only', 'server'));
    const honest = certificateOf(network);
    const { length: questions } = honest.expected;
    expect(questions).toBeGreaterThan(300);
    expect(ask('z3-solver', honest)).toMatchObject({ wrong: 0, questions });
    const losesPath = (nth: number) => nth === Math.floor(honest.paths / 2);
    const tampered = certificateOf(network, { dropsAssumption: () => false, losesPath });
    expect(ask('z3-solver', tampered).wrong).toBeGreaterThan(0);
  });

  it('agrees with the proof of pool-keeps-apart for networks of pools, a text cut in many', {
    tags: 'long',
  }, () => {
    const certificate = certificateOf(prove(theorem('pool-keeps-apart', 'pools')).network);
    expect(certificate.lines.join('\n').length).toBeGreaterThan(20_000_000); // more than its stack
    expect(ask('z3-solver', certificate).wrong).toBe(0);
  });

  it('is asked for by the version that is tested, where it is not installed', () => {
    expect(Z3_PACKAGE).toBe(`z3-solver@${z3Package.version}`);
    expect(() => z3Module([tmpdir()])).toThrow(
      `the package is not installed; run \`npm install ${Z3_PACKAGE}\``,
    );
  });
});

describe.runIf(HAS_Z3)('z3', () => {
  it.each(THEOREMS.map(({ claim, network }) => [claim.id, network.id]))(
    'agrees with the proof of %s for networks of %s',
    { tags: 'long' },
    (claim, network) => {
      const certificate = certificateOf(prove(theorem(claim!, network!)).network);
      expect(ask('z3', certificate).wrong).toBe(0);
    },
  );
});

describe.runIf(HAS_Z3)('z3', () => {
  it.each([
    ['isAfter', 'challenge-accepted-once', 'server'],
    ['ownerOf', 'served-as-owner', 'pinned-proxies'],
    ['isForOwned', 'confinement', 'adversary-channel-binding'],
  ])(
    'objects where what is known by %s is dropped from %s for networks of %s',
    {
      tags: 'long',
    },
    (of, claim, network) => {
      const proof = prove(theorem(claim, network));
      const dropsAssumption = (formula: string) => formula.includes(`(${of} `);
      const tampered = certificateOf(proof.network, { dropsAssumption, losesPath: () => false });
      expect(ask('z3', tampered).wrong).toBeGreaterThan(0);
    },
  );
});

describe.runIf(HAS_CVC5)('cvc5', () => {
  it.each([
    ['confinement', 'ntlm'],
    ['double-hop-stops', 'ntlm'],
    ['own-challenge-only', 'server'],
    ['served-as-owner', 'ntlm'],
    ['challenge-accepted-once', 'server'],
    ['served-as-owner', 'pinned-proxies'],
  ])('agrees with the proof of %s for networks of %s', { tags: 'long' }, (claim, network) => {
    const certificate = certificateOf(prove(theorem(claim, network)).network);
    expect(ask('cvc5', certificate).wrong).toBe(0);
  });
});
