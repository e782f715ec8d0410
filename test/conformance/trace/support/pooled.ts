/** A proxy that sends one user's request on the connection that another signed in. */
import type { Recording } from '../../../../conformance/recording/recording.ts';
import { ALICE, making } from './making.ts';

export const PROXY = 'http://proxy.test';
export const MAILBOX = 'http://mailbox.test';

export type Names = { readonly alice: string; readonly bob: string; readonly proxy: string };
export const OWN: Names = { alice: 'alice', bob: 'bob', proxy: 'proxy' };

/** Alice signs in through the proxy; bob asks early, as in the counterexample, or afterwards. */
export function pooled(
  { alice, bob, proxy }: Names,
  { isEarly = true, bobs = 'served' }: { isEarly?: boolean; bobs?: 'served' | 'refused' } = {},
): Recording {
  const maker = making();
  const hers = maker.on(alice, PROXY);
  const upstream = maker.on(proxy, MAILBOX);
  const asks = () => {
    const his = maker.on(bob, PROXY);
    his.bare();
    return his;
  };
  hers.bare();
  upstream.bare();
  const early = isEarly ? asks() : null;
  upstream.unauthorized();
  hers.unauthorized();
  hers.bare();
  upstream.bare();
  upstream.unauthorized();
  hers.unauthorized();
  hers.negotiate();
  upstream.negotiate();
  upstream.challenges();
  const token = `NTLM ${Buffer.from(upstream.challenge()).toString('base64')}`;
  hers.reply(401, [token]);
  hers.authenticate(ALICE, upstream.challenge());
  const response = maker.recording().observations.at(-1)!;
  upstream.say(response.what === 'request' ? response.authorization : null);
  upstream.ok();
  hers.ok();
  const his = early ?? asks();
  upstream.bare();
  if (bobs === 'served') upstream.ok();
  else {
    upstream.unauthorized();
    his.unauthorized();
  }
  return maker.recording();
}
