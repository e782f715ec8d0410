/** The result of an examination, in sentences. */
import { serverOf } from '../../../conformance/drive/target.ts';
import { anyOf } from '../../input/bad-input.ts';
import type { Io } from '../../output/io.ts';
import { wrapped } from '../../output/layout.ts';
import { type ConformResult, closingsIn, policiesIn, verdictOf } from './conform-document.ts';

export function conformText(found: ConformResult, io: Io): readonly string[] {
  const { examination, target, spent, limits } = found;
  const { answers, leftOut, sequences } = examination;
  const closings = closingsIn(examination);
  const width = Math.max(...answers.map(({ answer }) => answer.length), 0);
  return [
    `${serverOf(target)}, as ${target.accounts.right.user}`,
    '',
    ...answers.flatMap(({ question: { question }, answer }) =>
      wrapped(question, io.columns - width - 4).map(
        (line, i) => `  ${(i === 0 ? answer : '').padEnd(width)}  ${line}`,
      ),
    ),
    '',
    ...(leftOut.length === 0
      ? []
      : wrapped(
          'Not asked, because their failed sign-ins might exceed --max-failures: ' +
            `${leftOut.map(({ question }) => question.id).join(', ')}.`,
          io.columns,
        )),
    ...wrapped(
      `Made ${spent.requests} requests, with ${sequences} random sequences of seed ${found.seed}. ` +
        `Failed sign-ins: ${spent.failures} of at most ${limits.maxFailures}.` +
        (closings === 0
          ? ''
          : ` Connections that the server closed without an answer: ${closings}.`),
      io.columns,
    ),
    ...wrapped(policyLine(found), io.columns),
    '',
    ...ending(found, io),
  ];
}

function policyLine({ examination }: ConformResult): string {
  const { policies, choices } = policiesIn(examination);
  const open = Object.entries(choices).filter(([, values]) => values.length > 1);
  const known = Object.entries(choices).filter(([, values]) => values.length === 1);
  const before = examination.difference === null ? '' : 'Up to the difference, ';
  const start = `${before}${before === '' ? 'T' : 't'}he server may`;
  const fit =
    policies.length === 0
      ? 'No named policy explains the server.'
      : `${start} follow the policy ${anyOf(policies)}.`;
  return [
    fit,
    ...(known.length === 0
      ? []
      : [`Known: ${known.map(([field, values]) => `${field} ${values}`).join(', ')}.`]),
    ...(open.length === 0 ? [] : [`Undecided: ${open.map(([field]) => field).join(', ')}.`]),
  ].join(' ');
}

function ending(found: ConformResult, io: Io): readonly string[] {
  const { difference, stopped } = found.examination;
  if (found.fault !== null)
    return [
      io.emphasis('red', 'The server differs from the model: it sends a malformed message.'),
      found.fault.message,
    ];
  if (difference !== null)
    return [
      io.emphasis('red', 'The server differs from the model:'),
      ...difference.story.map((line, i) => `${`${i + 1}.`.padStart(3)} ${line}`),
    ];
  if (verdictOf(found) === 'conforms')
    return [
      io.emphasis('green', 'The server agrees with the model on every request that was made.'),
    ];
  return [`Stopped: ${stopped?.message}. Up to then, the server agreed with the model.`];
}
