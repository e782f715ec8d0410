/** The questions for every client: a scenario, and the reading of the answer from a trial. */
import type { Closing } from '../../conformance/serve/route.ts';
import { storyOf } from './client-story.ts';
import type { Scenario, Stop } from './scenario.ts';
import * as sent from './sent.ts';
import type { Trial } from './trial.ts';

export type ClientQuestion = {
  readonly id: string;
  readonly question: string;
  /** The content of messages, or the choice of requests and connections. */
  readonly about: 'messages' | 'conduct';
  readonly scenario: Scenario;
  /** In words that are the same in every run. */
  readonly answer: (trial: Trial) => string;
};

const stop = (other: Partial<Stop> = {}): Stop => ({
  at: 'one',
  user: 'alice',
  types: 'right',
  page: 'serve',
  isOutside: false,
  closing: null,
  ...other,
});

const visiting = (...stops: readonly Stop[]): Scenario => ({
  policy: 'standard',
  offers: 'NTLM',
  accounts: 'own',
  stops,
});

const story = (i: number) => (trial: Trial) => storyOf(trial, i);

const ONE_VISIT = visiting(stop());
const TWO_VISITS = visiting(stop(), stop());

const closing = (at: Closing['at'], how: Closing['how']) =>
  visiting(stop({ closing: { at, how, times: 1 } }));

export const QUESTIONS: readonly ClientQuestion[] = [
  {
    id: 'first-message',
    question: 'What does it send to a server that it knows nothing of?',
    about: 'conduct',
    scenario: ONE_VISIT,
    answer: story(0),
  },
  {
    id: 'negotiate-version',
    question: 'Does its NEGOTIATE_MESSAGE have VERSION?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.negotiateVersion,
  },
  {
    id: 'response-version',
    question: 'Which response does it compute?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.responseVersion,
  },
  {
    id: 'mic',
    question: 'Does it send a MIC, where the challenge has a timestamp?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.micThere,
  },
  {
    id: 'lm-response',
    question: 'Does it send an LM response, where the challenge has a timestamp?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.lmResponse,
  },
  {
    id: 'channel-binding',
    question: 'Does it send a channel binding, without TLS?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.bindingPair,
  },
  {
    id: 'target-name',
    question: 'Does it say which server it means?',
    about: 'messages',
    scenario: ONE_VISIT,
    answer: sent.targetPair,
  },
  {
    id: 'next-request',
    question: 'How does it make the next request to the same server?',
    about: 'conduct',
    scenario: TWO_VISITS,
    answer: story(1),
  },
  {
    id: 'after-a-close',
    question: 'And where the server has closed the connection in between, and said so?',
    about: 'conduct',
    scenario: visiting(stop({ closing: { at: 'verdict', how: 'announces', times: 1 } }), stop()),
    answer: story(1),
  },
  {
    id: 'wrong-password',
    question: 'What does a 401 to its response make it do?',
    about: 'conduct',
    scenario: visiting(stop({ types: 'wrong' })),
    answer: story(0),
  },
  {
    id: 'refused-when-signed-in',
    question: 'What does a 401 on a connection make it do that it is signed in on?',
    about: 'conduct',
    scenario: visiting(stop(), stop({ page: 'refuse' })),
    answer: story(1),
  },
  {
    id: 'single-request',
    question: 'How does it go on where a sign-in lasts for one request?',
    about: 'conduct',
    scenario: { ...TWO_VISITS, policy: 'singleRequest' },
    answer: story(1),
  },
  {
    id: 'challenge-and-close',
    question: 'What does it do with a challenge that says "Connection: close"?',
    about: 'conduct',
    scenario: closing('challenge', 'announces'),
    answer: story(0),
  },
  {
    id: 'close-for-a-challenge',
    question: 'What does it do where the connection is closed in place of a challenge?',
    about: 'conduct',
    scenario: closing('challenge', 'silently'),
    answer: story(0),
  },
  {
    id: 'close-for-a-verdict',
    question: 'What does it do where the connection is closed in place of the last reply?',
    about: 'conduct',
    scenario: closing('verdict', 'silently'),
    answer: story(0),
  },
  {
    id: 'both-offered',
    question: 'What does it choose where NTLM and Basic are offered?',
    about: 'conduct',
    scenario: { ...ONE_VISIT, offers: 'both' },
    answer: story(0),
  },
  {
    id: 'basic-offered',
    question: 'What does it do where Basic alone is offered?',
    about: 'conduct',
    scenario: { ...TWO_VISITS, offers: 'Basic' },
    answer: (trial) => `${storyOf(trial, 0)}; next: ${storyOf(trial, 1)}`,
  },
  {
    id: 'redirect-of-a-public-page',
    question: 'What does it send where a page for everybody leads to another origin?',
    about: 'conduct',
    scenario: visiting(stop({ page: 'moveOn', isOutside: true })),
    answer: story(0),
  },
  {
    id: 'redirect-after-a-sign-in',
    question: 'What does it send where it is led to another origin after it has signed in?',
    about: 'conduct',
    scenario: visiting(stop({ page: 'moveOn' })),
    answer: story(0),
  },
  {
    id: 'redirect-with-basic',
    question: 'And after it has sent a password by Basic?',
    about: 'conduct',
    scenario: { ...visiting(stop({ page: 'moveOn' })), offers: 'Basic' },
    answer: story(0),
  },
  {
    id: 'redirect-to-a-known-server',
    question: 'And where it has signed in at that other origin before, with another account?',
    about: 'conduct',
    scenario: visiting(stop({ at: 'two' }), stop({ page: 'moveOn' })),
    answer: story(1),
  },
  {
    id: 'another-user',
    question: 'How does it make a request of another user to the same server?',
    about: 'conduct',
    scenario: visiting(stop(), stop({ user: 'bob' })),
    answer: story(1),
  },
];
