/**
 * Limits what is sent to a server: the number of requests, their rate, and the failed sign-ins. It
 * is consulted before each request, so no limit is ever exceeded.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Act } from '../../../conformance/drive/acts.ts';
import type { Answer } from '../../../conformance/drive/driver-connection.ts';
import { outcomeOf } from '../../../conformance/drive/outcome.ts';
import type { RunOptions } from '../../../conformance/drive/run.ts';

export type RequestLimits = {
  readonly maxRequests: number;
  readonly rate: number; // requests a second
  readonly maxFailures: number;
};

/** Thrown in the middle of a run. The message names the limit, or the interruption. */
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
 * Keeps one failed sign-in in reserve, for a right password that the server refuses: acts that are
 * known to be risky are left out when only that one remains.
 */
export function budgetOf(limits: RequestLimits, signal: AbortSignal): Budget {
  const { maxRequests, rate, maxFailures } = limits;
  const spent = { requests: 0, failures: 0 };
  let reserved = 0;
  let next = 0; // the time of the next request
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

/** A right password in a Basic header is no sign-in, because the server does not read it. */
function isCredential(act: Act): boolean {
  if (act.does === 'basic') return act.as === 'wrongPassword';
  return act.does === 'again' || (act.does === 'authenticate' && act.as !== 'nobody');
}

const isRefused = (answer: Answer): boolean => outcomeOf(answer).kind !== 'page';
