/**
 * What theory says of clients without keep-alive, of names and of bindings behind proxies, against
 * the model: every claim about every such deployment has the verdict that theory expects.
 */
import { describe, expect, it } from 'vitest';
import { parseTopology } from '../../../cli/input/topology-data.ts';
import { deploymentsOf } from '../../../machines/system/topology.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { expectedVerdict } from '../../../properties/claim.ts';

const alice = { name: 'alice', keepAlive: false };
const bob = { name: 'bob' };
const web = (defences: object = {}) => ({ name: 'web', accepts: 'NTLM', defences });
const portal = (path: string, fields: object = {}) => ({
  name: 'portal',
  callsOn: 'web',
  paths: [path],
  ...fields,
});
const service = (keepAlive: boolean) => ({
  users: [
    { name: 'alice', visits: [] },
    { name: 'bob', visits: [] },
  ],
  programs: [
    {
      name: 'service',
      connectsTo: 'web',
      keepAlive,
      poolKey: ['origin'],
      tasks: [{ ambientIdentity: 'alice' }, { ambientIdentity: 'bob' }],
    },
  ],
  bounds: { challenges: 1 },
});

const named = (origin: string) => {
  const { programs, ...others } = service(true);
  const tasks = programs[0]!.tasks.map((task) => ({ ...task, origin }));
  return { ...others, programs: [{ ...programs[0]!, tasks }] };
};

const SHAPES: Readonly<Record<string, object>> = {
  'alice alone': { users: [alice], hosts: [web()] },
  'alice with Basic': { users: [alice], hosts: [{ name: 'web', accepts: 'Basic' }] },
  'alice beside bob': { users: [alice, bob], hosts: [web()] },
  'alice at a front end': {
    users: [alice],
    hosts: [{ name: 'front', accepts: 'Basic', callsOn: 'web' }, web()],
  },
  'alice behind a proxy that pins': { users: [alice], hosts: [portal('pinned'), web()] },
  'alice behind a proxy that pools': { users: [alice], hosts: [portal('pooled'), web()] },
  'alice behind a proxy that closes': { users: [alice], hosts: [portal('closing'), web()] },
  'a program that keeps a connection': { ...service(true), hosts: [web()] },
  'a program that keeps none': { ...service(false), hosts: [web()] },
  'a program whose URLs have another name': {
    ...named('intranet'),
    hosts: [web({ targetName: 'checked' })],
  },
  'a program whose URLs have a listed name': {
    ...named('intranet'),
    hosts: [{ ...web({ targetName: 'checked' }), names: ['intranet'] }],
  },
  'a server that lists another name only': {
    users: [bob],
    hosts: [{ ...web({ targetName: 'checked' }), names: ['other'] }],
  },
  'a client that does not trust its target name': {
    users: [{ ...bob, initiator: { trustsTarget: false } }],
    hosts: [portal('pinned'), web({ targetName: 'checked' })],
  },
  'an all-zero binding at a server with TLS': {
    users: [{ ...bob, initiator: { withoutChannel: 'zeroes' } }],
    hosts: [portal('pinned'), { ...web({ channelBinding: 'checkedIfPresent' }), certificate: 'w' }],
  },
  'an all-zero binding at a server without': {
    users: [{ ...bob, initiator: { withoutChannel: 'zeroes' } }],
    hosts: [portal('pinned'), web({ channelBinding: 'checkedIfPresent' })],
  },
};

describe('theory and the model agree of', () => {
  it.each(Object.entries(SHAPES))('%s', (name, data) => {
    const { topology, issues } = parseTopology(data, name);
    expect(issues).toEqual([]);
    const verdicts = deploymentsOf(topology!).flatMap((deployment) =>
      CLAIMS.filter((claim) => claim.about === 'deployment' && claim.appliesTo(deployment)).map(
        (claim) => {
          const { verdict } = checkClaim(claim, deployment, { statesMax: 50_000 });
          return { claim: claim.id, verdict, expected: expectedVerdict(claim, deployment) };
        },
      ),
    );
    expect(verdicts.length).toBeGreaterThan(0);
    expect(
      verdicts.filter(({ verdict, expected }) => expected !== null && verdict !== expected),
    ).toEqual([]);
  });
});
