/**
 * Steps of trace validation, each computed once. On most connections of a recording the same
 * happens, only between others: under local names it is one step, which is looked up.
 */
import { stateKey } from '../../checker/model/state-key.ts';
import type { ConnectionId } from '../recording/recording.ts';
import type { Decided } from './choices.ts';
import {
  type ConnectionRun,
  type Hypothesis,
  type NextRuns,
  type Rules,
  runsAfter,
  stateOf,
  together,
} from './hypotheses.ts';
import type { Observed } from './observations.ts';
import { hasWrongLm } from './sent-messages.ts';

export type KnownSteps = {
  /** The hypotheses that follow by an observation under local names. None: it is ruled out. */
  readonly advanced: (hypothesis: Hypothesis, seen: Observed) => readonly Hypothesis[];
  /** Equal runs are one array. */
  readonly same: (runs: readonly ConnectionRun[]) => readonly ConnectionRun[];
  /** The steps that were computed: how much work it was. */
  readonly count: () => number;
};

export function knownSteps(rules: Rules): KnownSteps {
  const alike = new Map<string, readonly ConnectionRun[]>();
  const numbers = new WeakMap<object, number>(); // of runs, choices and observations
  let count = 0;

  const numberOf = (value: object): number => {
    const number = numbers.get(value) ?? ++count;
    numbers.set(value, number);
    return number;
  };
  const same: KnownSteps['same'] = (runs) => {
    const key = runs.map((run) => `${stateOf(run)} ${run.used}`).join('\n');
    const known = alike.get(key) ?? runs;
    alike.set(key, known);
    return known;
  };

  const choices = new Map<string, Decided>();
  const decided = (acceptor: Decided): Decided => {
    if (numbers.has(acceptor)) return acceptor;
    const key = stateKey(acceptor);
    const known = choices.get(key) ?? acceptor;
    choices.set(key, known);
    return known;
  };

  const owned = new Map<ConnectionId, string>(); // keys of the credentials on each
  const credentialsKey = (connection: ConnectionId): string => {
    const key = owned.get(connection) ?? stateKey(rules.credentialsOn(connection));
    owned.set(connection, key);
    return key;
  };
  const events = new Map<string, number>();
  const eventNumber = (seen: Observed): number => {
    const { index: _, observation, connection, ...messages } = seen;
    // Of the bytes, a step reads this alone.
    const wrongLm =
      seen.what === 'request' ? seen.readings.map((one) => hasWrongLm(one, observation)) : [];
    const key = `${credentialsKey(connection)} ${wrongLm} ${stateKey(messages)}`;
    const number = events.get(key) ?? ++count;
    events.set(key, number);
    numbers.set(seen, number);
    return number;
  };

  let steps = 0;
  const known = new Map<string, readonly NextRuns[]>();
  const next = (acceptor: Decided, runs: readonly ConnectionRun[], seen: Observed) => {
    const key = `${numberOf(acceptor)} ${numberOf(runs)} ${numbers.get(seen) ?? eventNumber(seen)}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    steps += 1;
    const after = runsAfter(acceptor, runs, seen, rules).map((one) => ({
      acceptor: decided(one.acceptor),
      runs: same(one.runs),
    }));
    known.set(key, after);
    return after;
  };

  return {
    same,
    count: () => steps,
    advanced: (hypothesis, seen) => {
      const runs = hypothesis.runs.get(seen.connection)!;
      return next(decided(hypothesis.acceptor), runs, seen).map((one) => ({
        ...hypothesis,
        acceptor: one.acceptor,
        runs: new Map(hypothesis.runs).set(seen.connection, one.runs),
      }));
    },
  };
}

/** A connection's runs, where nothing more of it is observed: only their divergences count. */
export function settled(hypothesis: Hypothesis, connection: ConnectionId): Hypothesis {
  const runs = new Map(hypothesis.runs);
  const ended = runs.get(connection)!;
  runs.delete(connection);
  return { ...hypothesis, runs, used: together(hypothesis.used, fewestUsed(ended)) };
}

export const fewestUsed = (runs: readonly ConnectionRun[]): readonly string[] =>
  runs.reduce((least, run) => (run.used.length < least.used.length ? run : least)).used;
