/**
 * Topology files of every shape that the schema has: hosts in a row that are proxies, middle tiers
 * and servers, users, programs, and adversaries on hosts, wires and accounts. Each claim that
 * applies gets a verdict, and theory is right wherever it predicts one.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
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

const row = [
  { name: 'front', accepts: 'Basic', callsOn: 'middle' },
  { name: 'middle', accepts: 'Basic', callsOn: 'web' },
  { name: 'web', accepts: 'NTLM' },
];
const fork = [
  { name: 'left', accepts: 'Basic', callsOn: 'middle' },
  { name: 'right', accepts: 'Basic', callsOn: 'middle' },
  ...row.slice(1),
];
const visiting = (name: string, ...visits: readonly string[]) => ({ name, visits });
const bounds = { connections: 1, challenges: 1, closing: false };

/** An adversary on the wire to the server that the user means. */
const onTheWire = (challenges: string, ...may: readonly string[]) => ({
  users: [visiting('alice', 'web')],
  hosts: [{ name: 'web', accepts: 'NTLM', defences: { challenges } }],
  adversary: { name: 'mallory', controls: ['alice>web'], may },
  bounds: { connections: 1, challenges: 1 },
});

/** An adversary that owns the only host, and nothing behind it. */
const atHome = (may: string) => ({
  users: [{ ...visiting('alice', 'evil'), password: 'weak' }],
  hosts: [{ name: 'evil', accepts: 'NTLM', defences: { challenges: 'static' } }],
  adversary: { name: 'mallory', controls: ['evil'], may: [may] },
  bounds: { ...bounds, closing: true },
});

/** What seeds found that theory did not know, and what is close to it: claim, verdict, file. */
const FOUND: Readonly<Record<string, readonly [string, string, object]>> = {
  'two users share the connections to a middle tier': [
    'reused-while-open',
    'violated',
    { users: [visiting('alice', 'front'), visiting('bob', 'front')], hosts: row, bounds },
  ],
  'one of them has a second way, which is shared too': [
    'reused-while-open',
    'violated',
    { users: [visiting('alice', 'left', 'right'), visiting('bob', 'right')], hosts: fork, bounds },
  ],
  'one of them only has connections of their own': [
    'reused-while-open',
    'violated',
    { users: [visiting('alice', 'front', 'middle'), visiting('bob', 'front')], hosts: row, bounds },
  ],
  'each has connections of their own to it': [
    'reused-while-open',
    'holds',
    { users: [visiting('alice', 'front'), visiting('bob', 'middle')], hosts: row, bounds },
  ],
  'each has a front end of their own before it': [
    'reused-while-open',
    'holds',
    { users: [visiting('alice', 'left'), visiting('bob', 'right')], hosts: fork, bounds },
  ],
  'a response to a static challenge is passed on': [
    'confinement',
    'holds',
    onTheWire('static', 'relay'),
  ],
  'the user whose response it is signs in to that server': [
    'agreement-with-holder',
    'holds',
    onTheWire('static', 'relay'),
  ],
  'a response to a static challenge is replayed': [
    'confinement',
    'violated',
    onTheWire('static', 'relay', 'replay'),
  ],
  'a response is replayed while its challenge is outstanding': [
    'confinement',
    'violated',
    onTheWire('fresh', 'relay', 'replay'),
  ],
  'an adversary chooses the challenge of its own host': [
    'no-secret-overheard',
    'violated',
    atHome('inject'),
  ],
  'an adversary has no challenge to choose': ['no-secret-overheard', 'holds', atHome('close')],
};

describe('theory and the model agree where', () => {
  it.each(Object.entries(FOUND))('%s', (name, [id, verdict, data]) => {
    const { topology, issues } = parseTopology(data, name);
    expect(issues).toEqual([]);
    const claim = CLAIMS.find((one) => one.id === id)!;
    const [deployment] = deploymentsOf(topology!);
    expect(claim.appliesTo(deployment!)).toBe(true);
    const found = [verdictOf(claim, deployment!), expectedVerdict(claim, deployment!)];
    expect(found).toEqual([verdict, verdict]);
  });

  it.each([1, 2])('%i challenges of one connection', (challenges) => {
    const file = { ...onTheWire('fresh', 'relay', 'replay'), bounds: { challenges } };
    const [deployment] = deploymentsOf(parseTopology(file, 'wire').topology!);
    const claim = CLAIMS.find(({ id }) => id === 'attack-is-refused')!;
    expect(claim.appliesTo(deployment!)).toBe(challenges > 1); // else none is another's
  });
});
