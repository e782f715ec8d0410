/** For the server side of NTLM: how it is tested against itself as a model. */
import { expect } from 'vitest';
import { DEFENCES, type Defences, STATIC_CHALLENGE } from '../../../machines/ntlm/acceptor.ts';
import { answer, INITIATOR, type Vantage } from '../../../machines/ntlm/initiator.ts';
import { type NtlmPolicy, POLICIES, STANDARD } from '../../../machines/ntlm/policy.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { ServerEvent } from '../../../machines/vocabulary/messages.ts';
import {
  type Challenge,
  type Credential,
  type Response,
  type TargetInfo,
  withoutMic,
  withPairs,
} from '../../../machines/vocabulary/terms.ts';
import type { Plan } from './model-based.ts';

const CONNECTION = 'alice>frontEnd#1';
const ALICE: Credential = { user: 'alice', secret: { passwordOf: 'alice' } };
const MISTYPED: Credential = { user: 'alice', secret: { passwordOf: null } };
const TOKEN: Credential = { user: 'alice', secret: null };

const FIRST: Challenge = { connection: CONNECTION, serial: 0 };
const INFO: TargetInfo = { computer: 'frontEnd', timestamp: true, flags: false };
const HERE: Vantage = {
  initiator: INITIATOR,
  machine: 'alice',
  target: 'frontEnd',
  certificate: 'frontEnd',
};

const by = (credential: Credential, challenge = FIRST): Response =>
  answer(credential, challenge, INFO, HERE);
const from = (vantage: Partial<Vantage>, info: Partial<TargetInfo> = {}): Response =>
  answer(ALICE, FIRST, { ...INFO, ...info }, { ...HERE, ...vantage });
const initiator = (choices: Partial<Vantage['initiator']>) => ({
  initiator: { ...INITIATOR, ...choices },
});

const authenticate = (response: Response) =>
  ({ type: 'AUTHENTICATE_MESSAGE', path: 'mailbox', response }) as const;

export const serverEvents: readonly ServerEvent[] = [
  { type: 'connection.opened' },
  { type: 'connection.closed' },
  { type: 'http.request', path: 'mailbox' },
  { type: 'http.request.basic', path: 'mailbox', credential: ALICE },
  { type: 'http.request.basic', path: 'mailbox', credential: MISTYPED },
  { type: 'NEGOTIATE_MESSAGE', path: 'mailbox' },
  ...[
    by(ALICE),
    by(ALICE, { ...FIRST, serial: 1 }),
    by(ALICE, { ...FIRST, connection: 'bob>frontEnd#1' }),
    by(MISTYPED),
    by(TOKEN),
  ].map(authenticate),
  { type: 'page.ready' },
  { type: 'page.moved', to: 'mailbox' },
  { type: 'page.forbidden' },
  { type: 'page.unauthorized' },
];

/** What each check of a strict acceptor refuses, and what only a lenient one takes. */
const CONTESTED: readonly Response[] = [
  from(initiator({ version: 'NTLMv1' })),
  from({}, { computer: 'mailbox' }),
  from({}, { computer: null }),
  from({ certificate: 'mailbox' }),
  from({ certificate: null }),
  from({ target: 'mailbox' }),
  from({ target: 'portal' }),
  from({ machine: 'frontEnd', target: 'portal' }),
  from({ target: 'mailbox', ...initiator({ trustsTarget: false }) }),
  from({ machine: 'frontEnd', target: 'mailbox', ...initiator({ trustsTarget: false }) }),
  withoutMic(from({})),
  from({}, { flags: true }),
  withPairs(from(initiator({ sendsMic: false })), { target: 'mailbox' }),
  answer(ALICE, STATIC_CHALLENGE, INFO, HERE),
];

const STRICT: Defences = {
  ...DEFENCES,
  serverName: 'required',
  channelBinding: 'required',
  targetName: 'checked',
  loopback: 'checked',
};
const LENIENT: Defences = {
  ...DEFENCES,
  challenges: 'static',
  timestamp: 'leftOut',
  ntlmv1: 'allowed',
  lmResponse: 'accepted',
  serverName: 'ignored',
  mic: 'ignored',
};
const IF_PRESENT: Defences = { ...DEFENCES, channelBinding: 'checkedIfPresent' };

type Choices = {
  readonly policy?: NtlmPolicy;
  readonly defences?: Defences;
  readonly restart?: boolean;
  readonly contested?: readonly Response[];
};

/** Under one policy, with some defences. Only some of them can be poisoned. */
export function ntlmServerPlan(choices: Choices): Plan {
  const { policy = STANDARD, defences = DEFENCES, restart = true, contested = [] } = choices;
  const poisons = [policy.afterFailure, policy.secondNegotiate, policy.reauthentication];
  const canBePoisoned = poisons.some((choice) => choice.startsWith('poison'));
  const isNull = (field: string) => (context: Record<string, unknown>) =>
    expect(context[field]).toBeNull();
  return {
    model: MACHINES.ntlmServerConnection,
    input: {
      server: 'frontEnd',
      names: ['frontEnd', 'portal'],
      connection: CONNECTION,
      policy,
      defences,
      certificate: 'frontEnd',
      challenges: { max: 2, restart },
    },
    events: [...serverEvents, ...contested.map(authenticate)],
    states: {
      closed: isNull('identity'),
      awaitingNegotiate: (context) => {
        isNull('challenge')(context);
        isNull('identity')(context);
      },
      'awaitingAuthenticate.waiting': ({ challenge }) => expect(challenge).not.toBeNull(),
      authenticated: (context) => expect(context.identity).toEqual(TOKEN),
      ...(canBePoisoned ? { poisoned: isNull('identity') } : {}),
    },
  };
}

export const NTLM_SERVER_PLANS: readonly Plan[] = [
  ...Object.values(POLICIES).map((policy) => ntlmServerPlan({ policy })),
  ntlmServerPlan({ policy: { ...STANDARD, persistence: 'request' } }),
  ntlmServerPlan({ policy: { ...STANDARD, failureReply: 'forbidden' } }),
  ntlmServerPlan({ policy: { ...STANDARD, onPageRefusal: 'keep' } }),
  ntlmServerPlan({ restart: false }),
  ...[STRICT, LENIENT, IF_PRESENT].map((defences) =>
    ntlmServerPlan({ defences, contested: CONTESTED }),
  ),
];
