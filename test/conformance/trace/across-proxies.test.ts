/** The two sides of a reverse proxy: what is a finding, and what only looks like one. */
import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { acrossProxies } from '../../../conformance/trace/across-proxies.ts';
import type { Slot } from './support/judging.ts';
import { ALICE, BOB, making } from './support/making.ts';
import { MAILBOX, OWN, PROXY, pooled } from './support/pooled.ts';

const HOPS = [{ proxy: PROXY, behind: MAILBOX }];
const across = (recording: Recording) => acrossProxies(recording, HOPS);

const lastSaid = (maker: ReturnType<typeof making>) => {
  const last = maker.recording().observations.at(-1);
  return last?.what === 'request' ? last.authorization : null;
};

/** A sign-in of `account` that the proxy forwards. */
function signsInThrough(
  maker: ReturnType<typeof making>,
  client: Slot,
  upstream: Slot,
  account = ALICE,
): void {
  client.negotiate();
  upstream.say(lastSaid(maker));
  upstream.challenges();
  client.reply(401, [`NTLM ${Buffer.from(upstream.challenge()).toString('base64')}`]);
  client.authenticate(account, upstream.challenge());
  upstream.say(lastSaid(maker));
  upstream.ok();
  client.ok();
}

describe('a request on a connection that another client signed in', () => {
  it.each([true, false])('is found, wherever it waits: early %s', (isEarly) => {
    expect(across(pooled(OWN, { isEarly }))).toMatchObject({
      findings: [
        'proxy.test sends the request of bob on connection 3 (GET /owa/) on connection 2, ' +
          'which alice signed in as alice from connection 1, and is answered 200',
      ],
    });
  });
  it('is found before its answer, and without one', () => {
    const whole = pooled(OWN);
    const short = { ...whole, observations: whole.observations.slice(0, -1) };
    expect(across(short).findings).toHaveLength(1);
    expect(across(short).findings[0]).toMatch(/from connection 1$/);
    const [, upstream] = whole.connections;
    const closed = { what: 'closed', connection: upstream!.id } as const;
    expect(across({ ...short, observations: [...short.observations, closed] }).findings).toEqual(
      across(short).findings,
    );
  });
  it('is found if it begins a handshake, and belongs to it once that is done', () => {
    const maker = making();
    const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
    const upstream = maker.on('proxy', MAILBOX);
    signsInThrough(maker, hers, upstream);
    signsInThrough(maker, his, upstream, BOB);
    his.bare();
    upstream.bare();
    upstream.ok();
    const { findings } = across(maker.recording());
    expect(findings).toHaveLength(2); // the NEGOTIATE and the AUTHENTICATE of bob
    expect(
      findings.every((finding) => finding.includes('the request of bob on connection 2')),
    ).toBe(true);
  });
  it('is found where two others wait, whichever it is', () => {
    const maker = making();
    const [hers, his, theirs] = ['alice', 'bob', 'carol'].map((name) => maker.on(name, PROXY));
    const upstream = maker.on('proxy', MAILBOX);
    signsInThrough(maker, hers!, upstream);
    his!.bare();
    theirs!.bare();
    upstream.bare();
    expect(across(maker.recording()).findings).toEqual([
      'proxy.test sends the request of bob or carol on connection 2 or 3 (GET /owa/) on ' +
        'connection 4, which alice signed in as alice from connection 1',
    ]);
  });
});

describe('nothing is found', () => {
  const made = (act: (maker: ReturnType<typeof making>) => void) => {
    const maker = making();
    act(maker);
    return maker.recording();
  };
  it.each<[string, Recording]>([
    [
      'of a proxy that keeps a connection for each client',
      made((maker) => {
        for (const [name, account] of [
          ['alice', ALICE],
          ['bob', BOB],
        ] as const) {
          const [client, upstream] = [maker.on(name, PROXY), maker.on('proxy', MAILBOX)];
          signsInThrough(maker, client, upstream, account);
          client.bare();
          upstream.bare();
          upstream.ok();
          client.ok();
        }
      }),
    ],
    [
      'of a client with two connections',
      made((maker) => {
        const [one, two] = [maker.on('alice', PROXY), maker.on('alice', PROXY)];
        const upstream = maker.on('proxy', MAILBOX);
        signsInThrough(maker, one, upstream);
        two.bare();
        upstream.bare();
        upstream.ok();
      }),
    ],
    [
      'where a request of the client that signed in waits as well',
      made((maker) => {
        const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
        const upstream = maker.on('proxy', MAILBOX);
        signsInThrough(maker, hers, upstream);
        his.bare();
        hers.bare();
        upstream.bare();
        upstream.ok();
      }),
    ],
    [
      'where the proxy sends a request again, after its connection was closed',
      made((maker) => {
        const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
        const [first, second] = [maker.on('proxy', MAILBOX), maker.on('proxy', MAILBOX)];
        signsInThrough(maker, hers, second);
        hers.bare();
        first.bare();
        first.closed();
        his.bare();
        second.bare();
        second.ok();
      }),
    ],
    [
      'of a connection that was opened again',
      made((maker) => {
        const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
        const upstream = maker.on('proxy', MAILBOX);
        signsInThrough(maker, hers, upstream);
        upstream.closed();
        his.bare();
        maker.on('proxy', MAILBOX).bare();
      }),
    ],
    [
      'of a sign-in that the server refused',
      made((maker) => {
        const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
        const upstream = maker.on('proxy', MAILBOX);
        hers.negotiate();
        upstream.say(lastSaid(maker));
        upstream.challenges();
        hers.reply(401);
        hers.authenticate(ALICE, upstream.challenge());
        upstream.say(lastSaid(maker));
        upstream.unauthorized();
        hers.unauthorized();
        his.bare();
        upstream.bare();
        upstream.ok();
      }),
    ],
    [
      'of a user who visits the server without the proxy',
      made((maker) => {
        const [hers, his] = [maker.on('alice', PROXY), maker.on('bob', PROXY)];
        signsInThrough(maker, hers, maker.on('proxy', MAILBOX));
        his.bare();
        const direct = maker.on('bob', MAILBOX);
        direct.bare();
        direct.ok();
      }),
    ],
  ])('%s', (_, recording) => {
    const { findings, matched } = across(recording);
    expect(findings).toEqual([]);
    expect(matched).toBeGreaterThan(0);
  });
  it('of requests that were seen on one side alone', () => {
    const maker = making();
    maker.on('alice', PROXY).signsIn();
    expect(across(maker.recording())).toEqual({ matched: 0, findings: [] });
  });
});
