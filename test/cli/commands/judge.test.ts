/** `double-hop judge`: its output, its exit codes, and the input that it refuses. */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { JudgeCommandOptions } from '../../../cli/commands/judge.ts';
import { BadInput } from '../../../cli/input/bad-input.ts';
import { ownRecording } from '../../../conformance/recording/own.ts';
import { harOf } from '../../conformance/recording/support/har-of.ts';
import { challenged } from '../../conformance/trace/support/judging.ts';
import { ALICE, MISTYPED, recorded } from '../../conformance/trace/support/making.ts';
import { ENV, judging } from './judging.ts';

const { fileOf, folder, run } = judging();

const refusalOf = (data: unknown, options: Partial<JudgeCommandOptions> = {}, env = {}) => {
  try {
    run(data, options, env);
  } catch (error) {
    if (error instanceof BadInput) return error.message.replace(/^.*recording-\d+\.json/, 'FILE');
    throw error;
  }
  return 'none';
};

const signIn = recorded((c) => {
  c.signsIn(ALICE, 'alice');
  c.closed();
});
const letIn = recorded((c) => {
  challenged(c);
  c.authenticate(MISTYPED);
  c.ok();
});

describe('for a behaviour', () => {
  it('it prints the verdict, the connections and the steps', () => {
    const { exit, lines } = run(signIn, { user: 'LAB\\Alice' }, ENV);
    expect(exit).toBe(0);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "FILE: a behaviour of the model
      written by hand; the model allows all 8 steps

      connection  mechanism  messages  signed in  client and server
               1  NTLM              6  alice      alice to http://127.0.0.5:8081

        1. alice opens connection 1 to http://127.0.0.5:8081.
        2. On connection 1, alice sends GET /owa/ without credentials.
        3. On connection 1, 127.0.0.5:8081 answers 401.
        4. On connection 1, alice sends GET /owa/ with a NEGOTIATE.
        5. On connection 1, 127.0.0.5:8081 answers 401 with challenge 1.
        6. On connection 1, alice sends GET /owa/ with an AUTHENTICATE of alice that answers challenge 1
           of connection 1 (right password).
        7. On connection 1, 127.0.0.5:8081 answers 200 as alice.
        8. Connection 1 closes."
    `);
  });
});

describe('of the policy of a server', () => {
  /** What is said after a 403 to this account. */
  const follows = (account: typeof ALICE, user: string | undefined) => {
    const forbidden = recorded((c) => {
      challenged(c);
      c.authenticate(account);
      c.reply(403);
    });
    return run(forbidden, { user }, ENV).lines.filter((line) => line.includes(' follows '));
  };

  it('it names the choices that the recording decides', () => {
    expect(follows(MISTYPED, 'alice')).toEqual([
      'http://127.0.0.5:8081 follows the policy expressNtlm: failureReply forbidden.',
    ]);
  });

  it('it says nothing where each is open', () => {
    expect(follows(ALICE, undefined)).toEqual([]);
  });
});

describe('for a recording that is not a behaviour', () => {
  it('it prints the reason, the expected messages, and the steps up to there', () => {
    const { exit, lines } = run(letIn, { user: 'alice' }, ENV);
    expect(exit).toBe(1);
    expect(lines.join('\n')).toMatchInlineSnapshot(`
      "FILE: not a behaviour of the model
      written by hand; the model allows the first 6 of 7 steps
      Why: on connection 1, 127.0.0.5:8081 answers 200, although the response was computed with a password
      that is not alice's.
      Expected: a 401 without a challenge; or a 403.

      connection  mechanism  messages  signed in  client and server
               1  NTLM              6  -          alice to http://127.0.0.5:8081
      Note: no reply names its user, so the users of pages were not compared; --identity-header NAME reads
      the user from that header of a reply.

        1. alice opens connection 1 to http://127.0.0.5:8081.
        2. On connection 1, alice sends GET /owa/ without credentials.
        3. On connection 1, 127.0.0.5:8081 answers 401.
        4. On connection 1, alice sends GET /owa/ with a NEGOTIATE.
        5. On connection 1, 127.0.0.5:8081 answers 401 with challenge 1.
        6. On connection 1, alice sends GET /owa/ with an AUTHENTICATE of alice that answers challenge 1
           of connection 1 (wrong password).
        7. On connection 1, 127.0.0.5:8081 answers 200."
    `);
  });
  it('it prints the same as data', () => {
    const { exit, lines } = run(letIn, { user: 'alice', json: true }, ENV);
    expect(exit).toBe(1);
    expect(JSON.parse(lines.join('\n'))).toMatchObject({
      verdict: 'not a behaviour',
      judged: 7,
      accepted: 6,
      refused: {
        observation: 7,
        seen: 'On connection 1, 127.0.0.5:8081 answers 200.',
        why: expect.stringContaining('although the response was computed with a password that is'),
        expected: ['a 401 without a challenge', 'a 403'],
      },
      connections: [{ number: 1, mechanism: 'NTLM', signedInAs: [] }],
      divergences: [],
    });
  });
  it('it ignores the client if only the server is judged', () => {
    const early = recorded((c) => {
      c.negotiate();
      c.challenges();
    });
    const as = 'none';
    expect(run(early, { as }).exit).toBe(1);
    expect(run(early, { as, side: 'server' }).exit).toBe(0);
    expect(run(early, { as: 'curl' }).exit).toBe(0);
    expect(run(early, { as: 'squid' }).exit).toBe(1);
  });
  it('it judges by the policy of --policy, or by any', () => {
    const reused = recorded((c) => {
      c.bare();
      c.unauthorized();
      c.negotiate();
      c.challenges();
      c.authenticate(MISTYPED);
      c.unauthorized();
      c.authenticate(ALICE);
      c.ok();
    });
    const given = { user: 'alice', side: 'server' } as const;
    expect(run(reused, given, ENV).exit).toBe(0);
    expect(run(reused, { ...given, policy: 'ntlmAuth' }, ENV).exit).toBe(0);
    expect(run(reused, { ...given, policy: 'standard' }, ENV).exit).toBe(1);
  });
});

describe('bad input is', () => {
  it.each<[string, unknown, Partial<JudgeCommandOptions>, object, string]>([
    [
      'a password as an argument',
      signIn,
      { password: 'x' },
      {},
      '--password: every user of this machine can see the arguments of a command; set the ' +
        'environment variable DOUBLE_HOP_PASSWORD instead, and name its user with --user',
    ],
    [
      'a user without a password',
      signIn,
      { user: 'alice' },
      {},
      '--user: the password of this user must be in the environment variable ' +
        'DOUBLE_HOP_PASSWORD; leave --user out if you do not know it',
    ],
    [
      'a user without a name',
      signIn,
      { user: 'LAB\\' },
      ENV,
      '--user: must be a name, such as "alice" or "LAB\\alice"',
    ],
    [
      'an implementation that is not known',
      signIn,
      { as: 'squib' },
      {},
      '--as: must be express-ntlm, squid, HTTP.sys, curl, httpntlm, Chromium or none, found "squib" ' +
        '(did you mean "squid"?)',
    ],
    [
      'a file that is no recording',
      {},
      {},
      {},
      'FILE: is no recording: it must be an HTTP archive',
    ],
    ['a broken file', '{', {}, {}, 'FILE: line 1, column 2: is not JSON'],
    [
      'a mechanism that is not modelled',
      recorded((c) => c.say('Bearer abc')),
      {},
      {},
      'FILE: no connection can be judged\n' +
        'connection 1: it signs in by Bearer, which is not modelled',
    ],
  ])('%s', (_, data, options, env, message) => {
    expect(refusalOf(data, options, env)).toContain(message);
  });
});

describe('--redact', () => {
  const out = () => join(folder, `safe-${crypto.randomUUID()}.json`);
  it('writes a recording that gets the same verdict', () => {
    const path = out();
    expect(run(signIn, { redact: path }).exit).toBe(0);
    const safe = ownRecording(JSON.parse(readFileSync(path, 'utf8')));
    expect(run(safe).exit).toBe(0);
    expect(readFileSync(path, 'utf8')).not.toMatch(/alice/i);
  });
  it('of an archive writes an archive', () => {
    const path = out();
    expect(run(harOf(signIn), { redact: path }).exit).toBe(0);
    const safe: unknown = JSON.parse(readFileSync(path, 'utf8'));
    expect(safe).toHaveProperty('log.entries');
    expect(run(safe).exit).toBe(0);
  });
  it('overwrites nothing', () => {
    const path = fileOf('mine');
    expect(refusalOf(signIn, { redact: path })).toBe(
      'FILE: this file exists; --redact must name a new file',
    );
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(existsSync(path)).toBe(true);
  });
});
