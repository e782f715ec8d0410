/** `double-hop trace --recording`: tells a recording as a run of the topology. */

import { readRecording } from '../../../conformance/recording/file.ts';
import { BadRecording, type Recording } from '../../../conformance/recording/recording.ts';
import { DIVERGENCES } from '../../../conformance/trace/divergences.ts';
import {
  type ExplainedRun,
  explainInDeployment,
} from '../../../conformance/trace/in-deployment.ts';
import { allHold, type WireMessage } from '../../../conformance/trace/run-of-system.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import type { ClaimResult } from '../../../properties/check.ts';
import { asRecorded } from '../../../properties/deployments/deployments.ts';
import { verdictsOf } from '../../../properties/verdicts/verdicts.ts';
import { BadInput, badFile, didYouMean } from '../../input/bad-input.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { stories } from '../../output/verdict-report.ts';

export type RecordedOptions = {
  readonly recording: string | undefined; // a file. Undefined: the model's own trace is printed
  readonly host: readonly string[]; // as "frontEnd=http://127.0.0.5:8081"
  readonly mermaid: boolean;
  readonly json: boolean;
};

/**
 * @param model - the model's own witness.
 * @returns `EXIT.surprise` when no run of the topology sends the recorded messages.
 * @throws BadInput for a bad recording, or one with a connection that the topology does not have.
 */
export function traceRecorded(
  model: ClaimResult,
  topology: string,
  options: RecordedOptions,
  io: Io,
): Exit {
  const file = options.recording!;
  const { claim, deployment } = model;
  if (claim.kind !== 'sometimes')
    throw new BadInput(
      `--recording: ${claim.id} has no witness; only a witness can be compared with a recording`,
    );
  if (options.mermaid) throw new BadInput('--recording cannot be used with --mermaid');
  const began = performance.now();
  const { recording, explained } = explainedIn(file, options.host, model);
  if (explained.trace === null) {
    io.out(`${file}: no run of ${deployment.name} shows ${claim.id} and sends these messages`);
    io.out(`  ${recording.source}`);
    io.out(
      `  A run of the model sends the first ${explained.sent} messages. The next one would be:`,
    );
    for (const line of new Set(explained.expected.map(sentText))) io.out(`    ${line}`);
    return EXIT.surprise;
  }
  const { trace, states, transitions } = explained;
  const recorded: ClaimResult = {
    ...model,
    deployment: asRecorded(deployment),
    ...{ trace, states, transitions, depth: trace.length, loop: null },
    milliseconds: performance.now() - began,
  };
  if (options.json) {
    io.json(verdictsOf(topology, [model, recorded], null));
    return EXIT.fine;
  }
  for (const line of stories([recorded], io).slice(1)) io.out(line);
  io.out(`  Recorded: ${recording.source}.`);
  io.out(`  ${comparison(model, recorded)}`);
  for (const { id, reason } of DIVERGENCES.filter(({ id }) => explained.used.includes(id)))
    io.out(`  The recording lacks ${explained.unseen} messages of this run (${id}): ${reason}`);
  return EXIT.fine;
}

const sentText = ({ wire, message }: WireMessage<unknown>) =>
  `${wire.replace(/\/wire$/, '')}: ` +
  (message === null ? 'the connection closes' : (message as { readonly type: string }).type);

function comparison(model: ClaimResult, recorded: ClaimResult): string {
  const [own, other] = [model.trace!, recorded.trace!].map((trace) =>
    trace.map((step) => JSON.stringify(step)),
  ) as [string[], string[]];
  const parting = other.findIndex((step, i) => step !== own[i]);
  return parting < 0 && own.length === other.length
    ? `It is the model's own trace, in all ${own.length} steps.`
    : `It is the same as the model's own trace, of ${own.length} steps, up to step ${Math.max(parting, 0)}.`;
}

function explainedIn(
  file: string,
  named: readonly string[],
  { claim, deployment }: ClaimResult,
): { readonly recording: Recording; readonly explained: ExplainedRun } {
  try {
    const recording = readRecording(file);
    const hosts = hostsOf(recording, named, deployment);
    const tries = claim.subjects(deployment, MACHINES).map((subject) =>
      explainInDeployment(recording, {
        ...{ deployment, hosts, secrets: new Map(), system: subject.system },
        divergences: DIVERGENCES,
        isReached: allHold(subject.properties),
      }),
    );
    return { recording, explained: tries.find(({ trace }) => trace !== null) ?? tries[0]! };
  } catch (error) {
    if (error instanceof BadRecording) throw badFile(file, error.lines);
    throw error;
  }
}

/** Host names by origin. Default: the servers, as they appear, are the hosts in their order. */
function hostsOf(
  { connections }: Recording,
  named: readonly string[],
  { hosts, name: deployment }: Deployment,
): ReadonlyMap<string, string> {
  const origins = [...new Set(connections.map(({ server }) => server))];
  const names = hosts.map(({ name }) => name);
  if (named.length === 0)
    return new Map(origins.flatMap((origin, i) => (names[i] ? [[origin, names[i]]] : [])));
  return new Map(
    named.map((text) => {
      const [, name = '', origin = ''] = /^([^=]+)=(.+)$/.exec(text) ?? [];
      if (!names.includes(name))
        throw new BadInput(
          `--host ${text}: it must be NAME=ORIGIN; the hosts of ${deployment} are ${names.join(', ')}` +
            didYouMean(name, names),
        );
      if (!origins.includes(origin))
        throw new BadInput(
          `--host ${text}: the recording has no such server; its servers are ${origins.join(', ')}` +
            didYouMean(origin, origins),
        );
      return [origin, name] as const;
    }),
  );
}
