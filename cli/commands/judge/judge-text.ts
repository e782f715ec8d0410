/** A verdict as text: first the verdict, then the connections, then every step. */
import type { Recording } from '../../../conformance/recording/recording.ts';
import type { AcrossProxies } from '../../../conformance/trace/across-proxies.ts';
import { type LeftOutConnection, leftOutName } from '../../../conformance/trace/left-out.ts';
import type { Sides } from '../../../conformance/trace/trace-session.ts';
import type { TraceVerdict } from '../../../conformance/trace/trace-validation.ts';
import type { Io } from '../../output/io.ts';
import { numbered, table, wrapped } from '../../output/layout.ts';
import {
  choicesIn,
  identityNotes,
  namesOn,
  ntlmServers,
  type Shown,
  storyOf,
} from './judge-document.ts';

const STORY_MAX = 60; // steps. Of a longer recording the last ones are printed
const ROWS_MAX = 40;

const OF_SIDES: Readonly<Record<Sides, string>> = {
  both: 'the model',
  client: "the model's client",
  server: "the model's server",
};

export function verdictText(
  path: string,
  recording: Recording,
  verdict: TraceVerdict,
  { side: sides, identityHeader, across }: Shown,
  io: Io,
): readonly string[] {
  const { isBehaviour, accepted, seen } = verdict;
  const mixesUp = isBehaviour && across !== null && across.findings.length > 0;
  const head = mixesUp
    ? io.emphasis(
        'red',
        `${path}: a behaviour of ${OF_SIDES[sides]} on each connection; a proxy mixes clients up`,
      )
    : isBehaviour
      ? io.emphasis('green', `${path}: a behaviour of ${OF_SIDES[sides]}`)
      : io.emphasis('red', `${path}: not a behaviour of ${OF_SIDES[sides]}`);
  const steps = isBehaviour ? `all ${seen.length}` : `the first ${accepted} of ${seen.length}`;
  return [
    io.emphasis('bold', head),
    ...wrapped(`${recording.source}; the model allows ${steps} steps`, io.columns),
    ...refusalWords(verdict, io),
    ...acrossWords(across, io),
    '',
    ...connectionTable(verdict, io),
    ...leftOutWords(verdict, io),
    ...policyWords(verdict, io),
    ...divergenceWords(verdict, io),
    ...noteWords([...verdict.notes, ...identityNotes(verdict, identityHeader)], io),
    '',
    ...story(verdict, io),
  ];
}

function refusalWords({ isBehaviour, why, expected }: TraceVerdict, io: Io): readonly string[] {
  if (isBehaviour) return [];
  const lines = [`Why: ${why}.`];
  if (expected.length > 0) lines.push(`Expected: ${expected.join('; or ')}.`);
  return lines.flatMap((line) => wrapped(line, io.columns));
}

function acrossWords(across: AcrossProxies | null, io: Io): readonly string[] {
  if (across === null) return [];
  const { matched, findings } = across;
  const requests = matched === 1 ? '1 request was' : `${matched} requests were`;
  const found = findings.length === 0 ? ', and no client was mixed up with another' : '';
  return [
    ...findings.flatMap((finding) =>
      wrapped(`Finding: ${finding}.`, io.columns).map((line) => io.emphasis('red', line)),
    ),
    ...wrapped(
      matched === 0
        ? 'Note: no request was seen on both sides of a proxy, so the sides were not compared.'
        : `${requests} seen on both sides of a proxy${found}.`,
      io.columns,
    ),
  ];
}

function connectionTable(verdict: TraceVerdict, io: Io): readonly string[] {
  const rows = verdict.connections.slice(0, ROWS_MAX).map((connection) => {
    const { id, number, mechanism, client, server } = connection;
    const messages = verdict.seen.filter(
      (one) => one.connection === id && (one.what === 'request' || one.what === 'reply'),
    ).length;
    const names = namesOn(verdict, number).join(', ');
    return [number, mechanism, messages, names === '' ? null : names, `${client} to ${server}`];
  });
  const [heading, ...lines] = table(
    ['connection', 'mechanism', 'messages', 'signed in', 'client and server'],
    rows,
    io.columns,
  );
  const more = verdict.connections.length - rows.length;
  return [
    io.emphasis('dim', heading!),
    ...lines,
    ...(more > 0 ? [`and ${more} more connections; --json lists all`] : []),
  ];
}

function leftOutWords({ leftOut }: TraceVerdict, io: Io): readonly string[] {
  const more = leftOut.length - ROWS_MAX;
  return [
    ...leftOut
      .slice(0, ROWS_MAX)
      .flatMap((one) => wrapped(`${leftOutSubject(one)} is left out: ${one.why}.`, io.columns)),
    ...(more > 0 ? [`and ${more} more left out; --json lists all`] : []),
  ];
}

const leftOutSubject = (one: LeftOutConnection) => leftOutName(one).replace(/^c/, 'C');

function policyWords(verdict: TraceVerdict, io: Io): readonly string[] {
  return ntlmServers(verdict).flatMap(({ server, actsAs, policies }) => {
    const choices = Object.entries(choicesIn(policies))
      .map(([choice, left]) => `${choice} ${left.join(' or ')}`)
      .join(', ');
    if (choices === '') return []; // each is open, if not with every other
    const named = actsAs.length === 0 ? 'no named policy' : `the policy ${actsAs.join(' or ')}`;
    return wrapped(`${server} follows ${named}: ${choices}.`, io.columns);
  });
}

function divergenceWords({ used }: TraceVerdict, io: Io): readonly string[] {
  return used.length === 0
    ? []
    : wrapped(`The recording needs these known divergences: ${used.join(', ')}.`, io.columns);
}

const noteWords = (notes: readonly string[], io: Io): readonly string[] =>
  notes.flatMap((note) => wrapped(`Note: ${note}.`, io.columns));

/** Up to the rejected step, which comes last and is red. */
function story(verdict: TraceVerdict, io: Io): readonly string[] {
  const { seen, accepted, isBehaviour } = verdict;
  const told = isBehaviour ? seen : seen.slice(0, accepted + 1);
  const from = Math.max(told.length - STORY_MAX, 0);
  const lines = numbered(storyOf(verdict, told), io.columns);
  const first = lines.findIndex((line) => line.trimStart().startsWith(`${from + 1}.`));
  const last = lines.length - 1;
  return [
    ...(from > 0 ? [`  (the first ${from} steps are not shown)`] : []),
    ...lines
      .map((line, i) => (!isBehaviour && i === last ? io.emphasis('red', line) : line))
      .slice(Math.max(first, 0)),
  ];
}
