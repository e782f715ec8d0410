/** Acts and their answers as sentences. */
import { type Act, type Extra, isRequest, type Over, type Who } from './acts.ts';
import { outcomeOf, outcomeWords } from './outcome.ts';
import type { Difference } from './predicted.ts';
import type { DrivenRun } from './run.ts';
import type { Target } from './target.ts';

/**
 * A run up to a difference, one sentence for each request, as "on connection 2: AUTHENTICATE as
 * alice, over the challenge of connection 1: expected 401, got 200".
 */
export function storyOf(
  acts: readonly Act[],
  { asked }: Pick<DrivenRun, 'asked'>,
  target: Target,
  difference: Difference | null,
): readonly string[] {
  const last = difference === null ? asked.length - 1 : difference.request;
  const answers = new Map(asked.slice(0, last + 1).map(({ act, answer }) => [act, answer]));
  const end = asked[last]?.act ?? -1;
  return acts.slice(0, end + 1).flatMap((act, at) => {
    if (!isRequest(act)) return [sentenceOf(act, target)];
    const answer = answers.get(at);
    if (answer === undefined) return [];
    const what = `on connection ${act.on}: ${sentenceOf(act, target)}`;
    const got = outcomeWords(outcomeOf(answer), target.proxy === null ? 401 : 407);
    return at === end && difference !== null
      ? [`${what}: expected ${difference.expected}, got ${difference.got}`]
      : [`${what}: ${got}`];
  });
}

function sentenceOf(act: Act, target: Target): string {
  switch (act.does) {
    case 'open':
      return `connection ${act.on} is opened${act.at === 'back' ? ' to the other server' : ''}`;
    case 'close':
      return `connection ${act.on} is closed`;
    case 'bare':
      return 'a request without credentials';
    case 'negotiate':
      return 'NEGOTIATE';
    case 'basic':
      return `Basic as ${whoIs(act.as, target)}`;
    case 'again':
      return act.of === act.on
        ? 'the last AUTHENTICATE once more'
        : `the last AUTHENTICATE of connection ${act.of} once more`;
    case 'authenticate':
      return [
        `AUTHENTICATE as ${whoIs(act.as, target)}`,
        ...overWords(act.over, act.on),
        ...EXTRAS[act.extra],
      ].join(', ');
  }
}

function whoIs(who: Who, { accounts: { right, other } }: Target): string {
  const { user } = right;
  const words: Record<Who, string> = {
    right: user,
    other: (other ?? right).user,
    wrongPassword: `${user} with a wrong password`,
    unknownUser: 'a user that does not exist',
    wrongDomain: `${user} of another domain`,
    emptyDomain: `${user} of no domain`,
    nobody: 'an anonymous user',
  };
  return words[who];
}

function overWords({ of, which }: Over, on: number): readonly string[] {
  const whose = {
    last: 'the challenge',
    before: 'the challenge before the last',
    first: 'the first challenge',
  };
  if (of !== on) return [`over ${whose[which]} of connection ${of}`];
  return which === 'last' ? [] : [`over ${whose[which]}`];
}

const EXTRAS: Readonly<Record<Extra, readonly string[]>> = {
  plain: [],
  mic: ['with a MIC'],
  corruptMic: ['with a corrupt MIC'],
  otherTarget: ['meant for another server'],
  garbageBinding: ['bound to another channel'],
};
