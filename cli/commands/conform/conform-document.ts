/** The result of an examination as data, for `double-hop conform --json`. */
import { type ServerProblem, serverOf, type Target } from '../../../conformance/drive/target.ts';
import { type NtlmPolicy, POLICIES } from '../../../machines/ntlm/policy.ts';
import type { Budget, RequestLimits } from './budget.ts';
import type { Examination } from './examine.ts';

export type ConformResult = {
  readonly examination: Examination;
  readonly target: Target;
  readonly seed: number;
  readonly spent: Budget['spent'];
  readonly limits: RequestLimits;
  readonly fault: ServerProblem | null; // a malformed message. Null: there was none
};

export type ConformVerdict = 'conforms' | 'differs' | 'incomplete';

export const verdictOf = ({
  examination: { difference, stopped },
  fault,
}: ConformResult): ConformVerdict => {
  if (difference !== null || fault !== null) return 'differs';
  return stopped === null ? 'conforms' : 'incomplete';
};

export const documentOf = (found: ConformResult) => ({
  format: 'double-hop-conformance/1',
  server: serverOf(found.target),
  verdict: verdictOf(found),
  ...policiesIn(found.examination),
  answers: found.examination.answers.map(({ question: { id, question }, answer }) => ({
    id,
    question,
    answer,
  })),
  leftOut: found.examination.leftOut.map(({ question: { id, question }, why }) => ({
    id,
    question,
    why,
  })),
  sequences: found.examination.sequences,
  seed: found.seed,
  requests: found.spent.requests,
  failedSignIns: found.spent.failures,
  closings: closingsIn(found.examination),
  difference: found.examination.difference,
  malformed: found.fault?.message ?? null,
  stopped: found.examination.stopped?.message ?? null,
});

/** How often the server closed a connection instead of answering. */
export const closingsIn = ({ recordings }: Examination): number =>
  recordings
    .flatMap(({ connections, observations }) =>
      connections.map(({ id }) => observations.filter(({ connection }) => connection === id)),
    )
    .filter((seen) => seen.at(-1)?.what === 'closed' && seen.at(-2)?.what === 'request').length;

/** The named policies that remain, and the choices. An undecided choice has several values. */
export function policiesIn({ models }: Examination) {
  const left = models.flatMap((model) => (model.scheme === 'NTLM' ? [model.policy] : []));
  const isSame = (one: NtlmPolicy, other: NtlmPolicy) =>
    FIELDS.every((field) => one[field] === other[field]);
  return {
    policies: Object.entries<NtlmPolicy>(POLICIES)
      .filter(([, known]) => left.some((policy) => isSame(policy, known)))
      .map(([name]) => name),
    choices: Object.fromEntries(
      FIELDS.map((field) => [field, [...new Set(left.map((policy) => policy[field]))]]),
    ),
  };
}

const FIELDS = Object.keys(POLICIES.standard) as (keyof NtlmPolicy)[];
