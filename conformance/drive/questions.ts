/**
 * Questions that the standards leave open, or answer with "fails". A few acts ask each of a server,
 * and the outcomes of some of them are the answer. The model gives the same answer if it is right
 * about that server.
 *
 * @source MS-NTHT 3.1.5.1; MS-NLMP 3.2.5.1.1 (challenges), 3.2.5.1.2 (checks); RFC 9110 11.6.2
 */
import {
  type Act,
  again,
  authenticate,
  bare,
  basic,
  isRequest,
  mayFail,
  negotiate,
  openBack,
} from './acts.ts';

/**
 * The outcome of one act: `yes` is a page, `no` a 401 or 407 without a challenge, `forbidden` a
 * 403, `error` another refusal.
 */
export type Word = 'yes' | 'no' | 'challenge' | 'forbidden' | 'error' | 'closed';

export type ServerQuestion = {
  readonly id: string; // kebab-case, unique
  readonly question: string;
  readonly acts: readonly Act[];
  /** The acts whose outcomes are the answer, in order. */
  readonly told: readonly number[];
  readonly needs: 'nothing' | 'back' | 'other account';
};

const ask = (
  id: string,
  question: string,
  acts: readonly Act[],
  told: readonly number[],
  needs: ServerQuestion['needs'] = 'nothing',
): ServerQuestion => ({ id, question, acts, told, needs });

const first = (of: number) => ({ over: { of, which: 'first' } }) as const;
const SIGN_IN = [negotiate(1), authenticate(1)];

/** First the questions without failed sign-ins, then those that show most for one. */
export const QUESTIONS: readonly ServerQuestion[] = [
  ask('right-password', 'Does the right password sign in?', SIGN_IN, [1]),
  ask('no-credentials', 'Is a bare request, one without credentials, let in?', [bare(1)], [0]),
  ask(
    'same-connection',
    'Is a bare request let in on a connection that is signed in?',
    [...SIGN_IN, bare(1)],
    [2],
  ),
  ask(
    'new-connection',
    'Is a bare request let in on another connection than the one that is signed in?',
    [...SIGN_IN, bare(2)],
    [2],
  ),
  ask(
    'basic-header-midway',
    'What of a Basic header between challenge and response, and of the response?',
    [negotiate(1), basic(1, 'right'), authenticate(1)],
    [1, 2],
  ),
  ask(
    'basic-header-signed-in',
    'What of a Basic header on a connection that is signed in, and of a bare request after it?',
    [...SIGN_IN, basic(1, 'other'), bare(1)],
    [2, 3],
  ),
  ask(
    'second-negotiate-response-to-second',
    'What of a second NEGOTIATE, and of a response to its challenge?',
    [negotiate(1), negotiate(1), authenticate(1)],
    [1, 2],
  ),
  ask(
    're-authentication',
    'What of a new handshake on a connection that is signed in, and of a bare request after it?',
    [...SIGN_IN, negotiate(1), authenticate(1), bare(1)],
    [2, 3, 4],
  ),
  ask(
    're-authentication-as-other',
    'What of a new handshake as somebody else, and whose is a bare request after it?',
    [...SIGN_IN, negotiate(1), authenticate(1, 'other'), bare(1)],
    [2, 3, 4],
    'other account',
  ),
  ask(
    'mic-right',
    'Does a right MIC do?',
    [negotiate(1), authenticate(1, 'right', { extra: 'mic' })],
    [1],
  ),
  ask(
    'empty-domain',
    'Does an empty domain do?',
    [negotiate(1), authenticate(1, 'emptyDomain')],
    [1],
  ),
  ask(
    'handshake-after-failure',
    'What of a new handshake after a wrong password?',
    [negotiate(1), authenticate(1, 'wrongPassword'), negotiate(1), authenticate(1)],
    [2, 3],
  ),
  ask(
    'right-after-wrong',
    'Is the right password taken after a wrong one, for the same challenge?',
    [negotiate(1), authenticate(1, 'wrongPassword'), authenticate(1)],
    [2],
  ),
  ask(
    'bare-request-midway',
    'What of a bare request between challenge and response, and of the response?',
    [negotiate(1), bare(1), authenticate(1)],
    [1, 2],
  ),
  ask(
    'other-target-name',
    'Does a response do that names another server as its target?',
    [negotiate(1), authenticate(1, 'right', { extra: 'otherTarget' })],
    [1],
  ),
  ask(
    'other-channel',
    'Does a response do that is bound to another channel?',
    [negotiate(1), authenticate(1, 'right', { extra: 'garbageBinding' })],
    [1],
  ),
  ask(
    'same-message-again',
    'What of the same AUTHENTICATE again where it signed in, and of a bare request after it?',
    [...SIGN_IN, again(1), bare(1)],
    [2, 3],
  ),
  ask(
    'wrong-password',
    'Does a wrong password sign in?',
    [negotiate(1), authenticate(1, 'wrongPassword')],
    [1],
  ),
  ask(
    'second-negotiate-response-to-first',
    'Is a response to the first challenge taken after a second NEGOTIATE?',
    [negotiate(1), negotiate(1), authenticate(1, 'right', first(1))],
    [2],
  ),
  ask(
    'replay-without-challenge',
    'Is the AUTHENTICATE of one connection taken on another, where no challenge came?',
    [...SIGN_IN, again(2, 1)],
    [2],
  ),
  ask(
    'replay-after-fresh-challenge',
    'Is the AUTHENTICATE of one connection taken on another, after a challenge there?',
    [...SIGN_IN, negotiate(2), again(2, 1)],
    [3],
  ),
  ask(
    'replay-at-another-server',
    'Is the AUTHENTICATE for one server taken by another with the same accounts?',
    [...SIGN_IN, openBack(3), negotiate(3), again(3, 1)],
    [4],
    'back',
  ),
  ask(
    'response-on-another-connection',
    'Is a response taken on another connection than its challenge came on, and on that one later?',
    [negotiate(1), authenticate(2, 'right', first(1)), again(1, 2)],
    [1, 2],
  ),
  ask(
    'mic-corrupt',
    'Does a corrupt MIC do?',
    [negotiate(1), authenticate(1, 'right', { extra: 'corruptMic' })],
    [1],
  ),
  ask(
    'wrong-domain',
    'Does the wrong domain do?',
    [negotiate(1), authenticate(1, 'wrongDomain')],
    [1],
  ),
  ask(
    'unknown-user',
    'Is a user let in that there is not?',
    [negotiate(1), authenticate(1, 'unknownUser')],
    [1],
  ),
  ask('nobody', 'Is an anonymous response taken?', [negotiate(1), authenticate(1, 'nobody')], [1]),
];

/** Its answer comes from a comparison of two challenges. */
export const FRESH_CHALLENGE = {
  id: 'fresh-challenge',
  question: 'Are the challenges of two connections different?',
  acts: [negotiate(1), negotiate(2)],
} as const;

/** The number of requests of a question, and of those that may count as failed sign-ins. */
export const costOf = ({ acts }: Pick<ServerQuestion, 'acts'>) => ({
  requests: acts.filter(isRequest).length,
  failures: acts.filter((act, at) => mayFail(act, acts.slice(0, at))).length,
});
