/** The model as a server, for tests of what drives servers. */
import type { Account } from '../../../conformance/codec/initiate.ts';
import type { Target } from '../../../conformance/drive/target.ts';
import { type ServeOptions, serve } from '../../../conformance/serve/serve.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';

export const ALICE: Account = { user: 'alice', domain: 'LAB', password: 'Wonderland1!' };
export const BOB: Account = { user: 'bob', domain: 'LAB', password: 'Builder2?x' };

export const targetAt = (origin: string): Target => ({
  origin,
  path: '/',
  proxy: null,
  accounts: { right: ALICE, other: BOB },
  identityHeader: 'X-User',
  ca: null,
});

/** Serves while `then` runs. Another server with the same accounts is behind, as `back`. */
export async function served<Result>(
  options: Partial<ServeOptions>,
  then: (target: Target, back: Target) => Promise<Result>,
): Promise<Result> {
  const one = {
    address: '127.0.0.1',
    accounts: [ALICE, BOB],
    computer: 'FRONT',
    domain: 'LAB',
    scheme: 'NTLM',
    policy: STANDARD,
    ...options,
  } as const;
  const front = await serve(one);
  const back = await serve({ ...one, computer: 'BACK' });
  try {
    return await then(targetAt(front.origin), targetAt(back.origin));
  } finally {
    await Promise.all([front.stop(), back.stop()]);
  }
}
