/** `double-hop trace --recording`: tells a recording as a run of the topology. */

import { withMonitors } from '../../../checker/explore/checked-property.ts';
import type { Property, System, Trace } from '../../../checker/model/system.ts';
import { readRecording } from '../../../conformance/recording/file.ts';
import { BadRecording, type Recording } from '../../../conformance/recording/recording.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import {
  type ExplainedRun,
  explainInDeployment,
} from '../../../conformance/trace/in-deployment.ts';
import { allHold, someFails, type WireMessage } from '../../../conformance/trace/run-of-system.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { causeOf } from '../../../properties/causes/cause-of.ts';
import { filed } from '../../../properties/causes/field-lines.ts';
import type { ClaimResult } from '../../../properties/check.ts';
import { asRecorded } from '../../../properties/deployments/deployments.ts';
import { verdictsOf } from '../../../properties/verdicts/verdicts.ts';
import { sentencesOf } from '../../../story/sentences.ts';
import { BadInput, badFile } from '../../input/bad-input.ts';
import { recordedHosts } from '../../input/recorded-hosts.ts';
import type { CommandSubject } from '../../input/subject.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { type CheckedClaim, stories } from '../../output/verdict-report.ts';

export type RecordedOptions = {
  readonly recording: string | undefined; // a file. Undefined: the model's own trace is printed
  readonly host: readonly string[]; // as "frontEnd=http://127.0.0.5:8081"
  readonly mermaid: boolean;
  readonly json: boolean;
};

/**
 * @param model - the model's own witness or counterexample.
 * @returns `EXIT.surprise` when no run of the topology sends the recorded messages.
 * @throws BadInput for a bad recording, or one with a connection that the topology does not have.
 */
export function traceRecorded(
  model: CheckedClaim,
  { topology, lines }: CommandSubject,
  options: RecordedOptions,
  io: Io,
): Exit {
  const file = options.recording!;
  const { claim, deployment } = model;
  if (options.mermaid) throw new BadInput('--recording cannot be used with --mermaid');
  const began = performance.now();
  const { recording, explained, harmless } = explainedIn(file, options.host, model);
  if (explained.trace === null) {
    const shows = model.verdict === 'violated' ? 'violates' : 'shows';
    io.out(`${file}: no run of ${deployment.name} ${shows} ${claim.id} and sends these messages`);
    io.out(`  ${recording.source}`);
    for (const line of harmless === null ? unsentLines(explained) : harmlessLines(model, harmless))
      io.out(`  ${line}`);
    return EXIT.surprise;
  }
  const { trace, states, transitions } = explained;
  const run: ClaimResult = {
    ...model,
    deployment: asRecorded(deployment),
    ...{ trace, states, transitions, depth: trace.length, loop: null },
    milliseconds: performance.now() - began,
  };
  const cause = claim.kind === 'always' ? causeOf(run) : null;
  const recorded: CheckedClaim = { ...model, ...run, cause: cause && filed(cause, lines) };
  if (options.json) {
    io.json(verdictsOf(topology.name, [model, recorded], null));
    return EXIT.fine;
  }
  for (const line of stories([recorded], io).slice(1)) io.out(line);
  io.out(`  Recorded: ${recording.source}.`);
  for (const line of comparison(model, recorded.trace!)) io.out(`  ${line}`);
  if (claim.kind !== 'sometimes' && claim.kind !== 'always')
    io.out('  A recording ends, so it shows the run up to its end, and not what never follows.');
  for (const { id, reason } of DIVERGENCES.filter(({ id }) => explained.used.includes(id)))
    io.out(`  The recording lacks ${explained.unseen} messages of this run (${id}): ${reason}`);
  return EXIT.fine;
}

const sentText = ({ wire, message }: WireMessage<unknown>) =>
  `${wire.replace(/\/wire$/, '')}: ` +
  (message === null ? 'the connection closes' : (message as { readonly type: string }).type);

function unsentLines(explained: Extract<ExplainedRun, { trace: null }>): readonly string[] {
  return [
    `A run of the model sends ${countWords(explained.sent)}. The next one would be:`,
    ...[...new Set(explained.expected.map(sentText))].map((line) => `  ${line}`),
  ];
}

const countWords = (sent: number): string => {
  if (sent === 0) return 'none of them';
  return sent === 1 ? 'the first message' : `the first ${sent} messages`;
};

const harmlessLines = (model: ClaimResult, harmless: Trace): readonly string[] => [
  `A run that does not violate ${model.claim.id} sends them all.`,
  ...comparison(model, harmless),
];

/** Up to which step the recorded run is the model's own, and both steps after it. */
function comparison(model: ClaimResult, recorded: Trace): readonly string[] {
  const [own, other] = [model.trace!, recorded].map((trace) =>
    trace.map((step) => JSON.stringify(step)),
  ) as [string[], string[]];
  const whose = model.verdict === 'violated' ? 'the counterexample' : "the model's own trace";
  const parting = other.findIndex((step, i) => step !== own[i]);
  if (parting < 0 && own.length === other.length)
    return [`It is ${whose}, in all ${own.length} steps.`];
  const same = parting < 0 ? other.length : parting;
  const told = [model.trace!, recorded].map(
    (trace) => sentencesOf(trace, model.deployment)[same] ?? 'it has no such step.',
  );
  return [
    `It is the same as ${whose}, of ${own.length} steps, up to step ${same}.`,
    `Step ${same + 1} of ${whose}: ${told[0]}`,
    `Step ${same + 1} of the recorded run: ${told[1]}`,
  ];
}

function explainedIn(
  file: string,
  named: readonly string[],
  { claim, deployment }: ClaimResult,
): {
  readonly recording: Recording;
  readonly explained: ExplainedRun;
  /** A run that sends all messages and violates nothing. Null: none, or it was not looked for. */
  readonly harmless: Trace | null;
} {
  try {
    const recording = readRecording(file);
    const hosts = recordedHosts(recording, named, deployment);
    const common = { deployment, hosts, secrets: new Map(), divergences: DIVERGENCES };
    const subjects = claim.subjects(deployment, MACHINES);
    const tries = subjects.map(({ system, properties }) =>
      explainInDeployment(recording, {
        ...common,
        system,
        ...reachedIn(claim.kind, system, properties),
      }),
    );
    const explained = tries.find(({ trace }) => trace !== null) ?? tries[0]!;
    const isLookedFor = explained.trace === null && claim.kind === 'always';
    const { system } = subjects[0]!;
    const harmless = isLookedFor
      ? explainInDeployment(recording, { ...common, system }).trace
      : null;
    return { recording, explained, harmless };
  } catch (error) {
    if (error instanceof BadRecording) throw badFile(file, error.lines);
    throw error;
  }
}

/**
 * The condition on the last state of a recorded run. A recording ends, so it cannot show that
 * something goes on for ever, or cannot be reached any more: then there is no condition.
 */
function reachedIn(
  kind: ClaimResult['claim']['kind'],
  system: System,
  properties: readonly Property[],
) {
  if (kind === 'sometimes') return { isReached: allHold(properties) };
  return kind === 'always' ? { isReached: someFails(withMonitors(system, properties)) } : {};
}
