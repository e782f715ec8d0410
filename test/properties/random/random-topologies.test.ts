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
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { type Claim, expectedVerdict } from '../../../properties/claim.ts';
import { policy } from '../../../properties/random/random-deployments.ts';

const SEED = Number(process.env.DOUBLE_HOP_SEED ?? 20_261_130);
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

const NAMES = ['h1', 'h2', 'h3'];
const paths = fc.array(fc.constantFrom('pinned', 'pooled', 'closing'), {
  minLength: 1,
  maxLength: 2,
});
/** Of the acceptors of NTLM. */
const policies = fc.oneof(
  fc.constant({}),
  fc.record({ policy: fc.oneof(policy, fc.constantFrom(...Object.keys(POLICIES))) }),
);
const accepting = fc.oneof(
  { weight: 3, arbitrary: policies.map((part) => ({ accepts: 'NTLM', ...part })) },
  {
    weight: 2,
    arbitrary: fc.record({
      accepts: fc.constant('Basic'),
      logonMethod: fc.constantFrom('ClearText', 'Network'),
    }),
  },
);
const tls = fc.constantFrom({}, {}, { certificate: 'shared' });
const check = fc.constantFrom('ignored', 'checkedIfPresent', 'required');
const defences = fc.oneof(
  fc.constantFrom({}, {}, {}, { defences: 'hardened' }, { defences: { ntlmv1: 'allowed' } }),
  fc.record({
    defences: fc.record(
      {
        challenges: fc.constantFrom('fresh', 'static'),
        timestamp: fc.constantFrom('sent', 'leftOut'),
        ntlmv1: fc.constantFrom('refused', 'allowed'),
        lmResponse: fc.constantFrom('ignored', 'accepted'),
        serverName: check,
        channelBinding: check,
        targetName: fc.constantFrom('unchecked', 'checked'),
        mic: fc.constantFrom('ignored', 'checkedIfFlagged'),
        loopback: fc.constantFrom('unchecked', 'checked'),
      },
      { requiredKeys: [] },
    ),
  }),
);
const named = fc.constantFrom({}, {}, {}, { names: ['portal', 'h1', 'h2', 'h3'] });
/** What a user's client does; a default where it is left out. */
const initiator = fc.oneof(
  fc.constantFrom({}, {}, { version: 'NTLMv1' }, { afterLapse: 'repeats' }),
  fc.record(
    {
      version: fc.constantFrom('NTLMv1', 'NTLMv2'),
      bindsChannel: fc.boolean(),
      withoutChannel: fc.constantFrom('leavesOut', 'zeroes'),
      sendsMic: fc.boolean(),
      trustsTarget: fc.boolean(),
      dropsFlags: fc.boolean(),
      afterLapse: fc.constantFrom('authenticates', 'repeats'),
    },
    { requiredKeys: [] },
  ),
);

/** One host of the row: a proxy, or one that accepts users itself. The last is no proxy. */
const host = fc.oneof(
  { weight: 2, arbitrary: fc.record({ paths }) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(accepting, tls, defences, named)
      .map((parts) => Object.assign({}, ...parts) as object),
  },
);
const last = fc
  .tuple(accepting, tls, defences, named)
  .map((parts) => Object.assign({}, ...parts) as object);

const file = fc
  .record({
    hosts: fc.array(host, { maxLength: 2 }),
    last,
    redirects: fc.boolean(),
    users: fc.integer({ min: 1, max: 2 }),
    direct: fc.boolean(),
    poolKey: fc.constantFrom(null, null, null, ['origin'], ['ambientIdentity']),
    controls: fc.constantFrom(null, null, null, 'alice>h1', 'alice>h1', 'h1', 'h1>h2', 'bob'),
    may: fc.oneof(
      fc.constant(['relay']),
      fc.subarray(
        ['relay', 'reflect', 'observe', 'replay', 'strip', 'inject', 'redirect', 'close'],
        { minLength: 1, maxLength: 3 },
      ),
    ),
    initiator,
    keepAlive: fc.constantFrom(true, true, true, true, false),
    at: fc.constantFrom(null, null, null, 'h1'),
    password: fc.constantFrom('strong', 'strong', 'weak'),
    wrongPasswords: fc.boolean(),
    closing: fc.boolean(),
    handshake: fc.constantFrom('connection', 'connection', 'host'),
    connections: fc.constantFrom(1, 2),
  })
  .map((made) => {
    const row = [...made.hosts, made.last].map((options, i, all) => ({
      name: NAMES[i],
      ...options,
      ...(i + 1 < all.length ? { callsOn: NAMES[i + 1] } : {}),
    }));
    const end = row.at(-1)!.name;
    const door = made.redirects && made.poolKey === null;
    const visits = [...(door ? ['door'] : []), 'h1', ...(made.direct && end !== 'h1' ? [end] : [])];
    const names = ['alice', 'bob'].slice(0, made.users);
    return {
      hosts: [...row, ...(door ? [{ name: 'door', accepts: 'NTLM', redirectsTo: 'h1' }] : [])],
      users: names.map((name, i) => ({
        name,
        visits: made.poolKey !== null && i === 1 ? [] : visits,
        initiator: made.initiator,
        handshake: made.handshake,
        keepAlive: made.keepAlive,
        password: made.password,
        ...(made.at === null ? {} : { at: made.at }),
      })),
      ...(made.poolKey === null
        ? {}
        : {
            programs: [
              {
                name: 'gateway',
                connectsTo: 'h1',
                poolKey: made.poolKey,
                handshake: made.handshake,
                keepAlive: made.keepAlive,
                tasks: names.map((ambientIdentity) => ({ ambientIdentity })),
              },
            ],
          }),
      ...(made.controls === null
        ? {}
        : {
            adversary: {
              name: made.controls === 'bob' ? 'bob' : 'mallory',
              controls: [made.controls],
              may: made.may,
            },
          }),
      bounds: {
        connections: made.handshake === 'host' ? made.connections : 1,
        challenges: 1,
        pages: ['mailbox'],
        wrongPasswords: made.wrongPasswords,
        closing: made.closing,
      },
    };
  });

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
  for (const data of fc.sample(file, { seed: SEED, numRuns: TOPOLOGIES })) {
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
