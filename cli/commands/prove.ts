/** `double-hop prove`: proves claims of networks of any size, and prints what they rest on. */
import { type Command, Option } from 'commander';
import { type Certificate, certificateOf } from '../../checker/unbounded/certificate.ts';
import { RoundsExceeded } from '../../checker/unbounded/network.ts';
import { type Proof, prove } from '../../properties/unbounded/prove.ts';
import { NETWORKS, THEOREMS, type Theorem } from '../../properties/unbounded/theorems.ts';
import { BadInput } from '../input/bad-input.ts';
import { exitCodes, FAULT, JSON_OPTION } from '../input/options.ts';
import { claimOf, faultOf, machinesWith } from '../input/subject.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { type ProofResult, proofDocument, proofLines } from '../output/proof-report.ts';
import { ask, commandOf, SOLVERS, type Solver } from '../output/solver.ts';
import { writeNew } from '../output/write-files.ts';

export type ProveOptions = {
  readonly network: string | undefined; // a class of networks. Undefined: every class
  readonly certificate: string | undefined; // a new file
  readonly solver: readonly Solver[]; // empty: none looks at the certificates
  readonly fault: string | undefined; // a fault's id
  readonly json: boolean;
};

const EXIT_CODES = exitCodes({
  0: 'every claim is proved, and every solver agrees',
  1: 'a claim is not proved, or a solver does not agree',
  2: 'bad input: a claim, a solver or an option',
  3: 'a proof does not end; nothing is proved',
});

export function addProve(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('prove')
    .description('prove claims of any number of users, hosts, hops, connections and challenges')
    .argument('[claim]', 'a claim (default: every claim that is proved of some networks)')
    .addOption(
      new Option('--network <id>', 'prove it only of these networks').choices(
        NETWORKS.map(({ id }) => id),
      ),
    )
    .option('--certificate <file>', 'write the one proof to a new file, for SMT solvers')
    .addOption(
      new Option('--solver <name...>', "have z3, cvc5 or npm's z3-solver check every certificate")
        .choices(SOLVERS)
        .default([]),
    )
    .addOption(FAULT)
    .option(...JSON_OPTION)
    .addHelpText('after', EXIT_CODES)
    .action((claim: string | undefined, options: ProveOptions) =>
      exit(proveClaims(claim, options, io)),
    );
}

/**
 * Prints each proof at once, so that an interruption loses nothing.
 *
 * @throws BadInput for an unknown claim, a claim without a proof, or a solver that does not run.
 */
export function proveClaims(claim: string | undefined, options: ProveOptions, io: Io): Exit {
  const theorems = theoremsOf(claim, options);
  for (const solver of options.solver) commandOf(solver); // before the proof, which may take long
  const machines = machinesWith(faultOf(options.fault));
  const results = theorems.map((theorem, i) => {
    io.progress(`${i + 1} of ${theorems.length}: ${theorem.claim.id}`);
    const result = resultOf(() => prove(theorem, machines), theorem, options);
    io.progress('');
    if (!options.json)
      for (const line of proofLines(
        result,
        { whole: claim !== undefined, fault: options.fault },
        io,
      ))
        io.out(line);
    return result;
  });
  if (options.json) io.json(proofDocument(results, options.fault ?? null));
  const fell = results.some(
    ({ proof, solvers }) => proof?.obstacle !== null || solvers.some(({ wrong }) => wrong > 0),
  );
  if (results.some(({ proof }) => proof === null)) return EXIT.limit;
  return fell ? EXIT.surprise : EXIT.fine;
}

function resultOf(run: () => Proof, theorem: Theorem, options: ProveOptions): ProofResult {
  const { proof, failure } = attempt(run);
  if (proof === null || proof.obstacle !== null)
    return { theorem, proof, failure, certificate: null, solvers: [] };
  const isAsked = options.certificate !== undefined || options.solver.length > 0;
  const certificate: Certificate | null = isAsked ? certificateOf(proof.network) : null;
  if (certificate !== null && options.certificate !== undefined)
    writeNew(options.certificate, `${certificate.lines.join('\n')}\n`, '--certificate');
  const solvers =
    certificate === null ? [] : options.solver.map((solver) => ask(solver, certificate));
  return { theorem, proof, failure, certificate, solvers };
}

function attempt(run: () => Proof): { proof: Proof | null; failure: string | null } {
  try {
    return { proof: run(), failure: null };
  } catch (error) {
    if (error instanceof RoundsExceeded) return { proof: null, failure: error.message };
    throw error;
  }
}

function theoremsOf(id: string | undefined, options: ProveOptions): readonly Theorem[] {
  const claim = id === undefined ? undefined : claimOf(id);
  const chosen = THEOREMS.filter(
    (theorem) =>
      (claim === undefined || theorem.claim === claim) &&
      (options.network === undefined || theorem.network.id === options.network),
  );
  if (chosen.length === 0) throw new BadInput(withoutProof(claim?.id, options.network));
  if (options.certificate !== undefined && chosen.length > 1)
    throw new BadInput(
      `--certificate: ${chosen.length} proofs are meant; give one claim and one --network of ` +
        [...new Set(chosen.map(({ network }) => network.id))].join(', '),
    );
  return chosen;
}

function withoutProof(claim: string | undefined, network: string | undefined): string {
  const of = THEOREMS.filter((theorem) => theorem.claim.id === claim);
  const where = network === undefined ? 'no networks' : `no networks of ${network}`;
  const known = [...new Set(THEOREMS.map((theorem) => theorem.claim.id))].join(', ');
  return of.length === 0
    ? `${claim} has no proof without bounds, see docs/proof.md; there is one of ${known}`
    : `${claim} is proved of ${where}, but of ${of.map((theorem) => theorem.network.id).join(', ')}`;
}
