/** The output of `double-hop judge` contains no secret of the recording. */

import { describe, expect, it } from 'vitest';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { ALICE, MISTYPED, recorded } from '../../conformance/trace/support/making.ts';
import { ENV, judging } from './judging.ts';

const { run } = judging();

describe('the output', () => {
  const secretive: Recording = recorded((c) => {
    c.bare(null, '/owa/?session=5ecret5ession#5ecret5ession');
    c.unauthorized();
    c.negotiate();
    c.challenges();
    c.authenticate(ALICE);
    c.ok('alice');
    c.say(null, 'http://alice:5ecret5ession@proxy/owa/?5ecret5ession');
    c.ok('alice');
    c.authenticate(MISTYPED);
    c.ok();
  });
  const basic = recorded((c) => {
    c.basic(ALICE);
    c.ok('alice');
    c.basic(MISTYPED);
    c.ok('alice');
  });
  const tokens = [...secretive.observations, ...basic.observations].flatMap((one) => {
    if (one.what === 'request') return one.authorization?.split(' ').slice(1) ?? [];
    return one.what === 'reply'
      ? one.authenticate.flatMap((value) => value.split(' ')[1] ?? [])
      : [];
  });
  const secrets = ['5ecret5ession', ALICE.password, MISTYPED.password, ...tokens];
  it.each([
    ['text', secretive, {}, {}],
    ['text, with the password', secretive, { user: 'alice' }, ENV],
    ['data', secretive, { json: true, user: 'alice' }, ENV],
    ['text of Basic', basic, {}, {}],
    ['text of Basic, with the password', basic, { user: 'alice' }, ENV],
    ['data of Basic', basic, { json: true, user: 'alice' }, ENV],
  ])('contains no secret: %s', (_, recording, options, env) => {
    const { lines } = run(recording, options, env);
    const text = lines.join('\n');
    expect(text).toContain('alice');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
  });
});
