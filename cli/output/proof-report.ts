/** Proofs without bounds, as lines and as a document. */
import type { Certificate } from '../../checker/unbounded/certificate.ts';
import { type Contract, contractsOf } from '../../properties/unbounded/contracts.ts';
import type { Proof } from '../../properties/unbounded/prove.ts';
import type { Theorem } from '../../properties/unbounded/theorems.ts';
import type { Io } from './io.ts';
import { numbered, wrapped } from './layout.ts';
import { counted } from './progress.ts';
import type { SolverReport } from './solver.ts';

export type ProofResult = {
  readonly theorem: Theorem;
  readonly proof: Proof | null; // null: it did not end
  readonly failure: string | null; // why there is none
  readonly certificate: Certificate | null; // null: none was wanted, or there is no proof
  readonly solvers: readonly SolverReport[];
};

const VARIANTS_MAX = 6; // of messages of one type, as lines; the document has them all

const FOR_ANY = 'any number of users, hosts, hops, connections and challenges';

/**
 * @param whole - also the contracts between the parties.
 * @param fault - the id of the injected one.
 */
export function proofLines(
  result: ProofResult,
  { whole, fault }: { readonly whole: boolean; readonly fault: string | undefined },
  io: Io,
): readonly string[] {
  const { theorem, proof, failure } = result;
  const isProved = proof?.obstacle === null;
  const head = `${io.emphasis(isProved ? 'green' : 'red', isProved ? '✓ proved' : '✗ not proved')}`;
  const indented = (text: string) => wrapped(text, io.columns - 2).map((line) => `  ${line}`);
  return [
    `${head}  ${io.emphasis('bold', theorem.claim.id)}: ${theorem.claim.name}`,
    ...(isProved ? indented(`It holds for ${FOR_ANY}`) : []),
    ...indented(`where ${theorem.network.says}.`),
    ...[...theorem.network.supposing, ...theorem.supposing].flatMap((words) =>
      indented(`It is supposed that ${words}.`),
    ),
    ...(proof === null ? indented(`${failure}.`) : []),
    ...(proof !== null && proof.obstacle !== null ? obstacleLines(proof, fault, io) : []),
    ...(isProved ? indented(figures(result)) : []),
    ...(isProved && whole
      ? ['', ...contractLines(contractsOf(proof.network, VARIANTS_MAX), io)]
      : []),
    '',
  ];
}

function figures({ proof, certificate, solvers }: ProofResult): string {
  const { network, rounds, milliseconds } = proof!;
  const found =
    `${counted(network.views.size)} views of single groups and ${counted(network.letters.size)} ` +
    `kinds of messages between them, in ${rounds} rounds and ${seconds(milliseconds)} of CPU.`;
  const looked = solvers.map(({ solver, questions, wrong, milliseconds }) =>
    wrong === 0
      ? `${solver} agrees on all ${counted(questions)} questions (${seconds(milliseconds)}).`
      : `${solver} disagrees on ${counted(wrong)} of ${counted(questions)} questions.`,
  );
  const none = `No solver looked${certificate === null ? '; --solver z3 or --solver z3-solver has one look' : ''}.`;
  return [found, ...(looked.length === 0 ? [none] : looked)].join(' ');
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;

function obstacleLines(
  { theorem: { claim }, obstacle }: Proof,
  fault: string | undefined,
  io: Io,
): readonly string[] {
  const { why, kind, story } = obstacle!;
  const search =
    fault === undefined ? `check --claim ${claim.id}` : `trace ${claim.id} --fault ${fault}`;
  const what =
    why === 'violated'
      ? `A ${kind} may come to violate it, as far as the proof can tell:`
      : 'In some step, what comes back could overtake what is under way:';
  return [
    ...wrapped(what, io.columns - 2).map((line) => `  ${line}`),
    ...numbered(story, io.columns),
    ...wrapped(
      `This is no counterexample. For one, run: npx double-hop ${search}`,
      io.columns - 2,
    ).map((line) => `  ${line}`),
  ];
}

function contractLines(contracts: readonly Contract[], io: Io): readonly string[] {
  return [
    '  All that ever passes between them:',
    ...contracts.flatMap(({ from, to, messages }) => [
      '',
      ...from.map((sender) => `  ${sender}`),
      ...messages.flatMap((message) =>
        wrapped(`to ${to}: ${message}`, io.columns - 8).map((line, i) =>
          i === 0 ? `    ${line}` : `        ${line}`,
        ),
      ),
    ]),
  ];
}

/** `double-hop prove --json`. */
export const proofDocument = (results: readonly ProofResult[], fault: string | null) => ({
  format: 'double-hop-proofs/1',
  fault,
  proofs: results.map(
    ({ theorem: { claim, network, supposing }, proof, certificate, solvers }) => ({
      claim: claim.id,
      name: claim.name,
      network: network.id,
      where: network.says,
      supposing: [...network.supposing, ...supposing],
      proved: proof !== null && proof.obstacle === null,
      obstacle: proof?.obstacle ?? null,
      views: proof?.network.views.size ?? null,
      messages: proof?.network.letters.size ?? null,
      rounds: proof?.rounds ?? null,
      milliseconds: proof?.milliseconds ?? null,
      contracts: proof === null ? [] : contractsOf(proof.network),
      questions: certificate?.expected.length ?? null,
      solvers,
    }),
  ),
});
