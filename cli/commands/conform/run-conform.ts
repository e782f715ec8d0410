/** Runs `double-hop conform`: checks the options and the consent, examines, and reports. */
import { existsSync } from 'node:fs';
import type { ServerModel } from '../../../conformance/drive/predicted.ts';
import { ServerProblem, serverOf, type Target } from '../../../conformance/drive/target.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { redacted } from '../../../conformance/recording/redact.ts';
import { EVERY_POLICY } from '../../../conformance/trace/trace-validation.ts';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { POLICIES, type PolicyName } from '../../../machines/ntlm/policy.ts';
import { BadInput } from '../../input/bad-input.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { writeNew } from '../../output/write-files.ts';
import { budgetOf, type RequestLimits } from './budget.ts';
import { documentOf } from './conform-document.ts';
import { conformText } from './conform-text.ts';
import { type Examination, examine, isPrivate } from './examine.ts';
import { passwordFor } from './password.ts';
import { type TargetOptions, targetOf } from './target-options.ts';

export type ConformOptions = TargetOptions &
  RequestLimits & {
    readonly password: string | boolean | undefined; // declared only to be refused with a message
    readonly yesIMayTestThisServer: boolean;
    readonly policy: PolicyName | undefined; // undefined: any
    readonly seed: number | undefined; // undefined: a new one
    readonly record: string | undefined; // a new file. Undefined: none
    readonly json: boolean;
  };

type Terminal = Pick<NodeJS.Process, 'env' | 'stdin' | 'stderr' | 'once' | 'off'>;

/**
 * @throws BadInput for a wrong option, and for a server that cannot be examined.
 * @throws Interrupted at Ctrl-C while the password is typed.
 */
export async function conform(options: ConformOptions, io: Io, terminal: Terminal): Promise<Exit> {
  const { policy, seed = Math.floor(Math.random() * 2 ** 31), record, json } = options;
  if (options.password !== undefined)
    throw new BadInput(
      '--password: every user of this machine can see the arguments of a command; leave it out ' +
        'to type the password, or set the environment variable DOUBLE_HOP_PASSWORD',
    );
  const unsigned = targetOf(options, '');
  if (!options.yesIMayTestThisServer) throw consentTo(unsigned, options);
  if (record !== undefined && existsSync(record))
    throw new BadInput(`${record}: this file exists; --record must name a new file`);
  const target = targetOf(options, await passwordFor(options.user, terminal));

  const examination: Examination = {
    answers: [],
    leftOut: [],
    models: modelsOf(policy),
    sequences: 0,
    difference: null,
    stopped: null,
    recordings: [],
  };
  const abort = new AbortController();
  const interrupt = () => abort.abort();
  const budget = budgetOf(options, abort.signal);
  const progress = (text: string) =>
    io.progress(`${budget.spent.requests} of ${options.maxRequests} requests: ${text}`);
  terminal.once('SIGINT', interrupt);
  let fault: ServerProblem | null = null;
  try {
    const { models } = examination;
    await examine(examination, { target, models, limits: options, seed, progress }, budget);
  } catch (error) {
    if (!(error instanceof ServerProblem)) throw error;
    fault = error;
  } finally {
    terminal.off('SIGINT', interrupt);
    io.progress('');
    if (record !== undefined) writeNew(record, textOf(examination.recordings), '--record');
  }
  if (fault !== null && fault.kind !== 'malformed') throw new BadInput(withHelp(fault));
  const found = { examination, target, seed, spent: budget.spent, limits: options, fault };
  if (json) io.json(documentOf(found));
  else for (const line of conformText(found, io)) io.out(line);
  return exitOf(examination, fault);
}

function exitOf({ difference, stopped }: Examination, fault: ServerProblem | null): Exit {
  if (difference !== null || fault !== null) return EXIT.surprise;
  if (stopped === null) return EXIT.fine;
  return stopped.by === 'interrupt' ? EXIT.interrupted : EXIT.limit;
}

/** With and without the checks of channel binding and target name: both conform. */
function modelsOf(name: PolicyName | undefined): readonly ServerModel[] {
  const policies = name === undefined ? EVERY_POLICY : [POLICIES[name]];
  return policies.flatMap((policy) =>
    (['ignored', 'checkedIfPresent'] as const).flatMap((channelBinding) =>
      (['unchecked', 'checked'] as const).map(
        (targetName): ServerModel => ({
          scheme: 'NTLM',
          policy,
          defences: { ...DEFENCES, channelBinding, targetName },
        }),
      ),
    ),
  );
}

function consentTo(target: Target, { user, maxRequests, rate, maxFailures }: ConformOptions) {
  const server = serverOf(target);
  return new BadInput([
    `nothing was sent yet. This command would send up to ${maxRequests} requests to ${server}, at`,
    `most ${rate} a second, and sign in as ${user} many times. Up to ${maxFailures} sign-ins may`,
    'fail, most of them on purpose. An account may lock after a few: use a test account.',
    isPrivate(server)
      ? 'The password is also sent in Basic headers.'
      : 'No Basic header is sent, because the connection is not private.',
    'If you are allowed to do that, repeat the command with --yes-i-may-test-this-server.',
  ]);
}

const HELP: Readonly<Record<string, string>> = {
  unreachable: '; is it running, and is the URL right?',
  untrusted:
    '; put the certificate of its authority in a file, and name that file in NODE_EXTRA_CA_CERTS',
  silent: '; it may be overloaded: try a lower --rate',
};
const withHelp = ({ message, kind }: ServerProblem) => `${message}${HELP[kind] ?? ''}`;

/** All runs as one recording, without secrets and names. */
function textOf(recordings: readonly Recording[]): string {
  const all: Recording = {
    format: 'double-hop-recording/1',
    source: 'double-hop conform',
    connections: recordings.flatMap(({ connections }, run) =>
      connections.map((it) => ({ ...it, id: `${run + 1}.${it.id}` })),
    ),
    observations: recordings.flatMap(({ observations }, run) =>
      observations.map((it) => ({ ...it, connection: `${run + 1}.${it.connection}` })),
    ),
  };
  return `${JSON.stringify(redacted(all), null, 2)}\n`;
}
