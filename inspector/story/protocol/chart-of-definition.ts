/**
 * The chart of a machine of which only its definition is known, as the wire protocol tells it: the
 * configuration as JSON, in which functions have become their names and deep parts may be cut off.
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
 * @returns null for what is no machine, and for one that XState does not take.
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

/** What a chart shows, and nothing else. A part that was cut off is a text in its place. */
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
