/**
 * Trace validation: whether a recording is a behaviour of the model. It is one if, on each
 * connection, some run of the judged sides has exactly the recorded messages. The rest is chosen
 * freely: requests and their credentials, the answers of pages, and the configurations of acceptor
 * and initiator. All connections of one server share its configuration.
 *
 * @source Cirstea, Kuppe, Loillier and Merz, Validating Traces of Distributed Programs Against TLA+
 *   Specifications, 2024
 */
import { DEFENCES, type Defences } from '../../machines/ntlm/acceptor.ts';
import type { NtlmPolicy } from '../../machines/ntlm/policy.ts';
import { BadRecording, type Observation, type Recording } from '../recording/recording.ts';
import type { Secrets } from '../terms/dictionary.ts';
import { combinations } from './choices.ts';
import { CLIENTS, type ClientMachines } from './client-run.ts';
import { leftOf, type ServerLeft } from './configurations-left.ts';
import type { Divergence } from './divergences.ts';
import { whyNot } from './explanation.ts';
import type { Hypothesis } from './hypotheses.ts';
import { type LeftOutConnection, leftOutName } from './left-out.ts';
import { notesOf } from './notes.ts';
import { isAboutSignIn, type Observations, type Observed, observationsOf } from './observations.ts';
import { expectedOf } from './permitted.ts';
import type { JudgedConnection } from './scope.ts';
import { type Pages, SERVERS, type ServerMachines } from './server-run.ts';
import { type Sides, type TraceSession, traceSessionOf } from './trace-session.ts';

export type JudgeOptions = {
  readonly sides: Sides;
  readonly secrets: Secrets;
  /** The policies of servers. Default: every combination. */
  readonly policies?: readonly NtlmPolicy[];
  /** Default: all that permit no attack, `SOUND_DEFENCES`. */
  readonly defences?: readonly Defences[];
  /** Known differences from the model. Default: none. */
  readonly divergences?: readonly Divergence[];
  /** How pages answer. Default: anything. */
  readonly pages?: Pages;
  /** Called before each step, with the number of steps before it. */
  readonly onStep?: (judged: number, of: number) => void;
  /** Machines with faults. Default: the model's. */
  readonly machines?: Partial<{ readonly server: ServerMachines; readonly client: ClientMachines }>;
};

export type TraceVerdict = {
  readonly isBehaviour: boolean;
  /** The number of judged observations, from the first on, that are a behaviour. */
  readonly accepted: number;
  readonly refused: Observation | null; // the first that the model rejects; null: none
  readonly refusedAt: number | null; // its place in the recording, 0-based
  readonly expected: readonly string[]; // permitted ones, in words; empty for a behaviour
  readonly why: string; // '' for a behaviour
  /** The policies that fit every server of the recording; all if it shows no NTLM. */
  readonly policies: readonly NtlmPolicy[];
  readonly servers: readonly ServerLeft[];
  readonly used: readonly string[]; // ids of divergences, sorted
  /** What else a reader should know: sentences in lower case, without their full stops. */
  readonly notes: readonly string[];
  readonly connections: readonly JudgedConnection[];
  readonly leftOut: readonly LeftOutConnection[];
  readonly seen: readonly Observed[];
};

export const EVERY_POLICY: readonly NtlmPolicy[] = combinations<NtlmPolicy>({
  afterFailure: ['spent', 'reusable', 'poisoned'],
  failureReply: ['unauthorized', 'forbidden'],
  secondNegotiate: ['renew', 'poison'],
  requestMidway: ['fail', 'allow'],
  reauthentication: ['restart', 'poison', 'ignore'],
  otherScheme: ['fail', 'refuse', 'ignore'],
  persistence: ['connection', 'request'],
  onPageRefusal: ['end', 'keep'],
});

/** Configurations of hardened and of old servers that permit none of the attacks. */
export const SOUND_DEFENCES: readonly Defences[] = combinations<Defences>({
  challenges: [DEFENCES.challenges],
  timestamp: ['sent', 'leftOut'],
  ntlmv1: ['refused', 'allowed'],
  lmResponse: [DEFENCES.lmResponse],
  serverName: ['checkedIfPresent', 'ignored', 'required'],
  channelBinding: ['ignored', 'checkedIfPresent', 'required'],
  targetName: ['unchecked', 'checked'],
  mic: [DEFENCES.mic],
  loopback: ['unchecked', 'checked'],
});

/** @throws BadRecording if no connection can be judged, or none of those shows a sign-in */
export function judge(recording: Recording, options: JudgeOptions): TraceVerdict {
  const observations = observationsOf(recording, options.secrets);
  if (observations.connections.length > 0 && !observations.seen.some(isAboutSignIn))
    throw nothingToJudge('nothing about signing in is in it', observations.leftOut);
  return judgeObservations(observations, options);
}

/** The same for observations that are already in the model's terms. */
export function judgeObservations(
  observations: Observations,
  options: Omit<JudgeOptions, 'secrets'>,
): TraceVerdict {
  if (observations.connections.length === 0) throw nothingToJudge(NONE, observations.leftOut);
  const session = traceSessionOf(observations, {
    ...options,
    policies: options.policies ?? EVERY_POLICY,
    defences: options.defences ?? SOUND_DEFENCES,
    divergences: options.divergences ?? [],
    pages: options.pages ?? 'anything',
    machines: {
      server: options.machines?.server ?? SERVERS,
      client: options.machines?.client ?? CLIENTS,
    },
  });
  let accepted = 0;
  for (const [i, seen] of observations.seen.entries()) {
    options.onStep?.(i, observations.seen.length);
    const { server } = session.connection(seen.connection);
    const before = session.before(seen.connection);
    const hypotheses = session.after(before, seen, i);
    if (hypotheses.length === 0) return refusal(observations, session, seen, before, accepted);
    session.hypotheses.set(server, hypotheses);
    accepted += 1;
  }
  const verdict = { isBehaviour: true, refused: null, refusedAt: null, expected: [], why: '' };
  return {
    ...observations,
    ...verdict,
    accepted,
    ...leftOf(session),
    notes: notesOf(observations),
  };
}

function refusal(
  observations: Observations,
  session: TraceSession,
  seen: Observed,
  before: readonly Hypothesis[],
  accepted: number,
): TraceVerdict {
  return {
    ...observations,
    isBehaviour: false,
    accepted,
    refused: seen.observation,
    refusedAt: seen.index,
    expected: expectedOf(seen, before, session),
    why: whyNot(seen, before, session),
    ...leftOf(session),
    notes: notesOf(observations),
  };
}

function nothingToJudge(what: string, leftOut: readonly LeftOutConnection[]): BadRecording {
  const reasons = leftOut.slice(0, REASONS_MAX).map((one) => `${leftOutName(one)}: ${one.why}`);
  const more = leftOut.length - reasons.length;
  return new BadRecording(
    '',
    what,
    ...(leftOut.length > 0 || what !== NONE ? reasons : ['the recording is empty']),
    ...(more > 0 ? [`and ${more} more connections`] : []),
  );
}

const NONE = 'no connection can be judged';
const REASONS_MAX = 40; // printed
