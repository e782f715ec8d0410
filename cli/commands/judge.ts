/**
 * `double-hop judge`: whether a recording is a behaviour of the model, and where it is not, why.
 */
import { readFileSync } from 'node:fs';
import { type Command, Option } from 'commander';
import { readRecording } from '../../conformance/recording/file.ts';
import type { ReadOptions } from '../../conformance/recording/har.ts';
import { BadRecording, type Recording } from '../../conformance/recording/recording.ts';
import { redacted } from '../../conformance/recording/redact.ts';
import { redactedHar } from '../../conformance/recording/redact-har.ts';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import type { Sides } from '../../conformance/trace/trace-session.ts';
import { judge, type TraceVerdict } from '../../conformance/trace/trace-validation.ts';
import { POLICIES, type PolicyName } from '../../machines/ntlm/policy.ts';
import { anyOf, BadInput, didYouMean } from '../input/bad-input.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { documentOf } from './judge/judge-document.ts';
import { toldVerdict } from './judge/judge-told.ts';
import { writeNew } from './judge/write-new.ts';

export type JudgeCommandOptions = {
  readonly user: string | undefined;
  readonly password: string | undefined; // commander needs it declared to refuse it well
  readonly side: Sides;
  readonly policy: PolicyName | undefined;
  readonly as: string | undefined;
  readonly identityHeader: string | undefined;
  readonly redact: string | undefined;
  readonly json: boolean;
};

const EXITS_OF_JUDGE = `
A password is read from the environment variable DOUBLE_HOP_PASSWORD, never from the command line.
Without it a response is believed to be right or wrong, whichever explains what follows.

Exit codes:
  0  the recording is a behaviour of the model
  1  it is not
  2  bad input: a file that is no recording, or has nothing in it that can be judged
`;

const IMPLEMENTATIONS = [...new Set(DIVERGENCES.map(({ implementation }) => implementation))];

export function addJudge(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('judge')
    .description('tell whether a recording of real software is a behaviour of the model')
    .argument('<file>', 'a HAR, a capture (pcapng), a network log of Chromium, or a recording')
    .option('--user <name>', 'whose password DOUBLE_HOP_PASSWORD is')
    .addOption(new Option('--password <password>').hideHelp())
    .addOption(
      new Option('--side <side>', 'which sides have to be as the model is')
        .choices(['both', 'client', 'server'])
        .default('both'),
    )
    .addOption(
      new Option('--policy <name>', 'which the acceptor has; else any').choices(
        Object.keys(POLICIES),
      ),
    )
    .option('--as <implementation>', 'allow the known divergences of this one alone, or "none"')
    .option('--identity-header <name>', 'header of replies that names whom they are for')
    .option('--redact <out>', 'also write a recording that is safe to send, to a new file')
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText('after', EXITS_OF_JUDGE)
    .action((path: string, options: JudgeCommandOptions) =>
      exit(judgeFile(path, options, io, process.env)),
    );
}

/** @throws BadInput for whatever is wrong with the file, an option, or the environment */
export function judgeFile(
  path: string,
  options: JudgeCommandOptions,
  io: Io,
  env: NodeJS.ProcessEnv,
): Exit {
  if (options.password !== undefined)
    throw new BadInput(
      '--password: an argument can be seen by every user of this machine; ' +
        'set the environment variable DOUBLE_HOP_PASSWORD, and name its user with --user',
    );
  const secrets = secretsOf(options.user, env.DOUBLE_HOP_PASSWORD);
  const divergences = divergencesOf(options.as);
  const { policy, identityHeader, side: sides } = options;
  return withPlace(path, () => {
    const reading = { identityHeader };
    const recording = readRecording(path, reading);
    const verdict = judge(recording, {
      sides,
      secrets,
      divergences,
      ...(policy === undefined ? {} : { policies: [POLICIES[policy]] }),
    });
    if (options.redact !== undefined) redactTo(options.redact, path, recording, reading);
    show(path, recording, verdict, options, io);
    return verdict.isBehaviour ? EXIT.fine : EXIT.surprise;
  });
}

function secretsOf(
  user: string | undefined,
  password: string | undefined,
): ReadonlyMap<string, string> {
  if (user === undefined) return new Map();
  if (password === undefined || password === '')
    throw new BadInput(
      '--user: the password of that user has to be in the environment variable ' +
        'DOUBLE_HOP_PASSWORD; leave --user out where it is not known',
    );
  const name = user.slice(user.lastIndexOf('\\') + 1).toLowerCase();
  if (name === '') throw new BadInput('--user: must be a name, as "alice" or "LAB\\alice"');
  return new Map([[name, password]]);
}

function divergencesOf(implementation: string | undefined) {
  if (implementation === undefined) return DIVERGENCES;
  const allowed = [...IMPLEMENTATIONS, 'none'];
  if (!allowed.includes(implementation))
    throw new BadInput(
      `--as: must be ${anyOf(allowed)}, found "${implementation}"` +
        didYouMean(implementation, allowed),
    );
  return DIVERGENCES.filter((divergence) => divergence.implementation === implementation);
}

/** A fault of a recording is one of the user's file. */
function withPlace<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof BadRecording) throw new BadInput(`${path}: ${error.message}`);
    throw error;
  }
}

/** An archive stays one; of anything else it is the project's own form. */
function redactTo(out: string, path: string, recording: Recording, reading: ReadOptions): void {
  const archive = archiveIn(path);
  const safe = archive === null ? redacted(recording) : redactedHar(archive, reading);
  writeNew(out, `${JSON.stringify(safe, null, 2)}\n`);
}

function archiveIn(path: string): unknown {
  try {
    const data: unknown = JSON.parse(readFileSync(path, 'utf8'));
    return typeof data === 'object' && data !== null && 'log' in data ? data : null;
  } catch {
    return null; // it has been read as something else
  }
}

function show(
  path: string,
  recording: Recording,
  verdict: TraceVerdict,
  options: JudgeCommandOptions,
  io: Io,
): void {
  if (options.json)
    io.out(JSON.stringify(documentOf(path, recording, verdict, options.side), null, 2));
  else for (const line of toldVerdict(path, recording, verdict, options.side, io)) io.out(line);
}
