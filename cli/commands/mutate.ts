/** `double-hop mutate`: makes each mutant in turn, and tells which claim kills it. */
import type { Command } from 'commander';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import { EQUIVALENTS, reasonFor, unaccounted } from '../../properties/faults/equivalents.ts';
import { type Kill, killOf, type Mutant, mutantsOf } from '../../properties/faults/mutants.ts';
import { unknownName } from '../input/bad-input.ts';
import { exitCodes, JSON_OPTION } from '../input/options.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { wrapped } from '../output/layout.ts';

export type MutateOptions = {
  readonly machine: readonly string[]; // names; empty: all
  readonly json: boolean;
};

const EXIT_CODES = exitCodes({
  0: 'every mutant is killed by a claim, or has a reason why it is equivalent',
  1: 'a mutant survives without a reason, or a killed mutant has a reason',
  2: 'bad input: an unknown machine',
});

export function addMutate(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('mutate')
    .description('change each guard, update and effect in turn, and tell which claim notices')
    .option('--machine <name...>', 'change only these machines', [])
    .option(...JSON_OPTION)
    .addHelpText('after', EXIT_CODES)
    .action((options: MutateOptions) => exit(mutate(options, io)));
}

/** Null: the mutant survives. */
type MutantResult = { readonly mutant: string; readonly kill: Kill | null };

/**
 * Prints each mutant's result at once, so that an interruption loses nothing.
 *
 * @throws BadInput for an unknown machine.
 */
export function mutate({ machine, json }: MutateOptions, io: Io): Exit {
  const mutants = machinesNamed(machine).flatMap(mutantsOf);
  const results = mutants.map((mutant, i) => {
    io.progress(`${i + 1} of ${mutants.length}: ${mutant.id}`);
    const result = { mutant: mutant.id, kill: killOf(mutant) };
    if (!json) for (const line of resultLines(result, io)) io.out(line);
    return result;
  });
  io.progress('');
  const problems = [
    ...results.flatMap(({ mutant, kill }) => problemOf(mutant, unaccounted(mutant, kill))),
    ...(machine.length === 0 ? outdatedReasons(mutants) : []),
  ];
  if (json) io.json(documentOf(results, problems));
  else for (const line of summary(results, problems, io)) io.out(line);
  return problems.length === 0 ? EXIT.fine : EXIT.surprise;
}

/** Each once, in the order of the names. */
function machinesNamed(names: readonly string[]): readonly (keyof Machines)[] {
  const known = Object.keys(MACHINES) as (keyof Machines)[];
  if (names.length === 0) return known;
  return [...new Set(names)].map((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found !== undefined) return found;
    throw unknownName('machine', name, known);
  });
}

type Problem = { readonly mutant: string; readonly what: string };

const problemOf = (mutant: string, what: string | null): readonly Problem[] =>
  what === null ? [] : [{ mutant, what }];

const outdatedReasons = (mutants: readonly Mutant[]): readonly Problem[] =>
  Object.keys(EQUIVALENTS)
    .filter((id) => !mutants.some((mutant) => mutant.id === id))
    .map((mutant) => ({ mutant, what: 'has a reason, but no machine has such a mutant' }));

function resultLines({ mutant, kill }: MutantResult, io: Io): readonly string[] {
  if (kill !== null) {
    const how = kill.by === 'failure' ? ', whose check fails' : '';
    return [`killed    ${mutant}  by ${kill.claim} in ${kill.deployment}${how}`];
  }
  const reason = reasonFor(mutant) ?? 'No reason is given why it is equivalent.';
  const style = reasonFor(mutant) === null ? 'red' : 'bold';
  return [
    `${io.emphasis(style, 'survives')}  ${mutant}`,
    ...wrapped(reason, io.columns - 12).map((line) => `            ${line}`),
  ];
}

const scoreOf = (results: readonly MutantResult[]) => {
  const killed = results.filter(({ kill }) => kill !== null).length;
  const equivalent = results.filter(
    ({ mutant, kill }) => kill === null && reasonFor(mutant) !== null,
  ).length;
  return { mutants: results.length, killed, equivalent };
};

function summary(
  results: readonly MutantResult[],
  problems: readonly Problem[],
  io: Io,
): readonly string[] {
  const { mutants, killed, equivalent } = scoreOf(results);
  const rest = mutants - equivalent;
  const percent = rest === 0 ? 100 : Math.floor((killed / rest) * 100);
  return [
    '',
    `${mutants} mutants: ${killed} killed, ${equivalent} equivalent. ` +
      `Score: ${percent} percent (${killed} of ${rest}).`,
    ...problems.map(({ mutant, what }) => io.emphasis('red', `${mutant} ${what}`)),
  ];
}

const documentOf = (results: readonly MutantResult[], problems: readonly Problem[]) => ({
  format: 'double-hop-mutants/2',
  ...scoreOf(results),
  results: results.map(({ mutant, kill }) => ({
    mutant,
    kill,
    reason: kill === null ? reasonFor(mutant) : null,
  })),
  problems,
});
