/** Checks many claims, tells how it goes, and stops at a limit or when somebody asks for it. */
import { setImmediate } from 'node:timers/promises';
import { LimitReached } from '../../checker/explore/limits.ts';
import { type ClaimCheckOptions, type ClaimResult, checkingClaim } from '../../properties/check.ts';
import type { Task } from '../input/subject.ts';
import type { Io } from './io.ts';
import { type Course, continued, counted, type Place, progressLine } from './progress.ts';

/** Somebody pressed Ctrl-C. The message says how far the claim under way had come. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

export type Limits = Omit<ClaimCheckOptions, 'bytesMax'> & { readonly bytesMax: number };

/**
 * Each result as soon as there is one. While it runs, the first Ctrl-C stops it at the next turn
 * of the search, and the second ends the process at once, as ever.
 *
 * @throws LimitReached at the first limit: what is too large for one claim is too large for the
 *   next. Its message says of which claim, and what may help.
 * @throws Interrupted
 */
export async function* checkedInTurn(
  tasks: readonly Task[],
  limits: Limits,
  io: Io,
): AsyncGenerator<ClaimResult, void, void> {
  const pause = new Pause();
  try {
    for (const [done, task] of tasks.entries()) {
      const { claim, deployment } = task;
      const place = {
        at: done + 1,
        of: tasks.length,
        claim: claim.id,
        deployment: deployment.name,
      };
      yield await judged(task, place, limits, pause, io);
    }
  } catch (error) {
    if (error instanceof LimitReached) error.message += `\n${help(error, limits, tasks)}`;
    throw error;
  } finally {
    pause.end();
    io.progress('');
  }
}

/** All of them, or those there are when it stops, and why it does. Null: it does not. */
export async function checkAll(
  tasks: readonly Task[],
  limits: Limits,
  io: Io,
): Promise<{
  readonly results: readonly ClaimResult[];
  readonly stopped: LimitReached | Interrupted | null;
}> {
  const results: ClaimResult[] = [];
  try {
    for await (const result of checkedInTurn(tasks, limits, io)) results.push(result);
  } catch (error) {
    if (!(error instanceof LimitReached || error instanceof Interrupted)) throw error;
    return { results, stopped: error };
  }
  return { results, stopped: null };
}

async function judged(
  { claim, deployment }: Task,
  place: Place,
  limits: Limits,
  pause: Pause,
  io: Io,
): Promise<ClaimResult> {
  const turns = checkingClaim(claim, deployment, limits);
  let course: Course = [];
  for (;;) {
    if (pause.isDue) {
      io.progress((columns) => progressLine(place, course, limits.bytesMax, columns));
      if (await pause.interrupted()) throw new Interrupted(covered(place, course));
    }
    try {
      const turn = turns.next();
      if (turn.done) return turn.value;
      course = continued(course, turn.value);
    } catch (error) {
      if (error instanceof LimitReached)
        error.message = `${claim.id}, ${deployment.name}: ${error.message}`;
      throw error;
    }
  }
}

const PAUSE_EVERY = 50; // milliseconds: it is felt as at once, and costs nothing

/** Lets the process hear of signals, which it cannot while it computes. */
class Pause {
  #last = Number.NEGATIVE_INFINITY;
  #interrupted = false;
  readonly #interrupt = () => {
    this.#interrupted = true;
  };

  constructor() {
    process.once('SIGINT', this.#interrupt);
  }

  get isDue(): boolean {
    return performance.now() - this.#last >= PAUSE_EVERY;
  }

  async interrupted(): Promise<boolean> {
    await setImmediate();
    this.#last = performance.now();
    return this.#interrupted;
  }

  end(): void {
    process.off('SIGINT', this.#interrupt);
  }
}

function covered({ at, of, claim, deployment }: Place, course: Course): string {
  const now = course.at(-1);
  const figures =
    now === undefined
      ? 'it had hardly begun'
      : [
          ...(now.searches > 1 ? [`search ${now.search} of ${now.searches}`] : []),
          `${counted(now.states)} states`,
          `frontier ${counted(now.frontier)}`,
          `depth ${now.depth}`,
          `${(now.milliseconds / 1000).toFixed(1)} s`,
        ].join(', ');
  const after = of - at;
  const rest = after === 0 ? '' : `, nor of the ${after} after it`;
  return `interrupted: nothing was proved of ${claim}, ${deployment} (${figures})${rest}`;
}

function help(
  { states, milliseconds }: LimitReached,
  { statesMax, millisecondsMax = Number.POSITIVE_INFINITY }: Limits,
  tasks: readonly Task[],
): string {
  const higher =
    states >= statesMax
      ? '--max-states'
      : milliseconds >= millisecondsMax
        ? '--max-seconds'
        : '--max-memory';
  const claims = new Set(tasks.map(({ claim }) => claim)).size;
  return [
    `What may help: a higher ${higher}`,
    ...(claims > 1 ? ['one claim alone, with --claim'] : []),
    'smaller bounds in the topology',
    'or another model checker, SPIN, with double-hop export --promela.',
  ].join('; ');
}
