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
import type { Divergence } from './divergences.ts';
import { whyNot } from './explanation.ts';
import { advanced, type Hypothesis } from './hypotheses.ts';
import { notesOf } from './notes.ts';
import { type Observations, type Observed, observationsOf } from './observations.ts';
import { expectedOf } from './permitted.ts';
import type { JudgedConnection, LeftOutConnection } from './scope.ts';
import { type Pages, SERVERS, type ServerMachines } from './server-run.ts';
import {
  leftOf,
  type ServerLeft,
  type Sides,
  type TraceSession,
  traceSessionOf,
} from './trace-session.ts';

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
  secondNegotiate: ['renew', 'poison'],
  requestMidway: ['fail', 'allow'],
  reauthentication: ['restart', 'poison', 'ignore'],
  otherScheme: ['fail', 'refuse', 'ignore'],
  persistence: ['connection', 'request'],
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

/** @throws BadRecording if no connection can be judged, with the reason for each */
export const judge = (recording: Recording, options: JudgeOptions): TraceVerdict =>
  judgeObservations(observationsOf(recording, options.secrets), options);

/** The same for observations that are already in the model's terms. */
export function judgeObservations(
  observations: Observations,
  options: Omit<JudgeOptions, 'secrets'>,
): TraceVerdict {
  if (observations.connections.length === 0) throw nothingToJudge(observations.leftOut);
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
  for (const seen of observations.seen) {
    const { server } = session.connection(seen.connection);
    const before = session.hypotheses.get(server)!;
    const hypotheses = before.flatMap((hypothesis) => advanced(hypothesis, seen, session.rules));
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

function nothingToJudge(leftOut: readonly LeftOutConnection[]): BadRecording {
  const reasons = leftOut.map(({ number, why }) => `connection ${number}: ${why}`);
  return new BadRecording(
    '',
    [
      'no connection can be judged',
      ...(reasons.length > 0 ? reasons : ['the recording is empty']),
    ].join('\n'),
  );
}
