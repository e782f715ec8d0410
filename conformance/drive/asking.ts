/** Asks a real server questions, and puts its answers into words. */
import { ntlmToken } from '../http/challenges.ts';
import type { Answer } from './driver-connection.ts';
import { outcomeOf } from './outcome.ts';
import { FRESH_CHALLENGE, type ServerQuestion, type Word } from './questions.ts';
import { type DrivenRun, perform, type RunOptions } from './run.ts';
import type { Target } from './target.ts';

/** Whether the target has the accounts and servers that the question needs. */
export const canAsk = ({ needs }: ServerQuestion, target: Target, back: Target | null): boolean =>
  needs === 'nothing' || (needs === 'back' ? back !== null : target.accounts.other !== null);

/** Performs the acts of a question. A request on a closed connection is not sent. */
export const asked = (
  question: Pick<ServerQuestion, 'acts'>,
  target: Target,
  options: RunOptions,
) => perform(question.acts, target, { ...options, reopens: false });

/**
 * The answer in words, one for each reported act, as "challenge, no". For a question with another
 * account, a `yes` names the user whom the server named: "yes (other)". An act that was left out is
 * "not asked".
 *
 * @throws ServerProblem
 */
export const answerTo = async (
  question: ServerQuestion,
  target: Target,
  options: RunOptions = {},
): Promise<string> => answerIn(await asked(question, target, options), question, target);

/** The same for a run of the question's acts. */
export function answerIn(
  run: Pick<DrivenRun, 'asked'>,
  question: ServerQuestion,
  target: Target,
): string {
  const answers = new Map(run.asked.map(({ act, answer }) => [act, answer]));
  return question.told
    .map((act) => {
      const answer = answers.get(act);
      if (answer === undefined) return 'not asked';
      const whose = question.needs === 'other account' ? whoseIs(answer, target) : '';
      return `${wordFor(answer)}${whose}`;
    })
    .join(', ');
}

/** Whether two challenges differ: `yes` or `no`. Null: two did not come. @throws ServerProblem */
export async function hasFreshChallenges(
  target: Target,
  options: RunOptions = {},
): Promise<'yes' | 'no' | null> {
  const { asked: all } = await perform(FRESH_CHALLENGE.acts, target, options);
  const [one, other] = all.map(({ answer }) => answer && ntlmToken(answer.authenticate));
  if (!one || !other) return null;
  return NONCE.every((at) => one[at] === other[at]) ? 'no' : 'yes';
}

/** Bytes of ServerChallenge in a CHALLENGE_MESSAGE. MS-NLMP 2.2.1.2 */
const NONCE = [24, 25, 26, 27, 28, 29, 30, 31] as const;

function wordFor(answer: Answer): Word {
  const outcome = outcomeOf(answer);
  switch (outcome.kind) {
    case 'page':
      return 'yes';
    case 'unauthorized':
      return 'no';
    case 'refused':
      return outcome.status === 403 ? 'forbidden' : 'error';
    default:
      return outcome.kind;
  }
}

function whoseIs(answer: Answer, { accounts: { right, other } }: Target): string {
  const outcome = outcomeOf(answer);
  if (outcome.kind !== 'page' || outcome.user === null) return '';
  const isFor = (account: typeof other) => account?.user.toLowerCase() === outcome.user;
  return isFor(right) ? ' (right)' : isFor(other) ? ' (other)' : ' (somebody else)';
}
