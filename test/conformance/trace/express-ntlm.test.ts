/** express-ntlm with its defaults: what `conform` explains of it, `judge` accepts. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import expressNtlm from 'express-ntlm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Act,
  authenticate,
  bare,
  basic,
  close,
  negotiate,
} from '../../../conformance/drive/acts.ts';
import { differenceOf } from '../../../conformance/drive/predicted.ts';
import { perform, secretsOf } from '../../../conformance/drive/run.ts';
import type { Target } from '../../../conformance/drive/target.ts';
import { DIVERGENCES, refusingIn } from '../../../conformance/trace/divergences.ts';
import { judge } from '../../../conformance/trace/trace-validation.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { targetAt } from '../drive/serving.ts';

let server: Server;
let target: Target;
beforeAll(async () => {
  const app = express();
  app.use(expressNtlm());
  app.use((request, response) => {
    response.set('X-User', request.ntlm.UserName).send('ok');
  });
  server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  target = targetAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

/** The difference that `conform` finds, and the verdict of `judge`. */
async function both(acts: readonly Act[]) {
  const { recording } = await perform(acts, target);
  const secrets = secretsOf(target);
  const divergences = DIVERGENCES.filter(({ implementation }) => implementation === 'express-ntlm');
  const model = { scheme: 'NTLM', policy: POLICIES.expressNtlm } as const;
  return {
    difference: differenceOf(recording, secrets, model, divergences.flatMap(refusingIn)),
    verdict: judge(recording, {
      ...{ sides: 'server', secrets, divergences },
      policies: [POLICIES.expressNtlm],
    }),
  };
}

const SIGNS_IN = [negotiate(1), authenticate(1)];

describe('express-ntlm with its defaults', () => {
  it.each<[string, readonly Act[]]>([
    ['a sign-in', [bare(1), ...SIGNS_IN, bare(1)]],
    ['two of them, with the same challenge', [...SIGNS_IN, negotiate(2), authenticate(2)]],
    ['one on a connection that is signed in', [...SIGNS_IN, negotiate(1), authenticate(1)]],
    ['a second NEGOTIATE', [negotiate(1), negotiate(1), authenticate(1)]],
    ['a MIC', [negotiate(1), authenticate(1, 'right', { extra: 'mic' })]],
    ['a Basic header', [basic(1, 'right'), ...SIGNS_IN, basic(1, 'right'), bare(1)]],
    ['a connection that closes', [negotiate(1), close(1), negotiate(1), authenticate(1)]],
  ])('is explained, and judged to be a behaviour: %s', async (_, acts) => {
    const { difference, verdict } = await both(acts);
    expect(difference).toBeNull();
    expect(verdict).toMatchObject({ isBehaviour: true, why: '' });
    expect(verdict.notes[0]).toMatch(/ names no server: its TargetInfo has no computer name$/);
  });
  it.each<[string, readonly Act[], RegExp]>([
    [
      'a wrong password',
      [negotiate(1), authenticate(1, 'wrongPassword')],
      /answers 200, although the response was computed with a password that is not alice's$/,
    ],
    [
      'an anonymous response',
      [negotiate(1), authenticate(1, 'nobody')],
      /answers 200, although the AUTHENTICATE is anonymous$/,
    ],
  ])('is neither, where it accepts %s', async (_, acts, why) => {
    const { difference, verdict } = await both(acts);
    expect(difference).not.toBeNull();
    expect(verdict.why).toMatch(why);
  });
  it('is noted to send one challenge to all', async () => {
    const { verdict } = await both([...SIGNS_IN, negotiate(2), authenticate(2)]);
    expect(verdict.notes.join()).toMatch(/sends the same ServerChallenge 2 times, on connections/);
  });
});
