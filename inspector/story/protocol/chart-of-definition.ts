/**
 * The chart of a machine from the definition in the wire protocol: the configuration as JSON, with
 * names in place of functions. Deep parts may be cut off.
 */
import { createMachine } from 'xstate';
import { chartOf } from '../chart.ts';
import type { Chart } from '../story.ts';

type Config = Readonly<Record<string, unknown>>;

/**
 * XState itself reads it, so that targets lead where they do in the machine. The order of states
 * is the definition's, which need not be the author's.
 *
 * @param definition - parsed, a machine's `config`.
 * @returns null where it is no machine, or XState refuses it.
 */
export function chartOfDefinition(definition: unknown): Chart | null {
  if (!isConfig(definition) || !('states' in definition || 'on' in definition)) return null;
  try {
    return chartOf(createMachine(charted(definition)));
  } catch {
    return null; // a target that is not there, a missing initial state, too deep
  }
}

const READ_AS_IT_IS = ['id', 'initial', 'history', 'target', 'always', 'onDone'] as const;
const TYPES = ['atomic', 'compound', 'parallel', 'final', 'history'];

/** The parts that a chart shows. A part that was cut off is a string. */
function charted(config: Config): Config {
  const { description, type, on, after, states, entry, exit, invoke } = config;
  return {
    ...picked(config, READ_AS_IT_IS),
    ...(typeof description === 'string' ? { description } : {}),
    ...(TYPES.includes(type as string) ? { type } : {}),
    ...(isConfig(on) ? { on } : {}),
    ...(isConfig(after) ? { after } : {}),
    ...(entry === undefined ? {} : { entry: listed(entry) }),
    ...(exit === undefined ? {} : { exit: listed(exit) }),
    ...(invoke === undefined ? {} : { invoke: listed(invoke).filter(isConfig) }),
    ...(isConfig(states) ? { states: eachCharted(states) } : {}),
  };
}

const eachCharted = (states: Config): Config =>
  Object.fromEntries(
    Object.entries(states).map(([key, state]) => [key, isConfig(state) ? charted(state) : {}]),
  );

const picked = (config: Config, fields: readonly string[]): Config =>
  Object.fromEntries(Object.entries(config).filter(([field]) => fields.includes(field)));

const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

const isConfig = (value: unknown): value is Config =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
