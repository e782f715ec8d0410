/** A machine's chart, read from the machine itself: its states and every transition it has. */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import type { Chart, ChartNode, ChartTransition } from './story.ts';

type Node = AnyStateMachine['root'];

/** Every state in its author's order, and every transition, in the order of their sources. */
export const chartOf = ({ id, root }: AnyStateMachine): Chart => ({
  machine: id,
  root: nodeOf(root),
  transitions: transitionsFrom(root),
});

/**
 * The id of a transition in a chart: the same for every machine object of one definition, with a
 * fault or instrumented. Its number, from 0, distinguishes those of one state and event.
 */
export function transitionId(definition: AnyTransitionDefinition): string {
  const { source, eventType } = definition;
  const siblings = eventType === '' ? source.always : source.transitions.get(eventType);
  const name = eventType === '' ? 'always' : eventType;
  return `${source.id} ${name} ${siblings?.indexOf(definition) ?? -1}`;
}

const nodeOf = (node: Node): ChartNode => ({
  id: node.id,
  key: node.key,
  description: node.description ?? null,
  type: node.type,
  initial: node.type === 'compound' ? (node.initial.target[0]?.id ?? null) : null,
  entry: node.entry.map(nameOf),
  exit: node.exit.map(nameOf),
  children: Object.values(node.states).map(nodeOf),
});

const transitionsFrom = (node: Node): readonly ChartTransition[] => [
  ...[...node.transitions.values(), node.always ?? []].flat().map(transitionOf),
  ...Object.values(node.states).flatMap(transitionsFrom),
];

const transitionOf = (definition: AnyTransitionDefinition): ChartTransition => ({
  id: transitionId(definition),
  source: definition.source.id,
  targets: definition.target?.map(({ id }) => id) ?? [],
  event: definition.eventType,
  guard: definition.guard === undefined ? null : nameOf(definition.guard),
  actions: definition.actions.map(nameOf),
});

/** Of a guard or an action: its name, where it has one. */
function nameOf(part: unknown): string {
  if (typeof part === 'string') return part;
  if (typeof part === 'function') return part.name;
  return (part as { readonly type: string }).type;
}
