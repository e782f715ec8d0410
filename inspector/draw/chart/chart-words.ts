/** A chart in words: its descriptions, active states, and the transitions of a step. */
import { leavesOf } from '../../story/protocol/state-value.ts';
import type { Chart, ChartTransition } from '../../story/story.ts';
import type { ChartProps } from '../props.ts';
import { eventWords, guardWords } from './chart-text.ts';
import { nodesOf } from './nodes.ts';

/**
 * The value that the transition's guard had in the step. Null: it was not evaluated. A guard of one
 * name may stand at several transitions: the value belongs to those that could have been taken.
 */
export function guardValue(props: ChartProps, transition: ChartTransition): boolean | null {
  const { chart, taken, guards } = props;
  const asked = guards.find(({ name }) => name === transition.guard);
  if (transition.guard === null || asked === undefined) return null;
  const answers = takenOf(chart, taken);
  const isRival = ({ source, event }: ChartTransition) =>
    answers.some((one) => one.source === source && one.event === event);
  const rivals = chart.transitions.filter(
    (other) => other.guard === transition.guard && isRival(other),
  );
  return rivals.length > 0 && !rivals.includes(transition) ? null : asked.held;
}

/** The transitions with these ids, in their order. */
export const takenOf = (chart: Chart, taken: readonly string[] | null) =>
  (taken ?? []).flatMap((id) => chart.transitions.find((transition) => transition.id === id) ?? []);

/** Innermost active states by the keys from the root's child down: "up.carrying". */
export function activeWords(chart: Chart, active: readonly string[]): readonly string[] {
  const leaves = leavesOf(chart, active);
  if (leaves.length > 0) return leaves;
  return active.includes(chart.root.id) ? [chart.root.key] : [];
}

/** Without the machine's own name. */
export const shortId = (chart: Chart, id: string) =>
  id.startsWith(`${chart.root.id}.`) ? id.slice(chart.root.id.length + 1) : id;

export function transitionWords(chart: Chart, transition: ChartTransition): string {
  const { event, targets, actions } = transition;
  const where = targets.map((target) => shortId(chart, target)).join(' and ');
  return [
    eventWords(event),
    guardWords(chart, transition),
    targets.length > 0 ? `to ${where}` : '',
    actions.length > 0 ? `/ ${actions.join(', ')}` : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

export type Described = { readonly state: string | null; readonly description: string };

/** The descriptions of the machine (state: null) and of its active states, outermost first. */
export const descriptionsIn = (chart: Chart, active: readonly string[]): readonly Described[] =>
  nodesOf(chart.root).flatMap((node) => {
    const isShown = node === chart.root || active.includes(node.id);
    if (!isShown || node.description === null) return [];
    const state = node === chart.root ? null : shortId(chart, node.id);
    return [{ state, description: node.description }];
  });

/** For readers who do not see the picture. */
export function chartInWords({ chart, active, taken, guards }: ChartProps): string {
  const states = nodesOf(chart.root).length - 1;
  const transitions = takenOf(chart, taken).map(
    (one) => `${shortId(chart, one.source)}: ${transitionWords(chart, one)}`,
  );
  return [
    `${chart.machine} has ${states} states and ${chart.transitions.length} transitions.`,
    `Active: ${activeWords(chart, active).join(', ') || 'none'}.`,
    transitions.length > 0 ? `Taken: ${transitions.join('; then ')}.` : '',
    ...guards.map(({ name, held }) => `Guard ${name} was ${held}.`),
    ...descriptionsIn(chart, active).map(
      ({ state, description }) => `${state ?? chart.machine}: ${description}`,
    ),
  ]
    .filter((sentence) => sentence !== '')
    .join(' ');
}
