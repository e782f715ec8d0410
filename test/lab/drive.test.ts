/**
 * The model drives the acceptors of the laboratory: each behaves as its policy predicts, except for
 * the listed differences, each of which is shown to exist.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Act } from '../../conformance/drive/acts.ts';
import { answerTo, canAsk, hasFreshChallenges } from '../../conformance/drive/asking.ts';
import { storyOf } from '../../conformance/drive/exchange-story.ts';
import { differenceOf, type ServerModel } from '../../conformance/drive/predicted.ts';
import { FRESH_CHALLENGE, QUESTIONS } from '../../conformance/drive/questions.ts';
import { perform, secretsOf } from '../../conformance/drive/run.ts';
import { search } from '../../conformance/drive/sequences.ts';
import { ACCEPTORS } from '../../lab/everything.ts';
import type { Started } from '../../lab/started.ts';
import { type NtlmPolicy, POLICIES } from '../../machines/ntlm/policy.ts';
import { conformed } from '../cli/commands/conforming.ts';
import { plannedActs } from '../conformance/drive/planned.ts';
import { served } from '../conformance/drive/serving.ts';
import { gapsOf, isCovered, readingsOf } from './support/differences.ts';
import { describeInLab } from './support/in-lab.ts';

const GOLDENS = 'conformance/implementations.json';
const SEED = 20_240_229;
const RUNS = 100;

/** Answers about accepted users are reported only as a whole, without details. */
const UNTOLD = ['unknown-user', 'nobody'];

/** Whose answers differ from the model's, and why. A refusal by another status does not count. */
const DIFFERING: Readonly<Record<string, readonly string[]>> = {
  // It answers, and closes the connection.
  'basic-header-midway': ['squid'],
  'bare-request-midway': ['squid'],
  // Domains are not modelled: any will do.
  'wrong-domain': ['apache-gssapi', 'ntlm-auth', 'ntlm-auth-winbind'],
};

/** Which let in more than the model does. */
const ACCEPTS_MORE = ['squid', 'express-ntlm'];

type Pinned = {
  readonly policy: string;
  readonly accepts: 'as the model allows' | 'more than the model allows';
  readonly answers: Readonly<Record<string, string>>;
};
type Goldens = {
  readonly format: 'double-hop-implementations/1';
  readonly questions: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, Pinned>>;
};

/** The findings of this run; an absent acceptor was not run. */
const found: Record<string, Pinned> = {};

/** The file with the parts that were found: it is as it was where nothing has changed. */
function goldens(): string {
  const pinned = (JSON.parse(readFileSync(GOLDENS, 'utf8')) as Goldens).servers;
  const told = [...QUESTIONS, FRESH_CHALLENGE].filter(({ id }) => !UNTOLD.includes(id));
  const servers = Object.entries({ ...pinned, ...found }).sort(([a], [b]) => (a < b ? -1 : 1));
  const all: Goldens = {
    format: 'double-hop-implementations/1',
    questions: Object.fromEntries(told.map(({ id, question }) => [id, question])),
    servers: Object.fromEntries(servers),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

const nameOf = (policy: NtlmPolicy) =>
  Object.entries<NtlmPolicy>(POLICIES).find(([, known]) => known === policy)![0];

/** Other ways to refuse are a no. */
const asRefusal = (answer: string) => answer.replaceAll(/forbidden|error/g, 'no');

async function answersOf({ target, back }: Pick<Started, 'target' | 'back'>) {
  const answers: Record<string, string> = {};
  for (const question of QUESTIONS)
    if (canAsk(question, target, back))
      answers[question.id] = await answerTo(question, target, { back });
  answers[FRESH_CHALLENGE.id] = (await hasFreshChallenges(target)) ?? 'no challenge';
  return answers;
}

for (const acceptor of ACCEPTORS)
  describeInLab(acceptor.name, acceptor.needs, (lab) => {
    let started: Started;
    beforeAll(async () => {
      started = await acceptor.start(lab());
    });
    const { name, policy } = acceptor;
    const model: ServerModel = policy === null ? { scheme: 'Basic' } : { scheme: 'NTLM', policy };
    const readings = readingsOf(name);
    const isAllowed = (act: Act, before: readonly Act[]) => isCovered(name, act, before);

    const differenceAfter = async (acts: readonly Act[]) => {
      const { target, back } = started;
      const run = await perform(acts, target, { back });
      const difference = differenceOf(run.recording, secretsOf(target), model, readings);
      return difference && storyOf(acts, run, target, difference);
    };

    it(`does what the model says in ${RUNS} sequences`, async () => {
      const { target, back } = started;
      const options = { seed: SEED, runs: RUNS, back, readings, isAllowed };
      const { found, sequences } = await search(target, [model], options);
      expect(found?.story ?? []).toEqual([]);
      expect(sequences).toBe(RUNS);
    });

    if (policy === null) return;

    it('does what the model says on each path of the plan of its policy', async () => {
      const paths = plannedActs(policy).filter((acts) =>
        acts.every((act, at) => isCovered(name, act, acts.slice(0, at))),
      );
      expect(paths.length).toBeGreaterThan(10);
      for (const acts of paths) expect(await differenceAfter(acts)).toBeNull();
    });

    const others = Object.entries<NtlmPolicy>(POLICIES).filter(([, other]) => other !== policy);
    it.each(others)('is not taken for %s', async (_, other) => {
      const { target, back } = started;
      const options = { seed: SEED, runs: RUNS, back, readings, isAllowed };
      const { found } = await search(target, [{ scheme: 'NTLM', policy: other }], options);
      expect(found).not.toBeNull();
    });

    it('is examined by the command, which names its policy', async () => {
      const { target } = started;
      const options = { proxy: target.proxy ?? undefined, maxFailures: 60, maxRequests: 250 };
      const { exit, text } = await conformed(target.origin + target.path, options);
      const { policies, verdict } = JSON.parse(text);
      expect([exit, verdict]).toEqual(
        ACCEPTS_MORE.includes(name) ? [1, 'differs'] : [0, 'conforms'],
      );
      expect(policies).toContain(nameOf(policy));
    });

    it.each(gapsOf(name))('differs where it is said to: $what', async ({ shownBy }) => {
      expect(await differenceAfter(shownBy)).not.toBeNull();
    });

    it('answers as the model does', async () => {
      const theirs = await answersOf(started);
      const { accounts } = started.target;
      const ours = await served({ policy }, (target, back) =>
        answersOf({
          target: { ...target, accounts },
          back: started.back === null ? null : back,
        }),
      );
      const told = Object.keys(ours).filter((id) => !UNTOLD.includes(id));
      const differing = told.filter(
        (id) => theirs[id] !== ours[id] && asRefusal(theirs[id]!) !== ours[id],
      );
      const listed = Object.keys(DIFFERING).filter((id) => DIFFERING[id]!.includes(name));
      expect(differing.sort()).toEqual(listed.sort());
      const acceptsMore = UNTOLD.some((id) => theirs[id] === 'yes' && ours[id] !== 'yes');
      expect(acceptsMore).toBe(ACCEPTS_MORE.includes(name));
      found[name] = {
        policy: nameOf(policy),
        accepts: acceptsMore ? 'more than the model allows' : 'as the model allows',
        answers: Object.fromEntries(told.map((id) => [id, theirs[id]!])),
      };
    });
  });

describe('all answers', () => {
  it(`are as ${GOLDENS} has them`, async () => {
    await expect(goldens()).toMatchFileSnapshot(`../../${GOLDENS}`);
  });
});
