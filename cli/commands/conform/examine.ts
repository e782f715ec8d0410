/**
 * Examines a server: it must ask for NTLM, and the right password must sign in; then come the
 * questions that the limits allow, and random sequences until the requests are used up. Its answers
 * are compared with every remaining policy.
 *
 * @source MS-NTHT 2.2.1 (how NTLM is offered); RFC 9110 11.6.1
 */
import { type Act, bare, isRequest, type Who } from '../../../conformance/drive/acts.ts';
import { answerIn, asked, canAsk } from '../../../conformance/drive/asking.ts';
import { drivenExchangesIn } from '../../../conformance/drive/driven-exchanges.ts';
import { storyOf } from '../../../conformance/drive/exchange-story.ts';
import type { RefusalReading } from '../../../conformance/drive/outcome.ts';
import {
  type Difference,
  differenceIn,
  type ServerModel,
} from '../../../conformance/drive/predicted.ts';
import { costOf, QUESTIONS, type ServerQuestion } from '../../../conformance/drive/questions.ts';
import { type DrivenRun, perform, secretsOf } from '../../../conformance/drive/run.ts';
import { isSafe, searchUntilStopped } from '../../../conformance/drive/sequences.ts';
import { serverOf, type Target } from '../../../conformance/drive/target.ts';
import { parseChallenges } from '../../../conformance/http/challenges.ts';
import { HeaderError } from '../../../conformance/http/field-value.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { DIVERGENCES, refusingIn } from '../../../conformance/trace/divergences.ts';
import { BadInput } from '../../input/bad-input.ts';
import { type Budget, type RequestLimits, Stopped } from './budget.ts';

export type Answered = { readonly question: ServerQuestion; readonly answer: string };
export type LeftOutQuestion = { readonly question: ServerQuestion; readonly why: string };

export type Examination = {
  readonly answers: Answered[];
  readonly leftOut: LeftOutQuestion[]; // because of the limits
  models: readonly ServerModel[]; // that explain every answer; empty only with a difference
  sequences: number;
  difference: ({ readonly story: readonly string[] } & Pick<Difference, 'expected' | 'got'>) | null;
  stopped: Stopped | null; // null: the examination was completed
  readonly recordings: Recording[];
};

export type ExaminationOptions = {
  readonly target: Target;
  readonly models: readonly ServerModel[];
  readonly limits: RequestLimits;
  readonly seed: number;
  readonly progress: (text: string) => void;
};

/** Known refusals of some servers besides 401. Any server may close a connection. */
const READINGS: readonly RefusalReading[] = DIVERGENCES.flatMap(refusingIn);

/** The share of the remaining requests that is reserved for shrinking a sequence. */
const FOR_SHRINKING = 1 / 3;

/**
 * @param examination - filled step by step, so that it survives an error.
 * @throws BadInput when the server does not ask for NTLM, or refuses the right password.
 * @throws ServerProblem
 */
export async function examine(
  examination: Examination,
  options: ExaminationOptions,
  budget: Budget,
): Promise<void> {
  const { target, limits, seed, progress } = options;
  const runOptions = {
    ...budget,
    recorded: (recording: Recording) => examination.recordings.push(recording),
  };
  try {
    progress('does the server ask for NTLM?');
    await mustOfferNtlm(target, await perform([bare(1)], target, runOptions));
    const askable = QUESTIONS.filter((question) => mayAsk(question, target));
    for (const [at, question] of askable.entries()) {
      const { failures } = costOf(question);
      if (budget.spent.failures + failures >= limits.maxFailures && failures > 0) {
        examination.leftOut.push({ question, why: `${failures} sign-ins may fail` });
        continue;
      }
      progress(`question ${at + 1} of ${askable.length}: ${question.id}`);
      const run = await asked(question, target, runOptions);
      const answer = answerIn(run, question, target);
      if (question.id === 'right-password' && answer !== 'yes') throw refusal(target, answer);
      examination.answers.push({ question, answer });
      if (!isExplained(examination, run, question.acts, target)) return;
    }
    budget.reserve(Math.floor((limits.maxRequests - budget.spent.requests) * FOR_SHRINKING));
    const { models, sequences, found, stopped } = await searchUntilStopped(
      target,
      examination.models,
      {
        ...runOptions,
        seed,
        runs: limits.maxRequests,
        readings: READINGS,
        slots: 2,
        isAllowed: (act, before) =>
          isSafe(act, before) && mayDo(act, target) && isTimely(act, before),
        onFound: () => budget.reserve(0),
      },
    );
    Object.assign(examination, { models, sequences });
    if (found !== null) examination.difference = { ...found.difference, story: found.story };
    // Using up the requests is the regular end.
    const isEnd = stopped?.error instanceof Stopped && stopped.error.by === 'requests';
    if (stopped !== null && !(isEnd && sequences > 0)) throw stopped.error;
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
    examination.stopped = error;
  }
}

/** Keeps the models that explain the run. If none does, notes the difference. */
function isExplained(
  examination: Examination,
  run: DrivenRun,
  acts: readonly Act[],
  target: Target,
): boolean {
  const heard = drivenExchangesIn(run.recording, secretsOf(target));
  const differences = examination.models.map((model) => differenceIn(heard, model, READINGS));
  const fitting = examination.models.filter((_, i) => differences[i] === null);
  if (fitting.length > 0) {
    examination.models = fitting;
    return true;
  }
  const furthest = differences.reduce((most, it) =>
    (it?.request ?? 0) > (most?.request ?? 0) ? it : most,
  )!;
  examination.difference = { ...furthest, story: storyOf(acts, run, target, furthest) };
  return false;
}

/** Leaves out what the model does not cover, and Basic on a connection that others can read. */
function mayAsk(question: ServerQuestion, target: Target): boolean {
  const { acts } = question;
  return (
    canAsk(question, target, null) && acts.every((act) => !isRequest(act) || mayDo(act, target))
  );
}

function mayDo(act: Act, target: Target): boolean {
  if (act.does === 'basic') return isPrivate(serverOf(target));
  return act.does !== 'authenticate' || !DOMAINS.includes(act.as);
}

/** The model has no policy for a response without a challenge. */
const isTimely = (act: Act, before: readonly Act[]) =>
  act.does !== 'authenticate' || before.findLast(({ on }) => on === act.on)?.does === 'negotiate';

/** Domains are not modelled. */
const DOMAINS: readonly Who[] = ['wrongDomain', 'emptyDomain'];

export const isPrivate = (server: string): boolean => {
  const { protocol, hostname } = new URL(server);
  return protocol === 'https:' || /^(localhost|127\.[\d.]+|\[::1\])$/.test(hostname);
};

function mustOfferNtlm(target: Target, { asked: [first] }: DrivenRun): void {
  const answer = first?.answer ?? null;
  const server = serverOf(target);
  if (answer === null) throw new BadInput(`${server}: closes the connection without an answer`);
  const wanted = target.proxy === null ? 401 : 407;
  if (answer.status !== wanted)
    throw new BadInput(
      `${server}: answers ${answer.status} to a request without credentials, not ${wanted}; ` +
        'name a page that needs a sign-in',
    );
  const schemes = offered(answer.authenticate);
  if (!schemes.includes('ntlm'))
    throw new BadInput(
      `${server}: does not offer NTLM; it offers ${schemes.join(', ') || 'nothing'}`,
    );
}

function offered(values: readonly string[]): readonly string[] {
  try {
    return [...new Set(parseChallenges(values).map(({ scheme }) => scheme))];
  } catch (error) {
    if (error instanceof HeaderError) return [];
    throw error;
  }
}

const refusal = (target: Target, answer: string) =>
  new BadInput(
    `${serverOf(target)}: the password of ${target.accounts.right.user} does not sign in ` +
      `(${answer}); check the password, and whether the server requires more than NTLM`,
  );
