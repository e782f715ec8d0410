/**
 * `double-hop judge`: tells whether a recording is a behaviour of the model, and if not, why.
 */
import { type Command, Option } from 'commander';
import { type RecordingFile, readFile } from '../../conformance/recording/file.ts';
import type { ReadOptions } from '../../conformance/recording/har.ts';
import { BadRecording, type Recording } from '../../conformance/recording/recording.ts';
import { redacted } from '../../conformance/recording/redact.ts';
import { redactedHar } from '../../conformance/recording/redact-har.ts';
import { type AcrossProxies, acrossProxies } from '../../conformance/trace/across-proxies.ts';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import type { Sides } from '../../conformance/trace/trace-session.ts';
import { judge, type TraceVerdict } from '../../conformance/trace/trace-validation.ts';
import { POLICIES, type PolicyName } from '../../machines/ntlm/policy.ts';
import { anyOf, BadInput, badFile, didYouMean } from '../input/bad-input.ts';
import { exitCodes, JSON_OPTION, namedOption, sameName, wholeNumber } from '../input/options.ts';
import { recordedHosts } from '../input/recorded-hosts.ts';
import { readTopology } from '../input/topology-file.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { writeNew } from '../output/write-files.ts';
import { documentOf, type Shown } from './judge/judge-document.ts';
import { judgeProgress } from './judge/judge-progress.ts';
import { verdictText } from './judge/judge-text.ts';

export type JudgeCommandOptions = {
  readonly user: string | undefined;
  readonly password: string | undefined; // declared only to be refused with a message
  readonly side: Sides;
  readonly policy: PolicyName | undefined;
  readonly as: string | undefined;
  readonly identityHeader: string | undefined;
  readonly topology: string | undefined; // a file. Undefined: the connections alone are judged
  readonly host: readonly string[]; // as "proxy=http://127.0.0.5:8081"
  readonly redact: string | undefined;
  readonly maxSeconds: number;
  readonly json: boolean;
};

const NOTES = `
The password is read from the environment variable DOUBLE_HOP_PASSWORD, never from the command line.
Without it, a response counts as right or wrong, whichever explains the messages after it.
`;

const EXIT_CODES = exitCodes({
  0: 'the recording is a behaviour of the model',
  1: 'the recording is not a behaviour of the model, or a proxy mixes its clients up',
  2: 'bad input: the file is not a recording, or nothing in it can be judged',
  3: 'a limit was reached: there is no verdict',
});

const IMPLEMENTATIONS = [...new Set(DIVERGENCES.map(({ implementation }) => implementation))];

export function addJudge(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('judge')
    .description('tell whether a recording of real software is a behaviour of the model')
    .argument(
      '<file>',
      'a HAR, a capture, a network log of Chromium, or an own recording; gzip is read',
    )
    .option('--user <name>', 'name the user whose password is in DOUBLE_HOP_PASSWORD')
    .addOption(new Option('--password <password>').hideHelp())
    .addOption(
      new Option('--side <side>', 'judge these sides of the connections')
        .choices(['both', 'client', 'server'])
        .default('both'),
    )
    .addOption(
      namedOption(
        '--policy <name>',
        'require this policy of the acceptor (default: any)',
        Object.keys(POLICIES),
      ),
    )
    .option('--as <implementation>', 'allow only the known divergences of this one, or "none"')
    .option('--identity-header <name>', 'read the user of a reply from this header')
    .option(
      '--topology <file>',
      'also compare the two sides of the reverse proxies in this topology',
    )
    .option('--host <name=origin...>', "with --topology: give the origin of a topology's host", [])
    .option('--redact <out>', 'also write a redacted recording, without secrets, to this new file')
    .option('--max-seconds <n>', 'stop if judging takes longer', wholeNumber(1, 86_400), 600)
    .option(...JSON_OPTION)
    .addHelpText('after', `${NOTES}${EXIT_CODES}`)
    .action((path: string, options: JudgeCommandOptions) =>
      exit(judgeFile(path, options, io, process.env)),
    );
}

/** @throws BadInput for a wrong file, option or environment variable. */
export function judgeFile(
  path: string,
  options: JudgeCommandOptions,
  io: Io,
  env: NodeJS.ProcessEnv,
): Exit {
  if (options.password !== undefined)
    throw new BadInput(
      '--password: every user of this machine can see the arguments of a command; set the ' +
        'environment variable DOUBLE_HOP_PASSWORD instead, and name its user with --user',
    );
  const secrets = secretsOf(options.user, env.DOUBLE_HOP_PASSWORD);
  const divergences = divergencesOf(options.as);
  const { policy, identityHeader, side: sides } = options;
  return withPlace(path, () => {
    const reading = { identityHeader };
    const file = readFile(path, reading);
    const { recording } = file;
    const verdict = judge(recording, {
      sides,
      secrets,
      divergences,
      onStep: judgeProgress(path, options.maxSeconds, io),
      ...(policy === undefined ? {} : { policies: [POLICIES[policy]] }),
    });
    const across = acrossIn(recording, options);
    io.progress('');
    if (options.redact !== undefined) redactTo(options.redact, file, reading);
    show(path, recording, verdict, { ...options, across }, io);
    const isFine = verdict.isBehaviour && (across === null || across.findings.length === 0);
    return isFine ? EXIT.fine : EXIT.surprise;
  });
}

function secretsOf(
  user: string | undefined,
  password: string | undefined,
): ReadonlyMap<string, string> {
  if (user === undefined) return new Map();
  if (password === undefined || password === '')
    throw new BadInput(
      '--user: the password of this user must be in the environment variable ' +
        'DOUBLE_HOP_PASSWORD; leave --user out if you do not know it',
    );
  const name = user.slice(user.lastIndexOf('\\') + 1).toLowerCase();
  if (name === '') throw new BadInput('--user: must be a name, such as "alice" or "LAB\\alice"');
  return new Map([[name, password]]);
}

function divergencesOf(implementation: string | undefined) {
  if (implementation === undefined) return DIVERGENCES;
  const allowed = [...IMPLEMENTATIONS, 'none'];
  const named = sameName(implementation, allowed);
  if (named === undefined)
    throw new BadInput(
      `--as: must be ${anyOf(allowed)}, found "${implementation}"` +
        didYouMean(implementation, allowed),
    );
  return DIVERGENCES.filter((divergence) => divergence.implementation === named);
}

/** The two sides of the proxies of --topology. Null: there is no such option. */
function acrossIn(
  recording: Recording,
  { topology: path, host }: JudgeCommandOptions,
): AcrossProxies | null {
  if (path === undefined) {
    if (host.length > 0)
      throw new BadInput('--host needs --topology: it names a server of the recording');
    return null;
  }
  const topology = readTopology(path);
  const proxies = topology.hosts.filter(({ paths }) => paths.length > 0);
  if (proxies.length === 0)
    throw new BadInput(`--topology: ${topology.name} has no reverse proxy, a host with "paths"`);
  const origins = [...recordedHosts(recording, host, topology)];
  const originsOf = (name: string | null) =>
    origins.flatMap(([origin, own]) => (own === name ? [origin] : []));
  const hops = proxies.flatMap(({ name, callsOn }) =>
    originsOf(name).flatMap((proxy) => originsOf(callsOn).map((behind) => ({ proxy, behind }))),
  );
  return acrossProxies(recording, hops);
}

/** Turns a `BadRecording` into a `BadInput` that names the file. */
function withPlace<Result>(path: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof BadRecording) throw badFile(path, error.lines);
    throw error;
  }
}

/** Writes an HTTP archive as an archive, and any other recording in the project's own format. */
function redactTo(out: string, { recording, archive }: RecordingFile, reading: ReadOptions): void {
  const safe = archive === null ? redacted(recording) : redactedHar(archive, reading);
  writeNew(out, `${JSON.stringify(safe, null, 2)}\n`, '--redact');
}

function show(
  path: string,
  recording: Recording,
  verdict: TraceVerdict,
  options: JudgeCommandOptions & Shown,
  io: Io,
): void {
  if (options.json) io.json(documentOf(path, recording, verdict, options));
  else for (const line of verdictText(path, recording, verdict, options, io)) io.out(line);
}
