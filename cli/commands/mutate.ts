/** `double-hop mutate`: makes every mistake of one kind in turn, and tells which claim finds it. */
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import { EQUIVALENTS, reasonFor, unaccounted } from '../../properties/faults/equivalents.ts';
import { type Kill, killOf, type Mutant, mutantsOf } from '../../properties/faults/mutants.ts';
import { BadInput, didYouMean } from '../input/bad-input.ts';
import { EXIT, type Exit, type Io } from '../output/io.ts';
import { wrapped } from '../output/told.ts';

export type MutateOptions = {
  readonly machine: readonly string[]; // names; empty: all
  readonly json: boolean;
};

/** What came of one mutant. */
type Fate = { readonly mutant: string; readonly kill: Kill | null };

/**
 * Each mutant is told as soon as it is judged, so that breaking off loses nothing.
 *
 * @throws BadInput for a machine that there is not.
 */
export function mutate({ machine, json }: MutateOptions, io: Io): Exit {
  const mutants = machinesNamed(machine).flatMap(mutantsOf);
  const fates = mutants.map((mutant, i) => {
    io.progress(`${i + 1} of ${mutants.length}: ${mutant.id}`);
    const fate = { mutant: mutant.id, kill: killOf(mutant) };
    if (!json) for (const line of told(fate, io)) io.out(line);
    return fate;
  });
  io.progress('');
  const faults = [
    ...fates.flatMap(({ mutant, kill }) => faultOf(mutant, unaccounted(mutant, kill))),
    ...(machine.length === 0 ? strangers(mutants) : []),
  ];
  if (json) io.out(JSON.stringify(documentOf(fates, faults), null, 2));
  else for (const line of summary(fates, faults, io)) io.out(line);
  return faults.length === 0 ? EXIT.fine : EXIT.surprise;
}

/** Each once, in the order in which they are asked for. */
function machinesNamed(names: readonly string[]): readonly (keyof Machines)[] {
  const known = Object.keys(MACHINES) as (keyof Machines)[];
  if (names.length === 0) return known;
  return [...new Set(names)].map((name) => {
    const found = known.find((candidate) => candidate === name);
    if (found !== undefined) return found;
    const hint = didYouMean(name, known);
    throw new BadInput(`no machine is called "${name}"${hint}; they are ${known.join(', ')}`);
  });
}

type Fault = { readonly mutant: string; readonly what: string };

const faultOf = (mutant: string, what: string | null): readonly Fault[] =>
  what === null ? [] : [{ mutant, what }];

/** Reasons for mutants that there are not. */
const strangers = (mutants: readonly Mutant[]): readonly Fault[] =>
  Object.keys(EQUIVALENTS)
    .filter((id) => !mutants.some((mutant) => mutant.id === id))
    .map((mutant) => ({ mutant, what: 'has a reason, and is no mutant of any machine' }));

function told({ mutant, kill }: Fate, io: Io): readonly string[] {
  if (kill !== null) {
    const how = kill.by === 'failure' ? ', which cannot be judged then' : '';
    return [`killed    ${mutant}  by ${kill.claim} in ${kill.deployment}${how}`];
  }
  const reason = reasonFor(mutant) ?? 'there is no reason why';
  const style = reasonFor(mutant) === null ? 'red' : 'bold';
  return [
    `${io.emphasis(style, 'survives')}  ${mutant}`,
    ...wrapped(reason, io.columns - 12).map((line) => `            ${line}`),
  ];
}

const scoreOf = (fates: readonly Fate[]) => {
  const killed = fates.filter(({ kill }) => kill !== null).length;
  const equivalent = fates.filter(
    ({ mutant, kill }) => kill === null && reasonFor(mutant) !== null,
  ).length;
  return { mutants: fates.length, killed, equivalent };
};

function summary(fates: readonly Fate[], faults: readonly Fault[], io: Io): readonly string[] {
  const { mutants, killed, equivalent } = scoreOf(fates);
  const rest = mutants - equivalent;
  const percent = rest === 0 ? 100 : Math.floor((killed / rest) * 100);
  return [
    '',
    `${mutants} mutants: ${killed} killed, ${equivalent} equivalent for a reason. ` +
      `Score: ${percent} percent of the ${rest} that are not equivalent.`,
    ...faults.map(({ mutant, what }) => io.emphasis('red', `${mutant} ${what}`)),
  ];
}

const documentOf = (fates: readonly Fate[], faults: readonly Fault[]) => ({
  ...scoreOf(fates),
  fates: fates.map(({ mutant, kill }) => ({
    mutant,
    kill,
    reason: kill === null ? reasonFor(mutant) : null,
  })),
  faults,
});
