/** What a monitor hears in a test, signal by signal, and the state in which it ends. */
import type { AnyStateMachine, InputFrom } from 'xstate';
import type { Signal } from '../../../../machines/vocabulary/signals.ts';

export type MonitorTrace = {
  readonly says: string;
  readonly input: unknown;
  readonly signals: readonly Signal[];
  readonly ends: string; // in which state
};

export type Row = readonly [says: string, ends: string, ...signals: readonly Signal[]];

export type Heard = readonly [AnyStateMachine, readonly MonitorTrace[]];

/** Of one input. Each row: a name, the state it ends in, and the signals it hears. */
export const tracesOf = <Machine extends AnyStateMachine>(
  _: Machine,
  input: InputFrom<Machine>,
  rows: readonly Row[],
): readonly MonitorTrace[] =>
  rows.map(([says, ends, ...signals]) => ({ says, input, signals, ends }));

/** A machine, and what it comes to. */
export const hearing = <Machine extends AnyStateMachine>(
  machine: Machine,
  input: InputFrom<Machine>,
  rows: readonly Row[],
): Heard => [machine, tracesOf(machine, input, rows)];
