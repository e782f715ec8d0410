/**
 * Topology files of every shape that the schema has: hosts in a row that are proxies, middle tiers
 * and servers, users, programs, and adversaries on hosts, wires and accounts. Each claim that
 * applies gets a verdict, and theory is right wherever it predicts one.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { MachineError } from '../../../checker/model/table.ts';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import { filesOf, PARTS, SEED } from './support/topology-files.ts';

const STATES_MAX = 6_000;
const TOPOLOGIES = 300;
/** Claims that apply wherever an honest server is. */
const ALWAYS = [
  'confinement',
  'agreement-with-holder',
  'served-as-owner',
  'password-stays-secret',
  'deadlock-free',
];

/** Null: too large to exhaust here, or more responses than the adversary keeps. */
function verdictOf(claim: Claim, deployment: Deployment): string | null {
  try {
    return checkClaim(claim, deployment, { statesMax: STATES_MAX }).verdict;
  } catch (error) {
    if (error instanceof LimitReached || error instanceof MachineError) return null;
    throw error;
  }
}

it(`gives ${TOPOLOGIES} random topologies a verdict of every claim that applies, as theory predicts`, () => {
  const wrong: object[] = []; // verdicts that theory does not predict
  const tally = new Map<string, number>();
  const count = (what: string) => tally.set(what, (tally.get(what) ?? 0) + 1);
  for (const data of fc.sample(filesOf(PARTS), { seed: SEED, numRuns: TOPOLOGIES })) {
    const { topology, issues } = parseTopology(data, 'random');
    count(topology === null ? 'refused' : 'read');
    if (topology === null) {
      for (const { message } of issues) count(`refused: ${message.replace(/"[^"]*"/g, '"…"')}`);
      continue;
    }
    for (const deployment of deploymentsOf(topology)) {
      const own = CLAIMS.filter(
        (claim) => claim.about === 'deployment' && claim.appliesTo(deployment),
      );
      const ids = own.map(({ id }) => id);
      const isLost = deployment.hosts.every(
        ({ name, paths }) => paths.length > 0 || deployment.adversary?.controls.includes(name),
      );
      if (!isLost) expect(ids).toEqual(expect.arrayContaining(ALWAYS));
      for (const claim of own) {
        const verdict = verdictOf(claim, deployment);
        count(`${claim.id}: ${verdict ?? 'too large'}`);
        if (verdict === null) break; // so it is for the other claims
        const expected = expectedVerdict(claim, deployment);
        if (verdict === null || expected === null) continue;
        count('predicted');
        if (verdict !== expected) wrong.push({ claim: claim.id, verdict, expected, data });
      }
    }
  }
  if (process.env.DOUBLE_HOP_TALLY)
    console.log(tally, wrong.map((w) => JSON.stringify(w)).join('\n'));
  expect(wrong).toEqual([]);
  const atLeast = (what: string, least: number) =>
    expect([what, (tally.get(what) ?? 0) >= least]).toEqual([what, true]);
  atLeast('read', TOPOLOGIES / 3);
  for (const id of ['confinement', 'served-as-owner', 'password-stays-secret'])
    for (const verdict of ['holds', 'violated']) atLeast(`${id}: ${verdict}`, 2);
});
