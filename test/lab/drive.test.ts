/**
 * The model drives the acceptors of the laboratory: what it says of each policy is what they do, but
 * for the differences that are listed here, each of which is shown to be one.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, expect, it } from 'vitest';
import type { Act } from '../../conformance/drive/acts.ts';
import { answerTo, canAsk, hasFreshChallenges } from '../../conformance/drive/asking.ts';
import { differenceOf, type Model } from '../../conformance/drive/expected.ts';
import { FRESH_CHALLENGE, QUESTIONS } from '../../conformance/drive/questions.ts';
import { perform, secretsOf } from '../../conformance/drive/run.ts';
import { search } from '../../conformance/drive/sequences.ts';
import { storyOf } from '../../conformance/drive/story.ts';
import { ACCEPTORS, type Started } from '../../lab/acceptors/acceptor.ts';
import { type NtlmPolicy, POLICIES } from '../../machines/ntlm/policy.ts';
import { plannedActs } from '../conformance/drive/planned.ts';
import { served } from '../conformance/drive/serving.ts';
import { gapsOf, isCovered, readingsOf } from './support/differences.ts';
import { describeInLab } from './support/in-lab.ts';

const PINS = 'conformance/implementations.json';
const SEED = 20_240_229;
const RUNS = 100;

/** What these say of who is let in is told as a whole: of whom, and how, is nobody's business. */
const UNTOLD = ['unknown-user', 'nobody'];

/** Whose answers differ from the model's, and why. Refusals by 403, 400 or 500 are no differences. */
const DIFFERING: Readonly<Record<string, readonly string[]>> = {
  // A Basic header midway has no effect, see the gaps.
  'basic-header-midway': [
    'apache-gssapi',
    'ntlm-auth',
    'ntlm-auth-winbind',
    'express-ntlm',
    'squid',
  ],
  'bare-request-midway': ['squid'], // it answers, and closes the connection
  // Domains are not modelled: any will do.
  'wrong-domain': ['apache-gssapi', 'ntlm-auth', 'ntlm-auth-winbind'],
};

type Pinned = {
  readonly policy: string;
  readonly accepts: 'as the model allows' | 'more than the model allows';
  readonly answers: Readonly<Record<string, string>>;
};
type Pins = {
  readonly format: 'double-hop-implementations/1';
  readonly questions: Readonly<Record<string, string>>;
  readonly servers: Readonly<Record<string, Pinned>>;
};

const pinned = (): Pins['servers'] => {
  try {
    return (JSON.parse(readFileSync(PINS, 'utf8')) as Pins).servers;
  } catch {
    return {}; // the first time
  }
};

/** The file with the part of one server replaced: it is as it was where nothing has changed. */
function pinsWith(name: string, part: Pinned): string {
  const servers = { ...pinned(), [name]: part };
  const told = [...QUESTIONS, FRESH_CHALLENGE].filter(({ id }) => !UNTOLD.includes(id));
  const pins: Pins = {
    format: 'double-hop-implementations/1',
    questions: Object.fromEntries(told.map(({ id, question }) => [id, question])),
    servers: Object.fromEntries(Object.entries(servers).sort(([a], [b]) => (a < b ? -1 : 1))),
  };
  return `${JSON.stringify(pins, null, 2)}\n`;
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
    const model: Model = policy === null ? { scheme: 'Basic' } : { scheme: 'NTLM', policy };
    const readings = readingsOf(name);

    const differenceAfter = async (acts: readonly Act[]) => {
      const { target, back } = started;
      const run = await perform(acts, target, { back });
      const difference = differenceOf(run.recording, secretsOf(target), model, readings);
      return difference && storyOf(acts, run, target, difference);
    };

    it(`does what the model says in ${RUNS} sequences`, async () => {
      const { target, back } = started;
      const isAllowed = (act: Act, before: readonly Act[]) => isCovered(name, act, before);
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

    it.each(gapsOf(name))('differs where it is said to: $what', async ({ shownBy }) => {
      expect(await differenceAfter(shownBy)).not.toBeNull();
    });

    it('answers as the model does, and as it did before', async () => {
      const theirs = await answersOf(started);
      const { accounts } = started.target;
      const ours = await served({ policy }, (target, back) =>
        answersOf({
          target: { ...target, accounts },
          back: started.back === null ? null : back,
        }),
      );
      const told = Object.keys(ours).filter((id) => !UNTOLD.includes(id));
      const differing = told.filter((id) => asRefusal(theirs[id]!) !== ours[id]);
      const listed = Object.keys(DIFFERING).filter((id) => DIFFERING[id]!.includes(name));
      expect(differing.sort()).toEqual(listed.sort());
      const acceptsMore = UNTOLD.some((id) => theirs[id] === 'yes' && ours[id] !== 'yes');
      const part: Pinned = {
        policy: nameOf(policy),
        accepts: acceptsMore ? 'more than the model allows' : 'as the model allows',
        answers: Object.fromEntries(told.map((id) => [id, theirs[id]!])),
      };
      await expect(pinsWith(name, part)).toMatchFileSnapshot(`../../${PINS}`);
    });
  });
