/** The model as a server over TCP: its replies and its recording. */
import { afterEach, describe, expect, it } from 'vitest';
import { recorder } from '../../../conformance/serve/recorder.ts';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { ntlmServerConnection } from '../../../machines/ntlm/ntlm-server.ts';
import { POLICIES, type PolicyName } from '../../../machines/ntlm/policy.ts';
import {
  ALICE,
  basic,
  connected,
  handshake,
  NEGOTIATE,
  nonceOf,
  ntlm,
  response,
  served,
  stopAll,
  WRONG,
} from './support/asking.ts';

afterEach(stopAll);

describe('a server of NTLM', () => {
  it('asks for it, signs in who has the password, and knows the connection then', async () => {
    const ask = connected(await served());
    expect(await ask()).toMatchObject({ status: 401, challenges: ['NTLM'] });
    expect(await handshake(ask, ALICE)).toMatchObject({ status: 200, identity: 'alice' });
    expect(await ask()).toMatchObject({ status: 200, identity: 'alice' });
  });

  it.each([
    ['a wrong password', WRONG],
    ['a user without an account', { ...ALICE, user: 'mallory' }],
    ['a stranger with a password of his own', { ...WRONG, user: 'mallory' }],
    ['a name whose password is that of another', { ...ALICE, user: 'bob' }],
  ])('refuses %s', async (_, account) => {
    const server = await served({ accounts: [ALICE, { ...ALICE, user: 'bob', password: 'x' }] });
    expect((await handshake(connected(server), account)).status).toBe(401);
  });

  it('takes a response on no other connection than that of its challenge', async () => {
    const server = await served();
    const [one, two] = [connected(server), connected(server)];
    const proof = ntlm(response(ALICE, await one(ntlm(NEGOTIATE))));
    await two(ntlm(NEGOTIATE));
    expect((await two(proof)).status).toBe(401);
    expect((await one(proof)).status).toBe(200);
  });

  it('names no user if the page refuses the signed-in user', async () => {
    const routes = [{ prefix: '/own', page: { does: 'refuse' } }] as const;
    const ask = connected(await served({ routes }));
    await handshake(ask, ALICE);
    expect(await ask(null, '/own')).toMatchObject({ status: 401, identity: null });
  });

  it('makes a nonce for each handshake', async () => {
    const ask = connected(await served());
    const nonces = [await ask(ntlm(NEGOTIATE)), await ask(ntlm(NEGOTIATE))].map(nonceOf);
    expect(new Set(nonces).size).toBe(2);
  });

  it('has one for all where its challenges are static, and is no wiser for it', async () => {
    const server = await served({ defences: { ...DEFENCES, challenges: 'static' } });
    const [one, two] = [connected(server), connected(server)];
    const [first, second] = [await one(ntlm(NEGOTIATE)), await two(ntlm(NEGOTIATE))];
    expect(nonceOf(first)).toBe(nonceOf(second));
    expect((await two(ntlm(response(ALICE, first, { mic: 'none' })))).status).toBe(200);
  });

  it.each<[PolicyName, number]>([
    ['standard', 401], // a request in mid-handshake ends it
    ['modAuthGssapi', 200],
  ])('behaves as its policy %s has it', async (name, status) => {
    const ask = connected(await served({ policy: POLICIES[name] }));
    const proof = ntlm(response(ALICE, await ask(ntlm(NEGOTIATE))));
    await ask();
    expect((await ask(proof)).status).toBe(status);
  });

  it('is decided by the machine it is given', async () => {
    const machine = ntlmServerConnection.provide({
      guards: { isUnproven: () => false, isTamperedWith: () => false },
    });
    const ask = connected(await served({ machine }));
    expect((await handshake(ask, WRONG)).status).toBe(200);
  });

  it.each(['NTLM !', 'NTLM AAAA', 'NTLM', 'Basic "'])(
    'answers %s with 400, and goes on',
    async (bad) => {
      const ask = connected(await served());
      expect((await ask(bad)).status).toBe(400);
      expect((await handshake(ask, ALICE)).status).toBe(200);
    },
  );
});

describe('a server of Basic', () => {
  it('asks for it, and takes the right password alone, with each request', async () => {
    const ask = connected(await served({ scheme: 'Basic' }));
    expect(await ask()).toMatchObject({ challenges: ['Basic realm="double-hop"'] });
    expect(await ask(basic(ALICE))).toMatchObject({ status: 200, identity: 'alice' });
    const strangers = [
      { ...ALICE, user: 'bob' },
      { ...WRONG, user: 'bob' },
    ].map(basic);
    for (const other of [basic(WRONG), ...strangers, ntlm(NEGOTIATE), null])
      expect((await ask(other)).status).toBe(401);
  });
});

describe('a server of both', () => {
  it('offers NTLM first, and takes either', async () => {
    const ask = connected(await served({ scheme: 'both' }));
    expect((await ask()).challenges).toEqual(['NTLM', 'Basic realm="double-hop"']);
    expect((await ask(basic(ALICE))).status).toBe(200);
    expect((await ask()).status).toBe(401);
    expect((await handshake(ask, ALICE)).status).toBe(200);
  });
});

describe('a proxy', () => {
  it('says 407, in fields of its own', async () => {
    const server = await served({ isProxy: true });
    const ask = connected(server);
    expect(await ask()).toMatchObject({ status: 407, challenges: ['NTLM'] });
    expect((await ask(ntlm(NEGOTIATE))).challenges).toEqual(['NTLM']); // of the origin behind it
    const asked = await ask(ntlm(NEGOTIATE), '/', 'proxy-authorization');
    const proof = ntlm(response(ALICE, asked));
    expect((await ask(proof, '/', 'proxy-authorization')).status).toBe(200);
    expect(server.recording().connections).toMatchObject([{ isProxy: true }]);
  });
});

describe('its recording', () => {
  it('has everything that was said, in order, and in whose name', async () => {
    const server = await served();
    await handshake(connected(server), ALICE, '/page?for=alice');
    await server.stop();
    const { connections, observations } = server.recording();
    const [connection] = connections.map(({ id }) => id);
    expect(connections).toMatchObject([{ server: server.origin, isProxy: false }]);
    const request = { what: 'request', method: 'GET', target: '/page?for=alice', user: 'alice' };
    expect(observations).toMatchObject([
      { what: 'opened', connection },
      { ...request, authorization: ntlm(NEGOTIATE) },
      { what: 'reply', status: 401, authenticate: [expect.stringMatching(/^NTLM TlRMTVNTUA/)] },
      { ...request, authorization: expect.stringMatching(/^NTLM TlRMTVNTUA/) },
      { what: 'reply', status: 200, authenticate: [], location: null, identity: 'alice' },
      { what: 'closed', connection },
    ]);
  });

  it('has two servers in one where they share it', async () => {
    const shared = recorder('two servers');
    const servers = [await served({ recorder: shared }), await served({ recorder: shared })];
    for (const server of servers) await connected(server)();
    const { source, connections } = shared.recording();
    expect([source, connections.map(({ server }) => server)]).toEqual([
      'two servers',
      servers.map(({ origin }) => origin),
    ]);
    expect(new Set(connections.map(({ id }) => id)).size).toBe(2);
  });
});
