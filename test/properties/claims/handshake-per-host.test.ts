/**
 * A client that keeps the state of a handshake for each host: over two connections its user never
 * signs in for certain; over one it differs in nothing from a client that keeps to the connection.
 */
import { describe, expect, it } from 'vitest';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { expectedVerdict } from '../../../properties/claim.ts';
import { signInCompletes } from '../../../properties/claims/liveness.ts';
import { sentencesOf } from '../../../story/sentences.ts';

function deploymentIn(data: object): Deployment {
  const { topology, issues } = parseTopology(data, 'per-host');
  expect(issues).toEqual([]);
  return deploymentsOf(topology!)[0]!;
}

const alice = (handshake: string, connections: number) => ({
  hosts: [{ name: 'web', accepts: 'NTLM' }],
  users: [{ name: 'alice', handshake }],
  bounds: { connections, challenges: 1 },
});

/** By claim: the verdict, and how much was searched. */
const resultsOf = (deployment: Deployment) =>
  CLAIMS.filter((claim) => claim.about === 'deployment' && claim.appliesTo(deployment)).map(
    (claim) => {
      const { verdict, states, transitions, depth } = checkClaim(claim, deployment, {
        statesMax: 100_000,
      });
      const expected = expectedVerdict(claim, deployment);
      return { claim: claim.id, verdict, expected, states, transitions, depth };
    },
  );

describe('a client whose handshakes belong to the host', () => {
  it('answers on one connection the challenge of the other, which the server refuses', () => {
    const deployment = deploymentIn(alice('host', 2));
    const { verdict, trace } = checkClaim(signInCompletes, deployment, { statesMax: 100_000 });
    expect([verdict, expectedVerdict(signInCompletes, deployment)]).toEqual([
      'violated',
      'violated',
    ]);
    const sentences = sentencesOf(trace!, deployment);
    const start = sentences.findIndex((sentence) => sentence.includes('AUTHENTICATE'));
    expect(sentences.slice(start, start + 4).join('\n')).toMatchInlineSnapshot(`
      "alice's browser sends an AUTHENTICATE_MESSAGE on connection 2 that answers the challenge that came on connection 1 with a response computed from alice's password.
      web receives an AUTHENTICATE_MESSAGE out of turn on connection 2 (its challenge was sent on connection 1) and responds 401 to alice.
      alice's browser receives 401 from web on connection 2 and asks alice for the password again.
      alice types their password; their browser sends the request again on connection 1, without credentials."
    `);
  });

  it('differs over one connection in nothing from one whose handshakes do not', () =>
    expect(resultsOf(deploymentIn(alice('host', 1)))).toEqual(
      resultsOf(deploymentIn(alice('connection', 1))),
    ));

  it('signs in for certain over two, where its handshakes belong to the connection', () => {
    const deployment = deploymentIn(alice('connection', 2));
    const { verdict } = checkClaim(signInCompletes, deployment, { statesMax: 100_000 });
    expect(verdict).toBe('holds');
  });

  it('changes nothing with Basic, which has no handshake', () => {
    const withBasic = (handshake: string) => ({
      ...alice(handshake, 2),
      hosts: [{ name: 'web', accepts: 'Basic' }],
    });
    expect(resultsOf(deploymentIn(withBasic('host')))).toEqual(
      resultsOf(deploymentIn(withBasic('connection'))),
    );
  });
});

const program = {
  hosts: [{ name: 'web', accepts: 'NTLM' }],
  users: ['alice', 'bob'].map((name) => ({ name, visits: [] })),
  programs: [
    {
      name: 'service',
      connectsTo: 'web',
      handshake: 'host',
      tasks: [{ ambientIdentity: 'alice' }, { ambientIdentity: 'bob' }],
    },
  ],
  bounds: { connections: 2, challenges: 1 },
};
const at = (policy: object, defences: object = {}) => ({
  ...alice('host', 2),
  hosts: [{ name: 'web', accepts: 'NTLM', policy, defences }],
});
const behind = (path: string) => ({
  hosts: [
    { name: 'portal', callsOn: 'web', paths: [path] },
    { name: 'web', accepts: 'NTLM' },
  ],
  users: [{ name: 'alice', handshake: 'host' }],
  bounds: { connections: 2, challenges: 1, closing: false },
});

describe('theory and the model agree of handshakes that move', () => {
  it.each<[string, object]>([
    ['at a server of the standard', alice('host', 2)],
    ['at one that a refused response poisons', at({ afterFailure: 'poisoned' })],
    ['at one that a response amid a sign-in poisons', at({ reauthentication: 'poison' })],
    [
      'at one that a challenge left behind poisons',
      at({ secondNegotiate: 'poison', requestMidway: 'allow' }),
    ],
    ['at one that signs in for one request', at({ persistence: 'request' })],
    ['at one with a static challenge', at({ afterFailure: 'poisoned' }, { challenges: 'static' })],
    ['in a program with two users', program],
    ['behind a proxy that pins', behind('pinned')],
  ])('%s', (_, data) => {
    const results = resultsOf(deploymentIn(data));
    expect(results.length).toBeGreaterThan(5);
    expect(
      results.filter(({ verdict, expected }) => expected !== null && verdict !== expected),
    ).toEqual([]);
  });
});
