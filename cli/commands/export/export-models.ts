/** `double-hop export --promela` or `--tla`: writes the systems of claims for SPIN or TLC. */
import { join } from 'node:path';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { fairPromelaOf, promelaOf } from '../../../checker/promela/promela.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import type { TabulatedModel } from '../../../checker/promela/tabulated-model.ts';
import { type SearchResult, search } from '../../../checker/search.ts';
import { tlaOf } from '../../../checker/tla/tla.ts';
import { subjectsWithin } from '../../../properties/check.ts';
import type { Claim } from '../../../properties/claim.ts';
import { BadInput } from '../../input/bad-input.ts';
import {
  type ClaimTask,
  chosenSubject,
  faultOf,
  machinesWith,
  tasksOf,
} from '../../input/subject.ts';
import { EXIT, type Exit, type Io } from '../../output/io.ts';
import { plainName, reserveFolder, type TextFile } from '../../output/write-files.ts';
import type { ExportOptions } from './export-stories.ts';

const NAME_MAX = 120; // letters

export type ModelOptions = { readonly promela: boolean; readonly tla: boolean };

/**
 * Writes one Promela file for each system of each claim and one more for each response property,
 * or one TLA+ module and its configuration for each system. Each file states the result of our own
 * search, to compare with.
 *
 * @throws BadInput for wrong options, for a folder that is not empty, and for a system whose tables
 *   are too large for SPIN.
 * @throws LimitReached when a search exceeds its limit. Nothing is then written.
 */
export function exportModels(
  path: string | undefined,
  options: ExportOptions & ModelOptions,
  io: Io,
): Exit {
  const { out, force } = options;
  const tasks = tasksOf(chosenSubject(path, options), options.claim);
  const folder = reserveFolder(out, force);
  try {
    const files = filesOf(tasks, options, io);
    folder.write(files);
    for (const file of files) io.out(join(out, file.path));
    return EXIT.fine;
  } finally {
    folder.release();
  }
}

function filesOf(
  tasks: readonly ClaimTask[],
  { fault, maxStates: statesMax, maxMemory: bytesMax, tla }: ExportOptions & ModelOptions,
  io: Io,
): readonly TextFile[] {
  const machines = machinesWith(faultOf(fault));
  const injected = fault === undefined ? '' : ` with ${fault}`;
  const files = tasks.flatMap(({ claim, deployment }) => {
    const where = `${deployment.name}${injected}`;
    const place = `${claim.id}, ${where}`;
    io.progress(place);
    const within = { statesMax, bytesMax };
    const subjects = named(place, () => subjectsWithin(within, claim, deployment, machines));
    return subjects.flatMap(({ system, properties }, i) =>
      named(place, () => {
        const result = search(system, properties, within);
        const { model } = tabulate(system, properties);
        const name = `${plainName(place, NAME_MAX)}${subjects.length === 1 ? '' : `-${i + 1}`}`;
        const exported = { claim, where, name, model, result };
        return tla ? tlaFiles(exported) : promelaFiles(exported);
      }),
    );
  });
  io.progress('');
  return files;
}

/** An error of the work names its place. */
function named<Result>(place: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof LimitReached) error.message = `${place}: ${error.message}`;
    else if (error instanceof RangeError) throw new BadInput(`${place}: ${error.message}`);
    throw error;
  }
}

type ExportedSystem = {
  readonly claim: Claim;
  readonly where: string; // the deployment
  readonly name: string; // of the files, without extensions
  readonly model: TabulatedModel;
  readonly result: SearchResult;
};

const aboutOf = ({ claim, where }: ExportedSystem) => [
  `${claim.id}: ${claim.name}`,
  `In ${where}. Given: ${claim.given.says}`,
];

function promelaFiles(exported: ExportedSystem): readonly TextFile[] {
  const { name, model, result } = exported;
  const about = aboutOf(exported);
  const responses = model.properties.filter(({ kind }) => kind === 'response');
  const path = `${name}.pml`;
  return [
    { path, text: promelaOf(model, [...about, ...countsOf(exported, path)]) },
    ...responses.map(({ name: response }, i) => {
      const fair = `${name}-fair${responses.length === 1 ? '' : `-${i + 1}`}.pml`;
      const more = cycleOf(response, fair, result);
      return { path: fair, text: fairPromelaOf(model, response, [...about, ...more]) };
    }),
  ];
}

/** The counts that SPIN must find, and the commands that run it. */
function countsOf(exported: ExportedSystem, file: string): readonly string[] {
  const { kind } = exported.claim;
  const { states, transitions, depth } = exported.result;
  const flags = kind === 'deadlock-free' ? '' : ' -E';
  return [
    `Expected: ${states} states, ${transitions + 1} transitions (one into the initial state);`,
    `breadth-first, depth ${depth}; ${foundIn(exported)}.`,
    ...(kind === 'reachable'
      ? ['SPIN cannot express "remains reachable" (AG EF): here it only counts states.']
      : []),
    ...(kind === 'response' ? ['The other file, -fair, checks the response under fairness.'] : []),
    `1. spin -a ${file}`,
    '2. gcc -O3 -w -DSAFETY -DNOREDUCE -DNOFAIR -DNOTE -o pan pan.c',
    `3. ./pan -c0 -m${stackFor(states)}${flags}`,
    'Without -DNOTE it stops at the first violation or witness, and ./pan -r prints the run to it;',
    'with -DBFS that is a shortest run.',
  ];
}

function foundIn({ model, result: { violated, witnessed, deadlock } }: ExportedSystem): string {
  const found = [
    ...model.properties
      .filter(({ kind, name }) => kind === 'always' && violated.has(name))
      .map(({ name }) => `violated: ${name}`),
    ...[...witnessed.keys()].map((name) => `witnessed: ${name}`),
    ...(deadlock === null ? [] : ['deadlock']),
  ];
  return found.length === 0 ? 'nothing else' : found.join('; ');
}

function tlaFiles(exported: ExportedSystem): readonly TextFile[] {
  const { claim, name, model, result } = exported;
  const module = `M_${name.replaceAll('-', '_')}`; // an identifier
  const { states, transitions, depth } = result;
  const files = tlaOf(
    model,
    module,
    [
      ...aboutOf(exported),
      `Expected: ${states} distinct states, ${transitions + 1} generated, depth ${depth + 1};`,
      `${foundIn(exported)}. A witness shows as a violation of its Never invariant.`,
      ...(['reachable', 'response'].includes(claim.kind)
        ? ['The claim itself is not in this module: it is not an invariant.']
        : []),
      `java -cp tla2tools.jar tlc2.TLC -continue ${module}`,
    ],
    claim.kind === 'deadlock-free',
  );
  return [
    { path: `${module}.tla`, text: files.module },
    { path: `${module}.cfg`, text: files.configuration },
  ];
}

function cycleOf(response: string, file: string, { states, violated }: SearchResult) {
  return [
    `In every fair run this response comes eventually: ${response}. Expected: ${
      violated.has(response) ? 'an acceptance cycle, which violates it' : 'no error'
    }.`,
    `1. spin -a ${file}`,
    '2. gcc -O3 -w -DNOREDUCE -o pan pan.c',
    `3. ./pan -a -f -E -m${stackFor(20 * states)}`,
    'Then ./pan -r prints the cycle.',
  ];
}

/** A depth-first search may reach every state before it backtracks. */
const stackFor = (states: number) => states + 1000;
