/** How a run goes on if every party tries: the shortest way to see what a state leads to. */
import type { AnyEventObject } from 'xstate';
import { snapshotKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import { plainStep, type Snapshots } from '../../checker/replay/replay.ts';

const STEPS_MAX = 120;

/** Lower goes first. Null: no party has to do it, or a cooperative one does not. */
function urgency(event: AnyEventObject): number | null {
  switch (event.type) {
    case 'wire.close':
    case 'user.cancels':
      return null;
    case 'user.types':
      return (event.secret as { passwordOf: string | null }).passwordOf === null ? null : 0;
    case 'user.visits':
    case 'program.requests':
      return event.path === 'default' || event.path === 'logonForm' ? null : 1;
    default:
      return event.type.startsWith('adversary.') ? null : 0;
  }
}

export type Continuation = {
  readonly steps: Trace;
  readonly end: Snapshots;
  readonly isOver: boolean; // nothing is left to try. False: a state has repeated
};

type Offer = { readonly component: string; readonly event: AnyEventObject };

/**
 * The steps that follow while messages arrive, hosts call on and forward, users type the right
 * password, and visit where nothing else is left to do. Ends when a state repeats.
 */
export function continuation(system: System, from: Snapshots): Continuation {
  const offers = system.flatMap(({ name, offers }) =>
    offers.map((event): Offer => ({ component: name, event })),
  );
  const ranks = [0, 1].map((rank) => offers.filter(({ event }) => urgency(event) === rank));
  const lastTaken = new Map<Offer, number>();
  const seen = new Set<string>();
  const steps: Trace[number][] = [];
  let state = from;
  while (steps.length < STEPS_MAX) {
    const key = [...state.values()].map(snapshotKey).join('\n');
    if (seen.has(key)) break;
    seen.add(key);
    const taken = ranks
      .map((rank) => rank.toSorted((a, b) => (lastTaken.get(a) ?? -1) - (lastTaken.get(b) ?? -1)))
      .reduce<ReturnType<typeof first>>((found, rank) => found ?? first(system, state, rank), null);
    if (taken === null) return { steps, end: state, isOver: true };
    lastTaken.set(taken.offer, steps.length);
    steps.push(taken.step);
    state = taken.after;
  }
  return { steps, end: state, isOver: false };
}

/** The first of the offers that is enabled. */
function first(system: System, state: Snapshots, offers: readonly Offer[]) {
  for (const offer of offers) {
    const taken = plainStep(system, state, offer.component, offer.event);
    if (taken !== null) return { offer, ...taken };
  }
  return null;
}
