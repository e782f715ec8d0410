/** Routes of a server that the model runs. */
import { afterEach, describe, expect, it } from 'vitest';
import type { Route } from '../../../conformance/serve/route.ts';
import {
  ALICE,
  connected,
  handshake,
  NEGOTIATE,
  ntlm,
  response,
  served,
  stopAll,
} from './support/asking.ts';

afterEach(stopAll);

describe('a route', () => {
  const routes: readonly Route[] = [
    { prefix: '/own', page: { does: 'refuse' } },
    { prefix: '/moved', page: { does: 'redirect', to: 'http://two.test/' } },
    { prefix: '/open', page: { does: 'serve' }, audience: 'everybody' },
    { prefix: '/outside', page: { does: 'redirect', to: '/' }, isOutside: true },
  ];

  it.each([
    ['/own', 401, null],
    ['/moved', 302, 'http://two.test/'],
    ['/open', 200, null],
    ['/outside', 302, '/'],
    ['/else', 200, null],
  ])('%s is answered, where it lets in who signs in, with %d', async (target, status, location) => {
    const ask = connected(await served({ routes }));
    await handshake(ask, ALICE);
    expect(await ask(null, target)).toMatchObject({ status, location });
  });

  it.each([
    ['/open', 200],
    ['/outside', 302],
    ['/moved', 401],
  ])('%s is answered with %d if no user is signed in', async (target, status) => {
    expect((await connected(await served({ routes }))(null, target)).status).toBe(status);
  });

  it('outside reads no credentials: they are neither right nor wrong', async () => {
    const ask = connected(await served({ routes }));
    expect((await ask('NTLM !', '/outside')).status).toBe(302);
  });

  it.each([
    ['challenge', 'silently', [401, 0, 200]],
    ['challenge', 'announces', [401, 401, 401]], // the response comes on a new connection
    ['verdict', 'silently', [401, 401, 0]],
    ['any', 'silently', [0, 401, 200]],
  ] as const)('that closes at %s, and %s, does so once', async (at, how, statuses) => {
    const closing = { at, how, times: 1 };
    const server = await served({ routes: [{ prefix: '/', page: { does: 'serve' }, closing }] });
    const ask = connected(server);
    const [first, second] = [await ask(), await ask(ntlm(NEGOTIATE))];
    const token = second.status === 0 ? await ask(ntlm(NEGOTIATE)) : second;
    const third = await ask(ntlm(response(ALICE, token)));
    expect([first.status, second.status, third.status]).toEqual(statuses);
    expect((await handshake(ask, ALICE)).status).toBe(200);
  });
});

describe('a connection that is closed after its challenge, without a word,', () => {
  it('takes no response any more', async () => {
    const closing = { at: 'challenge', how: 'replies', times: 1 } as const;
    const ask = connected(
      await served({ routes: [{ prefix: '/', page: { does: 'serve' }, closing }] }),
    );
    const challenged = await ask(ntlm(NEGOTIATE));
    const { status } = await ask(ntlm(response(ALICE, challenged)));
    expect([0, 401]).toContain(status); // the end of the old connection, or a new one
  });
});
