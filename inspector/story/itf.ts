/**
 * A story in the Informal Trace Format, which the ITF Trace Viewer and other tools open.
 *
 * @source Apalache, ADR-015: Informal Trace Format in JSON
 */
import { chartsByComponent, leavesOf } from './protocol/state-value.ts';
import type { Chart, State, Story } from './story.ts';

/** Null becomes the empty tuple: the format has no null, and the project no tuples. */
export type ItfValue =
  | string
  | number // an integer
  | boolean
  | readonly ItfValue[]
  | { readonly [field: string]: ItfValue };

export type Itf = {
  readonly '#meta': {
    readonly format: 'ITF';
    readonly 'format-description': string;
    readonly source: string;
    readonly description: string;
    readonly status: string;
  };
  /** `step`, `action`, and one for each component. Identifiers of TLA+. */
  readonly vars: readonly string[];
  readonly states: readonly ItfState[];
  /** The index of the state at which a loop begins, which ends in the last one, the same again. */
  readonly loop?: number;
};

export type ItfState = {
  readonly '#meta': { readonly index: number }; // the position
  readonly [variable: string]: ItfValue;
};

/** One state for each position: where every component is, and the sentence that led there. */
export function itfOf(story: Story): Itf {
  const names = story.components.map(({ name }) => name);
  const variables = variablesFor(names);
  const chartOf = chartsByComponent(story);
  const valueAt = new Map<string, ItfValue>();
  const note = (name: string, state: State | undefined) =>
    valueAt.set(name, recordOf(chartOf.get(name), state));
  const stateAt = (index: number, action: string): ItfState => ({
    '#meta': { index },
    step: index,
    action,
    ...Object.fromEntries(names.map((name, i) => [variables[i]!, valueAt.get(name)!])),
  });
  for (const name of names) note(name, story.initial[name]);
  const states = [stateAt(0, 'The initial state.')];
  for (const { sentence, reactions } of story.steps) {
    for (const { component, after } of reactions) note(component, after);
    states.push(stateAt(states.length, sentence));
  }
  return {
    '#meta': metaOf(story),
    vars: ['step', 'action', ...variables],
    states,
    ...(story.loop === null ? {} : { loop: story.loop }),
  };
}

const metaOf = ({ title, sentence, deployment, checked }: Story): Itf['#meta'] => ({
  format: 'ITF',
  'format-description': 'https://apalache-mc.org/docs/adr/015adr-trace.html',
  source: deployment,
  description: `${title}. ${sentence}`,
  status: checked?.verdict ?? 'not checked',
});

function recordOf(chart: Chart | undefined, state: State | undefined): ItfValue {
  const leaves = chart && state ? leavesOf(chart, state.active) : [];
  return { state: leaves.join(', '), context: asItf(state?.context) };
}

/** "alice>frontEnd#1/server" is `alice_to_frontEnd_1_server`. Numbered where two would be one. */
function variablesFor(components: readonly string[]): readonly string[] {
  const taken = new Set(['step', 'action']);
  return components.map((component) => {
    const words = component.replaceAll('>', '_to_').replaceAll('@', '_at_');
    const plain = words.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?![A-Za-z])/, 'c_');
    let variable = plain;
    for (let number = 2; taken.has(variable); number += 1) variable = `${plain}_${number}`;
    taken.add(variable);
    return variable;
  });
}

function asItf(value: unknown): ItfValue {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value;
    return Number.isInteger(value) ? { '#bigint': BigInt(value).toString() } : String(value);
  }
  if (typeof value !== 'object' || value === null) return { '#tup': [] };
  if (Array.isArray(value)) return value.map(asItf);
  // Names with # in front are the format's own.
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [field.replace(/^#/, '_'), asItf(inner)]),
  );
}
