/** How a deployment with reverse proxies is put together, wherever on the way they stand. */
import { describe, expect, it } from 'vitest';
import { search } from '../../checker/search.ts';
import { monitor } from '../../machines/system/component.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf, type Host } from '../../machines/system/topology.ts';
import { host, user } from '../../properties/deployments/defaults.ts';
import { PINNED_PROXY } from '../../properties/deployments/with-proxies.ts';
import { happened, hasHappened } from '../../properties/monitors/witnesses.ts';

const ALICE = user('alice', ['proxy']);

const deployment = (hosts: readonly Host[], users = [ALICE], connections = 1): Deployment =>
  deploymentsOf({
    ...PINNED_PROXY,
    hosts,
    users,
    bounds: { ...PINNED_PROXY.bounds, connections },
  })[0]!;

const find = (of: Deployment, name: string) => systemOf(of).find((one) => one.name === name)!;

const PROXY = host('proxy', { callsOn: 'mailbox', paths: ['pinned', 'pooled'] });
const MAILBOX = host('mailbox', { accepts: 'NTLM' });

describe('a reverse proxy', () => {
  const proxied = deployment([PROXY, MAILBOX], [ALICE, user('bob', ['proxy'])]);

  it('has downstreams and no pages, and accepts what the host behind it does', () => {
    expect(systemOf(proxied).map(({ name, machine }) => `${name}: ${machine.id}`)).toEqual([
      'alice@proxy: browser',
      'alice>proxy#1/client: ntlmClientConnection',
      'alice>proxy#1/wire: wire',
      'alice>proxy#1/server: downstreamConnection',
      'bob@proxy: browser',
      'bob>proxy#1/client: ntlmClientConnection',
      'bob>proxy#1/wire: wire',
      'bob>proxy#1/server: downstreamConnection',
      'proxy>mailbox#1/client: upstreamConnection',
      'proxy>mailbox#1/wire: wire',
      'proxy>mailbox#1/server: ntlmServerConnection',
      'proxy>mailbox#1/page: mailbox',
    ]);
  });

  it('lets its connections in by one path after the other', () => {
    const paths = (of: Deployment, ...names: readonly string[]) =>
      names.map((name) => (find(of, `${name}/server`).input as { upstream: string }).upstream);
    expect(paths(proxied, 'alice>proxy#1', 'bob>proxy#1')).toEqual(['pinned', 'pooled']);
    const two = deployment([PROXY, MAILBOX], [ALICE], 2);
    expect(paths(two, 'alice>proxy#1', 'alice>proxy#2')).toEqual(['pinned', 'pooled']);
  });

  it('is not whom its clients mean to reach', () => {
    for (const name of ['alice@proxy', 'alice>proxy#1/client'])
      expect(find(proxied, name).input).toMatchObject({ server: 'mailbox' });
  });
});

describe('a user reads the mailbox, and nothing is ever deadlock,', () => {
  const served = (of: Deployment, connection: string) => {
    const witness = monitor('witness', happened, { what: 'served', connections: [connection] });
    return search([...systemOf(of), witness], [hasHappened], { statesMax: 50_000 });
  };

  it.each([
    [
      'through a proxy before another',
      [
        host('proxy', { callsOn: 'inner', paths: ['pinned'] }),
        { ...PROXY, name: 'inner' },
        MAILBOX,
      ],
      'inner>mailbox#1',
    ],
    [
      'through a proxy before a front end',
      [
        host('proxy', { callsOn: 'frontEnd', paths: ['pooled'] }),
        host('frontEnd', { accepts: 'Basic', callsOn: 'mailbox' }),
        MAILBOX,
      ],
      'frontEnd>mailbox#1',
    ],
    [
      'through a front end before a proxy',
      [
        host('frontEnd', { accepts: 'Basic', callsOn: 'proxy' }),
        host('proxy', { callsOn: 'mailbox', paths: ['pinned'] }),
        MAILBOX,
      ],
      'proxy>mailbox#1',
    ],
  ])('%s', (_, hosts, connection) => {
    const of = deployment(hosts, [user('alice', [hosts[0]!.name])]);
    const { witnessed, deadlock } = served(of, connection);
    expect(witnessed.has('witnessed')).toBe(true);
    expect(deadlock).toBeNull();
  });
});
