/** The output of `double-hop judge` contains no secret of the recording. */

import { describe, expect, it } from 'vitest';
import type { JudgeCommandOptions } from '../../../cli/commands/judge.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { redacted } from '../../../conformance/recording/redact.ts';
import { ALICE, MISTYPED, recorded } from '../../conformance/trace/support/making.ts';
import { run as runCommandLine } from '../running.ts';
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
  /** What stands in a header without its scheme, or with a broken one, and in odd targets. */
  const odd = recorded((c) => {
    c.basic(ALICE);
    c.ok('alice');
    c.say(null, '/owa;jsessionid=5ecret5ession/in;v=5ecret5ession');
    c.ok('alice');
    c.say(null, 'alice:5ecret5ession@proxy:443');
    c.ok('alice');
    c.say(null, '//alice:5ecret5ession@proxy/owa');
    c.ok('alice');
    c.reply(302, [], 'alice', 'http://alice:5ecret5ession@b.example/5ecret5ession?5ecret5ession');
  });
  const malformed = [
    '5ecret5ession',
    'Basic5ecret5ession',
    '5ecret5ession 5ecret5ession',
    '5ecret5ession a=b, 5ecret5ession=c',
    'Token 5ecret5ession=b, 5ecret5ession=c',
    '"5ecret5ession"',
    'NTLM "5ecret5ession"',
    'Basic 5ecret5ession!',
    'Basic user=5ecret5ession',
    'Bearer 5ecret5ession 5ecret5ession',
    'eyJhbGciOiJIUzI1NiJ9.5ecret5ession',
  ].map((value) => {
    const { connections, observations, ...rest } = basic;
    const id = 'odd';
    const request = { what: 'request', connection: id, method: 'GET', target: '/' } as const;
    return {
      ...rest,
      connections: [...connections, { ...connections[0]!, id }],
      observations: [...observations, { ...request, authorization: value, user: null }],
    };
  });
  const tokens = [...secretive.observations, ...basic.observations].flatMap((one) => {
    if (one.what === 'request') return one.authorization?.split(' ').slice(1) ?? [];
    return one.what === 'reply'
      ? one.authenticate.flatMap((value) => value.split(' ')[1] ?? [])
      : [];
  });
  const secrets = ['5ecret5ession', ALICE.password, MISTYPED.password, ...tokens];
  it.each<[string, Recording, Partial<JudgeCommandOptions>, NodeJS.ProcessEnv]>([
    ['text', secretive, {}, {}],
    ['text, with the password', secretive, { user: 'alice' }, ENV],
    ['data', secretive, { json: true, user: 'alice' }, ENV],
    ['text of Basic', basic, {}, {}],
    ['text of Basic, with the password', basic, { user: 'alice' }, ENV],
    ['data of Basic', basic, { json: true, user: 'alice' }, ENV],
    ['text of odd targets', odd, {}, {}],
    ['data of odd targets', odd, { json: true }, {}],
    ...malformed.flatMap(
      (recording, i): [string, Recording, { json?: boolean }, NodeJS.ProcessEnv][] => [
        [`text of malformed credentials ${i + 1}`, recording, {}, {}],
        [`data of malformed credentials ${i + 1}`, recording, { json: true }, {}],
      ],
    ),
  ])('contains no secret: %s', (_, recording, options, env) => {
    const { lines } = run(recording, options, env);
    const text = lines.join('\n');
    expect(text).toContain('alice');
    expect(secrets.filter((secret) => text.includes(secret))).toEqual([]);
    const safe = JSON.stringify(redacted(recording));
    expect(secrets.slice(0, 3).filter((secret) => safe.includes(secret))).toEqual([]);
  });
});

describe('credentials without a scheme', () => {
  const SECRET = '5f4dcc3b5aa765d61d8327deb882cf99';
  const FILE = 'test/conformance/recording/fixtures/10-authorization-without-a-scheme.har';
  it.each([[], ['--json']])('are left out without a word of their value: %s', async (...more) => {
    const { stdout, stderr, exit } = await runCommandLine('judge', FILE, ...more);
    expect(exit).toBe(0);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stdout).toContain('it signs in by credentials without a known scheme');
  });
  it('are not in the error of a file that has nothing else', () => {
    const alone = recorded((c) => c.say(SECRET));
    expect(messageOf(() => run(alone))).toMatch(/credentials without a known scheme/);
    expect(messageOf(() => run(alone))).not.toContain(SECRET);
  });
});

function messageOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return String(error);
  }
  return 'none';
}
