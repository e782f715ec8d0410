/** What an examination came to, in sentences. */
import { serverOf } from '../../../conformance/drive/target.ts';
import { anyOf } from '../../input/bad-input.ts';
import type { Io } from '../../output/io.ts';
import { wrapped } from '../../output/told.ts';
import { type ConformResult, closingsIn, policiesIn, verdictOf } from './conform-document.ts';

export function told(found: ConformResult, io: Io): readonly string[] {
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
          `Not asked, because more sign-ins might fail than --max-failures allows: ` +
            `${leftOut.map(({ question }) => question.id).join(', ')}.`,
          io.columns,
        )),
    ...wrapped(
      `${spent.requests} requests, failed sign-ins: ${spent.failures} of at most ` +
        `${limits.maxFailures}, ${sequences} sequences of the seed ${found.seed}.` +
        (closings === 0 ? '' : ` It closed ${closings} connections in place of an answer.`),
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
  const before = examination.difference === null ? 'It may' : 'Until it differs it may';
  const fit =
    policies.length === 0
      ? 'No policy with a name explains it.'
      : `${before} follow the policy ${anyOf(policies)}.`;
  return [
    fit,
    ...(known.length === 0
      ? []
      : [`Known: ${known.map(([field, values]) => `${field} ${values}`).join(', ')}.`]),
    ...(open.length === 0 ? [] : [`Not seen: ${open.map(([field]) => field).join(', ')}.`]),
  ].join(' ');
}

function ending(found: ConformResult, io: Io): readonly string[] {
  const { difference, stopped } = found.examination;
  if (found.fault !== null)
    return [io.emphasis('red', 'It differs: what it sends is malformed.'), found.fault.message];
  if (difference !== null)
    return [
      io.emphasis('red', 'It differs from the model:'),
      ...difference.story.map((line, i) => `${`${i + 1}.`.padStart(3)} ${line}`),
    ];
  if (verdictOf(found) === 'conforms')
    return [io.emphasis('green', 'It does what the model says, as far as it was asked.')];
  return [`Stopped: ${stopped?.message}. What was asked so far is as the model has it.`];
}
