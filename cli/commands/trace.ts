/** `double-hop trace`: one counterexample or witness, as sentences, a diagram or data. */
import type { Mechanism } from '../../machines/system/topology.ts';
import type { ClaimResult } from '../../properties/check.ts';
import { verdictsOf } from '../../properties/verdicts/verdicts.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { BadInput } from '../input/bad-input.ts';
import { chosenSubject } from '../input/chosen.ts';
import { claimOf, faultOf, machinesWith, type Task, tasksOf } from '../input/subject.ts';
import { checkedInTurn } from '../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { stories } from '../output/told.ts';
import { type RecordedOptions, traceRecorded } from './trace-recorded.ts';

export type TraceOptions = RecordedOptions & {
  /** Of those the topology compares. Undefined: the first that has a trace. */
  readonly with: Mechanism | undefined;
  readonly fault: string | undefined; // a mistake's id
  readonly maxStates: number;
  readonly maxMemory: number; // bytes
};

/**
 * @throws BadInput for a file, claim or mistake there is not, and where there is no trace.
 * @throws LimitReached when a search exceeds a limit of the options.
 * @throws Interrupted
 */
export async function trace(
  id: string,
  path: string | undefined,
  options: TraceOptions,
  io: Io,
): Promise<Exit> {
  refuseWhatDoesNotFit(options);
  const subject = chosenSubject(path, options);
  const tasks = tasksOf(subject, [id]);
  const fault = faultOf(options.fault);
  const { maxStates: statesMax, maxMemory: bytesMax } = options;
  const limits = { statesMax, bytesMax, machines: machinesWith(fault) };
  let found: ClaimResult | undefined;
  for await (const result of checkedInTurn(tasks, limits, io)) {
    if (result.trace === null) continue;
    found = result;
    break;
  }
  if (found === undefined) throw nothingToTell(id, tasks);
  if (options.recording !== undefined)
    return traceRecorded(found, subject.topology.name, options, io);
  if (options.json) {
    const document = verdictsOf(subject.topology.name, [found], fault?.id ?? null);
    io.out(JSON.stringify(document, null, 2));
  } else if (options.mermaid)
    io.out(toMermaid(found.trace!, titleOf(found), found.loop, found.deployment));
  else for (const line of stories([found], io).slice(1)) io.out(line);
  return EXIT.fine;
}

function refuseWhatDoesNotFit({ recording, host, fault }: TraceOptions): void {
  if (recording === undefined && host.length > 0)
    throw new BadInput('--host goes with --recording: it says who is who there');
  if (recording !== undefined && fault !== undefined)
    throw new BadInput('--recording goes without --sabotage: it is held against honest machines');
}

const titleOf = ({ claim, deployment, verdict }: ClaimResult) =>
  `${claim.id} ${verdict}, ${deployment.name}`;

function nothingToTell(id: string, tasks: readonly Task[]): BadInput {
  const { kind } = claimOf(id);
  const where = tasks.map(({ deployment }) => deployment.name).join(' and ');
  return new BadInput(
    kind === 'sometimes'
      ? `${id} is not witnessed in ${where}: there is no trace to tell`
      : `${id} holds in ${where}: there is no counterexample to tell`,
  );
}
