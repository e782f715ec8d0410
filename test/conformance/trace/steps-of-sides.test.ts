/** The steps of each judged side, and the facts that observations carry to them. */
import { describe, expect, it } from 'vitest';
import { PATH } from '../../../conformance/terms/message-reader.ts';
import {
  asks,
  asksAtOnce,
  CLIENTS,
  type ClientRun,
  clientKey,
  clientRun,
  receives,
} from '../../../conformance/trace/client-run.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import { observationsOf } from '../../../conformance/trace/observations.ts';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { challenged, verdictOf } from './support/judging.ts';
import { ALICE, MISTYPED, making, recorded, SECRETS, SERVER } from './support/making.ts';

describe('a redirect', () => {
  const redirected = (location: string | null) => {
    const recording = recorded((c) => {
      c.bare();
      c.reply(302, [], null, location);
    });
    const reply = observationsOf(recording, SECRETS).seen.at(-1);
    return reply?.what === 'reply' ? reply.reply : null;
  };
  it.each([
    ['/elsewhere', { type: 'http.ok' }],
    [`${SERVER}/elsewhere`, { type: 'http.ok' }],
    [null, { type: 'http.ok' }],
    ['http://[', { type: 'http.ok' }],
    ['http://127.0.0.6/x', { type: 'http.redirect', to: 'http://127.0.0.6' }],
  ])('to %j leads elsewhere only if its host is another', (location, reply) => {
    expect(redirected(location)).toEqual(reply);
  });
});

describe('a page', () => {
  const servedAfter = (refused: string, served: string) =>
    recorded((c) => {
      c.bare(null, refused);
      c.unauthorized();
      c.bare(null, served);
      c.ok();
    });
  it('that was refused is not public, whatever its query', () => {
    expect(verdictOf(servedAfter('/a?x=1', '/a?x=2'), { sides: 'server' }).isBehaviour).toBe(false);
    expect(verdictOf(servedAfter('/a#x', '/a'), { sides: 'server' }).isBehaviour).toBe(false);
    expect(verdictOf(servedAfter('/a', '/b'), { sides: 'server' }).isBehaviour).toBe(true);
  });
  it('that was refused to credentials alone may be public', () => {
    const recording = recorded((c) => {
      c.basic(MISTYPED);
      c.reply(401, ['Basic realm="a"']);
      c.bare();
      c.ok();
    });
    expect(verdictOf(recording, { sides: 'server' }).isBehaviour).toBe(true);
  });
});

describe('the end of a connection', () => {
  const server = { sides: 'server', divergences: DIVERGENCES } as const;
  it('counts as a refusal only in place of one', () => {
    const instead = recorded((c) => {
      c.bare();
      c.unauthorized();
      c.authenticate(ALICE, Uint8Array.from(challengeElsewhere()));
      c.closed();
    });
    expect(verdictOf(instead, server).used).toEqual(['squid-closes']);
  });
  it.each<[string, Parameters<typeof recorded>[0]]>([
    ['a page', (c) => c.bare()],
    [
      'a challenge',
      (c) => {
        c.bare();
        c.unauthorized();
        c.negotiate();
      },
    ],
    ['nothing', () => {}],
  ])('is no refusal in place of %s', (_, act) => {
    const recording = recorded((c) => {
      act(c);
      c.closed();
      c.signsIn();
    });
    expect(verdictOf(recording, server).used).toEqual([]);
  });
});

function challengeElsewhere(): Uint8Array {
  let bytes = new Uint8Array();
  recorded((c) => {
    challenged(c);
    bytes = Uint8Array.from(c.challenge());
  });
  return bytes;
}

it('the reason for a refusal is that of the last response, not of one before it', () => {
  const recording = recorded((c) => {
    challenged(c);
    const first = c.challenge();
    c.authenticate(ALICE, first, { mic: 'corrupt' });
    c.unauthorized();
    c.authenticate(ALICE, first);
    c.ok();
  });
  expect(verdictOf(recording, { sides: 'server', policies: [POLICIES.standard] }).why).toBe(
    'on connection 1, 127.0.0.5:8081 answers 200, although no challenge of the connection was ' +
      'waiting for this response',
  );
});

describe('a handshake at once', () => {
  const divergences = DIVERGENCES.filter(({ implementation }) => implementation === 'curl');
  const client = { sides: 'client', divergences } as const;
  it('is not excused while a reply is due, or another message', () => {
    const waiting = recorded((c) => {
      c.bare();
      c.negotiate();
    });
    const midway = recorded((c) => {
      challenged(c);
      c.negotiate();
    });
    expect(verdictOf(waiting, client).isBehaviour).toBe(false);
    expect(verdictOf(midway, client).isBehaviour).toBe(false);
  });
  it('is not needed where the handshake has its 401, or there is none', () => {
    expect(
      verdictOf(
        recorded((c) => c.signsIn()),
        client,
      ).used,
    ).toEqual([]);
    const plain = recorded((c) => {
      c.bare();
      c.unauthorized();
      c.bare();
      c.unauthorized();
    });
    expect(verdictOf(plain, client)).toMatchObject({ isBehaviour: true, used: [] });
  });
});

const firstRun = () => {
  const connection = {
    ...{ id: 'c1', client: 'alice', server: SERVER, isProxy: false, number: 1 },
    ...({ mechanism: 'NTLM', spoken: 'NTLM' } as const),
  };
  const vantage = { machine: 'alice', target: SERVER, certificate: null };
  return clientRun(CLIENTS, connection, vantage, INITIATOR);
};

it('only a NEGOTIATE skips the request before it, on a connection that waits for nothing', () => {
  const owned = [{ user: 'alice', secret: { passwordOf: 'alice' } }];
  const first = firstRun();
  const negotiate = { type: 'NEGOTIATE_MESSAGE', path: PATH } as const;
  const bare = { type: 'http.request', path: PATH } as const;
  expect(asksAtOnce(first, negotiate, owned, null)).toHaveLength(1);
  expect(asksAtOnce(first, bare, owned, null)).toEqual([]);
  const waiting = asks(first, bare, owned, null).at(-1); // with alice's password
  expect(asksAtOnce(waiting!, negotiate, owned, null)).toEqual([]);
  const refused = receives(waiting!, { type: 'http.unauthorized' })!;
  expect(asksAtOnce(refused, negotiate, owned, 'alice')).toEqual([]);
});

it('runs of a client are told apart by the request that is due, and by the reply', () => {
  const run = firstRun();
  const others: readonly ClientRun[] = [
    { ...run, isWaiting: true },
    { ...run, out: { type: 'http.request', path: 'mailbox' } },
  ];
  for (const other of others) expect(clientKey(other)).not.toBe(clientKey(run));
  expect(clientKey({ ...run })).toBe(clientKey(run));
});

it('the policies of a recording are those that fit all of its servers', () => {
  const maker = making();
  const [first, second] = [maker.on('alice'), maker.on('alice', 'http://127.0.0.6:8081')];
  challenged(first);
  first.authenticate(MISTYPED);
  first.unauthorized();
  first.authenticate(ALICE);
  first.ok(); // the challenge stays usable
  second.signsIn();
  second.negotiate();
  second.ok(); // the header is ignored
  const { policies, servers } = verdictOf(maker.recording(), { sides: 'server' });
  const [one, other] = servers.map((server) => server.policies);
  expect(policies.length).toBeGreaterThan(0);
  expect(policies.length).toBeLessThan(Math.min(one!.length, other!.length));
  expect(policies).toEqual(one!.filter((policy) => other!.includes(policy)));
});
