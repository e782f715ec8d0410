/**
 * How much a server may be asked: how often, how fast, and how many sign-ins may fail. It is asked
 * before each request, so no limit is ever passed.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Act } from '../../../conformance/drive/acts.ts';
import type { Answer } from '../../../conformance/drive/driver-connection.ts';
import { outcomeOf } from '../../../conformance/drive/outcome.ts';
import type { RunOptions } from '../../../conformance/drive/run.ts';

export type Limits = {
  readonly maxRequests: number;
  readonly rate: number; // requests a second
  readonly maxFailures: number;
};

/** Thrown in the middle of a run. The message says what it is that ended. */
export class Stopped extends Error {
  override name = 'Stopped';
  readonly by: 'requests' | 'failures' | 'interrupt';

  constructor(by: Stopped['by'], message: string) {
    super(message);
    this.by = by;
  }
}

export type Budget = Required<Pick<RunOptions, 'before' | 'after'>> & {
  readonly spent: { readonly requests: number; readonly failures: number };
  /** Keeps some of the requests for later; 0 gives them back. */
  readonly reserve: (requests: number) => void;
};

/**
 * One failed sign-in is kept back, for a right password that is refused: what is known to be risky
 * is left out when only that is left.
 */
export function budgetOf(limits: Limits, signal: AbortSignal): Budget {
  const { maxRequests, rate, maxFailures } = limits;
  const spent = { requests: 0, failures: 0 };
  let reserved = 0;
  let next = 0; // when the next request may go out
  return {
    spent,
    reserve: (requests) => {
      reserved = requests;
    },
    async before(act, isRisky) {
      if (isRisky && isCredential(act) && spent.failures + 1 >= maxFailures) return false;
      if (isCredential(act) && spent.failures >= maxFailures)
        throw new Stopped('failures', `${spent.failures} sign-ins have failed: --max-failures`);
      if (spent.requests >= maxRequests - reserved)
        throw new Stopped('requests', `${spent.requests} requests were made: --max-requests`);
      await wait(Math.max(0, next - performance.now()), undefined, { signal }).catch(() => {});
      if (signal.aborted) throw new Stopped('interrupt', 'interrupted');
      next = Math.max(next, performance.now()) + 1000 / rate;
      spent.requests += 1;
      return true;
    },
    after(act, answer) {
      if (isCredential(act) && isRefused(answer)) spent.failures += 1;
    },
  };
}

/** A right password in a header that the server does not read is no sign-in. */
function isCredential(act: Act): boolean {
  if (act.does === 'basic') return act.as === 'wrongPassword';
  return act.does === 'again' || (act.does === 'authenticate' && act.as !== 'nobody');
}

const isRefused = (answer: Answer): boolean => outcomeOf(answer).kind !== 'page';
