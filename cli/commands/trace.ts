/** `double-hop trace`: one counterexample or witness, as sentences, a diagram or data. */
import { type Command, Option } from 'commander';
import type { Mechanism } from '../../machines/system/topology.ts';
import type { ClaimResult } from '../../properties/check.ts';
import { verdictsOf } from '../../properties/verdicts/verdicts.ts';
import { toMermaid } from '../../story/diagram/mermaid.ts';
import { BadInput } from '../input/bad-input.ts';
import {
  exitCodes,
  FAULT,
  JSON_OPTION,
  MAX_MEMORY,
  MAX_STATES,
  MECHANISM,
  TOPOLOGY,
} from '../input/options.ts';
import {
  type ClaimTask,
  chosenSubject,
  claimOf,
  faultOf,
  machinesWith,
  tasksOf,
} from '../input/subject.ts';
import { checkedInTurn } from '../output/check-all.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { type CheckedClaim, stories } from '../output/verdict-report.ts';
import { type RecordedOptions, traceRecorded } from './trace/trace-recorded.ts';

export type TraceOptions = RecordedOptions & {
  /** One of the compared mechanisms. Undefined: the first that has a trace. */
  readonly with: Mechanism | undefined;
  readonly fault: string | undefined; // a fault's id
  readonly maxStates: number;
  readonly maxMemory: number; // bytes
};

const EXIT_CODES = exitCodes({
  0: 'the trace is printed',
  1: 'with --recording: no run of the topology sends the recorded messages',
  2: 'bad input: a wrong file, claim or option, or a claim that has no trace',
  3: 'a limit was reached; nothing is proved',
  130: 'interrupted with Ctrl-C; nothing is proved',
});

export function addTrace(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('trace')
    .description('tell the counterexample or witness of one claim')
    .argument('<claim>', 'the id of a claim, as `check` prints it')
    .argument(...TOPOLOGY)
    .addOption(MECHANISM)
    .addOption(FAULT)
    .addOption(MAX_STATES)
    .addOption(MAX_MEMORY)
    .addOption(new Option('--mermaid', 'print a Mermaid sequence diagram').default(false))
    .addOption(new Option(JSON_OPTION[0], JSON_OPTION[1]).default(false).conflicts('mermaid'))
    .option(
      '--recording <file>',
      'print this recording as a run of the topology that shows the claim',
    )
    .option('--host <name=origin...>', "with --recording: give the origin of a topology's host", [])
    .addHelpText('after', EXIT_CODES)
    .action(async (id: string, path: string | undefined, options: TraceOptions) =>
      exit(await trace(id, path, options, io)),
    );
}

/**
 * @throws BadInput for a wrong file, claim or fault, and when the claim has no trace.
 * @throws LimitReached when a search exceeds a limit of the options.
 * @throws Interrupted
 */
export async function trace(
  id: string,
  path: string | undefined,
  options: TraceOptions,
  io: Io,
): Promise<Exit> {
  refuseConflicts(options);
  const subject = chosenSubject(path, options);
  const fault = faultOf(options.fault);
  const tasks = tasksOf(subject, [id], fault ?? null);
  const { maxStates: statesMax, maxMemory: bytesMax } = options;
  const limits = { statesMax, bytesMax, machines: machinesWith(fault) };
  let found: CheckedClaim | undefined;
  for await (const result of checkedInTurn(tasks, limits, io)) {
    if (result.trace === null) continue;
    found = result;
    break;
  }
  if (found === undefined) throw noTrace(id, tasks);
  if (options.recording !== undefined) return traceRecorded(found, subject, options, io);
  if (options.json) {
    const document = verdictsOf(subject.topology.name, [found], fault?.id ?? null);
    io.json(document);
  } else if (options.mermaid)
    io.text(toMermaid(found.trace!, titleOf(found), found.loop, found.deployment));
  else for (const line of stories([found], io).slice(1)) io.out(line);
  return EXIT.fine;
}

function refuseConflicts({ recording, host, fault }: TraceOptions): void {
  if (recording === undefined && host.length > 0)
    throw new BadInput('--host needs --recording: it names a server of the recording');
  if (recording !== undefined && fault !== undefined)
    throw new BadInput(
      '--recording cannot be used with --fault: it is compared with the machines without faults',
    );
}

const titleOf = ({ claim, deployment, verdict }: ClaimResult) =>
  `${claim.id} ${verdict}, ${deployment.name}`;

function noTrace(id: string, tasks: readonly ClaimTask[]): BadInput {
  const { kind } = claimOf(id);
  const where = tasks.map(({ deployment }) => deployment.name).join(' and ');
  return new BadInput(
    kind === 'sometimes'
      ? `${id} is unwitnessed in ${where}: it has no trace`
      : `${id} holds in ${where}: it has no counterexample`,
  );
}
