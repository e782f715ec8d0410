/** Checks many claims, shows the progress, and stops at a limit or at Ctrl-C. */
import { setImmediate } from 'node:timers/promises';
import { LimitReached } from '../../checker/explore/limits.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { causeOf } from '../../properties/causes/cause-of.ts';
import { filed } from '../../properties/causes/field-lines.ts';
import { type ClaimCheckOptions, checkingClaim, type Turn } from '../../properties/check.ts';
import type { Claim } from '../../properties/claim.ts';
import { vacuityOf } from '../../properties/vacuity.ts';
import type { ClaimTask } from '../input/subject.ts';
import type { Io } from './io.ts';
import {
  continued,
  counted,
  type ProgressPlace,
  progressLine,
  type SearchHistory,
} from './progress.ts';
import type { CheckedClaim } from './verdict-report.ts';

/** The user pressed Ctrl-C. The message says how far the current claim had come. */
export class Interrupted extends Error {
  override name = 'Interrupted';
}

export type CheckLimits = Omit<ClaimCheckOptions, 'bytesMax'> & { readonly bytesMax: number };

/**
 * Yields each result as soon as it is known. The first Ctrl-C stops at the next turn of the search;
 * the second ends the process at once, as Node does by default.
 *
 * @throws LimitReached at the first limit, because the next claims would likely reach it too. The
 *   message names the claim and what may help.
 * @throws Interrupted
 */
export async function* checkedInTurn(
  tasks: readonly ClaimTask[],
  limits: CheckLimits,
  io: Io,
): AsyncGenerator<CheckedClaim, void, void> {
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
      yield await checkTask(task, place, limits, pause, io);
    }
  } catch (error) {
    if (error instanceof LimitReached) error.message += `\n${help(error, limits, tasks)}`;
    throw error;
  } finally {
    pause.end();
    io.progress('');
  }
}

/** All results, or those before it stopped. `stopped`: the reason; null: it did not stop. */
export async function checkAll(
  tasks: readonly ClaimTask[],
  limits: CheckLimits,
  io: Io,
): Promise<{
  readonly results: readonly CheckedClaim[];
  readonly stopped: LimitReached | Interrupted | null;
}> {
  const results: CheckedClaim[] = [];
  try {
    for await (const result of checkedInTurn(tasks, limits, io)) results.push(result);
  } catch (error) {
    if (!(error instanceof LimitReached || error instanceof Interrupted)) throw error;
    return { results, stopped: error };
  }
  return { results, stopped: null };
}

/** The verdict, and of a claim that holds, whether what it speaks of ever happens. */
function* checkingBoth(
  claim: Claim,
  deployment: Deployment,
  options: ClaimCheckOptions,
): Generator<Turn, Omit<CheckedClaim, 'cause' | 'isFiled'>, void> {
  const result = yield* checkingClaim(claim, deployment, options);
  if (result.verdict !== 'holds') return { ...result, vacuity: null };
  const { symmetry: _, expected: __, ...limits } = options;
  const turns = vacuityOf(claim, deployment, limits);
  let turn = turns.next();
  for (; !turn.done; turn = turns.next()) yield { ...turn.value, search: 1, searches: 1 };
  return { ...result, vacuity: turn.value };
}

async function checkTask(
  { claim, deployment, expected, fault, lines }: ClaimTask,
  place: ProgressPlace,
  limits: CheckLimits,
  pause: Pause,
  io: Io,
): Promise<CheckedClaim> {
  const onBuilding = (milliseconds: number) => pause.building(milliseconds);
  const turns = checkingBoth(claim, deployment, { ...limits, expected, onBuilding });
  let history: SearchHistory = [];
  for (;;) {
    if (pause.isDue) {
      io.progress((columns) => progressLine(place, history, limits.bytesMax, columns));
      if (await pause.interrupted()) throw new Interrupted(covered(place, history));
    }
    try {
      const turn = turns.next();
      pause.hear();
      if (turn.done) {
        const cause = causeOf(turn.value, fault);
        return { ...turn.value, cause: cause && filed(cause, lines), isFiled: lines !== null };
      }
      history = continued(history, turn.value);
    } catch (error) {
      if (error instanceof LimitReached)
        error.message = `${claim.id}, ${deployment.name}: ${error.message}`;
      throw error;
    }
  }
}

const DEAF_AFTER = 500; // milliseconds
const PAUSE_EVERY = 50; // milliseconds: it feels immediate, and costs nothing

/** Lets the process receive signals, which it cannot while it computes. */
class Pause {
  #last = Number.NEGATIVE_INFINITY;
  #interrupted = false;
  readonly #interrupt = () => {
    this.#interrupted = true;
  };

  constructor() {
    this.hear();
  }

  hear(): void {
    if (process.listeners('SIGINT').includes(this.#interrupt) || this.#interrupted) return;
    process.once('SIGINT', this.#interrupt);
  }

  /** Building a system has no turns, so that no signal is heard: Ctrl-C must end the process. */
  building(milliseconds: number): void {
    if (milliseconds > DEAF_AFTER) this.end();
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

function covered({ at, of, claim, deployment }: ProgressPlace, history: SearchHistory): string {
  const now = history.at(-1);
  const figures =
    now === undefined
      ? 'the search had hardly begun'
      : [
          ...(now.searches > 1 ? [`search ${now.search} of ${now.searches}`] : []),
          `${counted(now.states)} states`,
          `frontier ${counted(now.frontier)}`,
          `depth ${now.depth}`,
          `${(now.milliseconds / 1000).toFixed(1)} s`,
        ].join(', ');
  const after = of - at;
  const rest =
    after === 0 ? '' : `, nor of the ${after} ${after === 1 ? 'claim' : 'claims'} after it`;
  return `interrupted: nothing was proved of ${claim}, ${deployment} (${figures})${rest}`;
}

function help(
  { states, milliseconds }: LimitReached,
  { statesMax, millisecondsMax = Number.POSITIVE_INFINITY }: CheckLimits,
  tasks: readonly ClaimTask[],
): string {
  const higher =
    states >= statesMax
      ? '--max-states'
      : milliseconds >= millisecondsMax
        ? '--max-seconds'
        : '--max-memory';
  const claims = new Set(tasks.map(({ claim }) => claim)).size;
  return [
    `Try a higher ${higher}`,
    ...(claims > 1 ? ['a single claim, with --claim'] : []),
    'smaller bounds in the topology',
    'or the model checker SPIN, with double-hop export --promela.',
  ].join('; ');
}
