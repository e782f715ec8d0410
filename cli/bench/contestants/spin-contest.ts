/**
 * SPIN in the fastest way we know: compiled with -O3 for safety only, without partial order
 * reduction (which would visit fewer states), with a stack of the needed depth, and a hash table
 * for all states. Compiling is not counted.
 */

import { SYSTEMS, type SystemKey } from '../bench-systems.ts';
import { type Contestant, type Prepared, WrongCount } from '../measure/alternate.ts';
import { metered } from '../measure/meter.ts';
import { run } from '../measure/run-process.ts';
import { compileWithSpin, SAFETY, type Verifier, type VerifierRun } from '../measure/spin.ts';
import { agree, programOf } from './ours.ts';

export const DEPTH = 'SPIN, depth-first';
export const BREADTH = 'SPIN, breadth-first';
export const COMPRESSED = 'SPIN, depth-first, states compressed';

export type SpinSearch = typeof DEPTH | typeof BREADTH | typeof COMPRESSED;

const SEARCHES: Readonly<Record<SpinSearch, { flags: readonly string[]; roundsMax: number }>> = {
  [DEPTH]: { flags: [], roundsMax: Number.POSITIVE_INFINITY },
  [BREADTH]: { flags: ['-DBFS'], roundsMax: Number.POSITIVE_INFINITY },
  [COMPRESSED]: { flags: ['-DCOLLAPSE'], roundsMax: 1 }, // only its memory is compared
};

const MODEL_SECONDS_MAX = 1_800;
const SECONDS_MAX = 1_800;
const MEGABYTES_MAX = 16_000;
const STACK_SPARE = 10; // SPIN stops a little before its stack is full

/** Writes and compiles the models. Takes as long as a search by the plain engine. */
export async function verifying(key: SystemKey, kinds: readonly SpinSearch[]): Promise<Prepared> {
  const model = await run(process.execPath, [programOf('write-promela'), key], MODEL_SECONDS_MAX);
  const verifiers: Verifier[] = [];
  const dispose = () => {
    for (const verifier of verifiers) verifier.dispose();
  };
  try {
    const contestants: Contestant[] = [];
    for (const kind of kinds) {
      const flags = [...SAFETY, `-DMEMLIM=${MEGABYTES_MAX}`, ...SEARCHES[kind].flags];
      const verifier = await compileWithSpin(model.stdout, { flags, optimise: '-O3' });
      verifiers.push(verifier);
      contestants.push(await contestant(key, kind, verifier));
    }
    return { contestants, dispose };
  } catch (error) {
    dispose();
    throw error;
  }
}

async function contestant(
  key: SystemKey,
  kind: SpinSearch,
  verifier: Verifier,
): Promise<Contestant> {
  const hash = `-w${Math.ceil(Math.log2(SYSTEMS[key].states))}`;
  const stack = kind === BREADTH ? [] : [await stackOf(key, kind, verifier, hash)];
  return {
    name: kind,
    amount: SYSTEMS[key].states,
    roundsMax: SEARCHES[kind].roundsMax,
    async round() {
      const args = [...stack, hash];
      const measured = await metered(() => verifier.run(args, SECONDS_MAX * 1000));
      agreeWith(key, kind, measured.result);
      return { ...measured, seconds: measured.result.wallSeconds };
    },
  };
}

/** Measured first, because a stack that is much too deep makes SPIN three times as slow. */
async function stackOf(
  key: SystemKey,
  kind: SpinSearch,
  verifier: Verifier,
  hash: string,
): Promise<string> {
  const found = await verifier.run([`-m${SYSTEMS[key].states}`, hash], SECONDS_MAX * 1000);
  agreeWith(key, kind, found);
  return `-m${found.depth + STACK_SPARE}`;
}

/** SPIN counts one more transition, into the initial state. */
function agreeWith(key: SystemKey, kind: SpinSearch, found: VerifierRun): void {
  agree(key, kind, { states: found.states, transitions: found.transitions - 1 });
  const against = [...found.reasons, ...found.violated];
  if (found.errors > 0 || against.length > 0)
    throw new WrongCount(`${kind}, ${key}: ${found.errors} errors, ${against.join(', ')}`);
  if (!found.isComplete) throw new WrongCount(`${kind}, ${key}: the search is not complete`);
}
