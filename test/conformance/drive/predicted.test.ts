/** Expected against observed: other refusals, and that the judge of recordings agrees. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Act } from '../../../conformance/drive/acts.ts';
import { authenticate, bare, basic, negotiate } from '../../../conformance/drive/acts.ts';
import { answerTo, hasFreshChallenges } from '../../../conformance/drive/asking.ts';
import { differenceOf, type ServerModel } from '../../../conformance/drive/predicted.ts';
import { QUESTIONS } from '../../../conformance/drive/questions.ts';
import { perform, run, secretsOf } from '../../../conformance/drive/run.ts';
import { drawnBy } from '../../../conformance/drive/sequences.ts';
import type { Observation, Recording } from '../../../conformance/recording/recording.ts';
import { judge } from '../../../conformance/trace/trace-validation.ts';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { type NtlmPolicy, POLICIES, STANDARD } from '../../../machines/ntlm/policy.ts';
import { served, targetAt } from './serving.ts';

const MODEL: ServerModel = { scheme: 'NTLM', policy: STANDARD };
const secrets = secretsOf(targetAt('http://127.0.0.1:1'));

/** A recording with one observation made otherwise. */
const changed = (
  recording: Recording,
  at: number,
  change: (observation: Observation) => Observation | null,
): Recording => ({
  ...recording,
  observations: recording.observations.flatMap((it, i) => (i === at ? (change(it) ?? []) : [it])),
});
const withStatus = (status: number) => (it: Observation) =>
  it.what === 'reply' ? { ...it, status, authenticate: [] } : it;
const lastReply = ({ observations }: Recording) =>
  observations.findLastIndex(({ what }) => what === 'reply');

const WRONG = [negotiate(1), authenticate(1, 'wrongPassword')];

describe('a refusal by another status', () => {
  it('differs, and does not where it is to be read as a 401', async () => {
    await served({}, async (target) => {
      const recorded = await run(WRONG, target);
      const forbidden = changed(recorded, lastReply(recorded), withStatus(403));
      expect(differenceOf(recorded, secrets, MODEL)).toBeNull();
      expect(differenceOf(forbidden, secrets, MODEL)).toMatchObject({
        request: 1,
        expected: '401',
        got: '403',
      });
      const after = 'AUTHENTICATE_MESSAGE';
      expect(differenceOf(forbidden, secrets, MODEL, [{ after, seen: 403 }])).toBeNull();
      expect(differenceOf(forbidden, secrets, MODEL, [{ after, seen: 500 }])).not.toBeNull();
      const other = [{ after: 'NEGOTIATE_MESSAGE', seen: 403 }] as const;
      expect(differenceOf(forbidden, secrets, MODEL, other)).not.toBeNull();
    });
  });

  it('by closing differs, unless the server may not have received the request', async () => {
    await served({}, async (target) => {
      const recorded = await run([negotiate(1), authenticate(1)], target);
      const closed = changed(recorded, lastReply(recorded), () => null);
      expect(differenceOf(closed, secrets, MODEL)).toMatchObject({ got: 'the connection closed' });
      const reading = { after: 'AUTHENTICATE_MESSAGE', seen: 'closed' } as const;
      expect(differenceOf(closed, secrets, MODEL, [reading])).toBeNull();
    });
  });
});

describe('a difference', () => {
  it('compares the user of the page', async () => {
    await served({}, async (target) => {
      const recorded = await run([negotiate(1), authenticate(1)], target);
      const bobs = changed(recorded, lastReply(recorded), (it) =>
        it.what === 'reply' ? { ...it, identity: 'LAB\\Bob' } : it,
      );
      expect(differenceOf(bobs, secrets, MODEL)).toMatchObject({
        expected: '200 as alice',
        got: '200 as bob',
      });
    });
  });

  it('is found in Basic too', async () => {
    await served({ scheme: 'Basic' }, async (target) => {
      const acts = [basic(1, 'right'), bare(1), basic(1, 'wrongPassword')];
      const recorded = await run(acts, target);
      expect(differenceOf(recorded, secrets, { scheme: 'Basic' })).toBeNull();
      const accepted = changed(recorded, lastReply(recorded), withStatus(200));
      expect(differenceOf(accepted, secrets, { scheme: 'Basic' })).toMatchObject({
        request: 2,
        expected: '401',
        got: '200',
      });
    });
  });
});

describe('online and offline', () => {
  const verdicts = (recording: Recording, policy: NtlmPolicy) => ({
    online: differenceOf(recording, secrets, { scheme: 'NTLM', policy }) === null,
    offline: judge(recording, {
      sides: 'server',
      secrets,
      policies: [policy],
      defences: [DEFENCES],
      pages: 'signedIn',
    }).isBehaviour,
  });

  it.each(Object.entries<NtlmPolicy>(POLICIES))('agree on %s', async (_, policy) => {
    const acts = fc.sample(drawnBy(), { seed: 7, numRuns: 15 });
    await served({ policy }, async (target) => {
      for (const sequence of acts) {
        const recorded = await run(sequence, target);
        expect(verdicts(recorded, policy)).toEqual({ online: true, offline: true });
        for (const other of Object.values<NtlmPolicy>(POLICIES)) {
          const { online, offline } = verdicts(recorded, other);
          expect(offline).toBe(online);
        }
      }
    });
  });
});

describe('the questions', () => {
  it('have ids of their own, and tell of acts that they have', () => {
    const ids = QUESTIONS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { acts, told } of QUESTIONS) {
      expect(told.length).toBeGreaterThan(0);
      for (const at of told) expect(acts[at]).toBeDefined();
    }
  });

  it('tell the policies apart', async () => {
    const told = new Map<string, string>();
    for (const [name, policy] of Object.entries<NtlmPolicy>(POLICIES))
      await served({ policy }, async (target, back) => {
        const answers: string[] = [];
        for (const question of QUESTIONS) answers.push(await answerTo(question, target, { back }));
        told.set(answers.join('; '), name);
        expect(await hasFreshChallenges(target)).toBe('yes');
      });
    expect([...told.values()]).toEqual(Object.keys(POLICIES));
  });

  it('are about one connection: where it is closed, nothing more is asked', async () => {
    const route = {
      prefix: '/',
      page: { does: 'serve' },
      closing: { at: 'challenge', how: 'announces', times: 9 },
    } as const;
    await served({ routes: [route] }, async (target) => {
      const question = QUESTIONS.find(({ id }) => id === 'right-password')!;
      expect(await answerTo(question, target)).toBe('closed');
    });
  });
});

describe('acts', () => {
  it('that are held back are not performed, and those after them are', async () => {
    await served({}, async (target) => {
      const acts: readonly Act[] = [
        negotiate(1),
        authenticate(1, 'wrongPassword'),
        authenticate(1),
      ];
      const { asked } = await perform(acts, target, {
        before: async (_, isRisky) => !isRisky,
      });
      expect(asked.map(({ act }) => act)).toEqual([0]);
    });
  });

  it('are risky where no challenge came, whatever the acts say', async () => {
    const risky: boolean[] = [];
    await served({ policy: POLICIES.squid }, async (target) => {
      const acts = [negotiate(1), negotiate(1), authenticate(1)];
      await perform(acts, target, {
        before: async (_, isRisky) => risky.push(isRisky) > 0,
      });
    });
    expect(risky).toEqual([false, false, true]);
  });
});
