/**
 * Trace validation: whether a recording is a behaviour of the model. It is one where, on each
 * connection, some run of the sides that are judged has exactly the messages that were seen. What
 * cannot be seen is chosen freely: who asks for what with which credential, what the page behind
 * answers, and how the acceptor and the initiator are configured. All connections of one server
 * share its configuration.
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
  /** Those that servers may have. Default: every combination. */
  readonly policies?: readonly NtlmPolicy[];
  /** Default: all that leave no hole, `SOUND_DEFENCES`. */
  readonly defences?: readonly Defences[];
  /** What may be read in another way. Default: nothing. */
  readonly divergences?: readonly Divergence[];
  /** Whether pages may refuse or let in as they like. Default: anything. */
  readonly pages?: Pages;
  /** Machines with mistakes in them. Default: the model's. */
  readonly machines?: Partial<{ readonly server: ServerMachines; readonly client: ClientMachines }>;
};

export type TraceVerdict = {
  readonly isBehaviour: boolean;
  /** How many of the observations that are judged are a behaviour, from the first on. */
  readonly accepted: number;
  readonly refused: Observation | null; // the first that is not; null: all are
  readonly refusedAt: number | null; // its place in the recording, 0-based
  readonly expected: readonly string[]; // in its place, in words; none where it is a behaviour
  readonly why: string; // '' where it is a behaviour
  /** That fit every server of the recording; all of them where it shows no NTLM. */
  readonly policies: readonly NtlmPolicy[];
  readonly servers: readonly ServerLeft[];
  readonly used: readonly string[]; // ids of divergences, sorted
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

/** How servers may be hardened, or old, without one of the holes that attacks go through. */
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

/**
 * @throws BadRecording where nothing in it can be judged: it says of each connection why.
 */
export const judge = (recording: Recording, options: JudgeOptions): TraceVerdict =>
  judgeObservations(observationsOf(recording, options.secrets), options);

/** The same, of what is in the model's words already. */
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
  return { ...observations, ...verdict, accepted, ...leftOf(session) };
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
  };
}

function nothingToJudge(leftOut: readonly LeftOutConnection[]): BadRecording {
  const reasons = leftOut.map(({ number, why }) => `connection ${number}: ${why}`);
  return new BadRecording(
    '',
    ['nothing in it can be judged', ...(reasons.length > 0 ? reasons : ['it is empty'])].join('\n'),
  );
}
