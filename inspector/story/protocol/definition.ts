/** Machines as the inspection protocol sends them: their configuration, as JSON text. */
import type { AnyStateMachine, AnyStateNode } from 'xstate';
import { stateKey } from '../../../checker/model/state-key.ts';
import type { Chart, ChartNode, ChartTransition } from '../story.ts';
import { EVERY_MACHINE } from './every-machine.ts';

const known = new WeakMap<Chart, string>();

/**
 * The whole configuration, in its author's order. Of a machine outside the project, the parts that
 * its chart has. XState's `createMachine` accepts it.
 */
export function definitionOf(chart: Chart): string {
  const definition = known.get(chart) ?? definitionText(chart);
  known.set(chart, definition);
  return definition;
}

function definitionText(chart: Chart): string {
  const machine = EVERY_MACHINE.get(chart.machine);
  return machine !== undefined && isChartOf(chart, machine)
    ? JSON.stringify(machine.config, named)
    : JSON.stringify(configOf(chart));
}

/** A function becomes its name, as in the package. */
const named = (_: string, value: unknown): unknown =>
  typeof value === 'function' ? { type: value.name } : value;

/** Whether it has the same state nodes: a foreign machine may have the same id. */
function isChartOf(chart: Chart, { root }: AnyStateMachine): boolean {
  const ids = (node: ChartNode): string[] => [node.id, ...node.children.flatMap(ids)];
  const own = (node: AnyStateNode): string[] => [
    node.id,
    ...Object.values(node.states as Record<string, AnyStateNode>).flatMap(own),
  ];
  return stateKey(ids(chart.root).sort()) === stateKey(own(root).sort());
}

function configOf({ root, transitions }: Chart): object {
  const configIn = (node: ChartNode): object => {
    const own = transitions.filter(({ source }) => source === node.id);
    const on = (event: string) => own.filter((one) => one.event === event).map(transitionIn);
    const events = [...new Set(own.map(({ event }) => event))].filter((event) => event !== '');
    return filled({
      id: node.id,
      description: node.description ?? undefined,
      type: isImplied(node.type) ? undefined : node.type,
      initial: node.children.find(({ id }) => id === node.initial)?.key,
      entry: node.entry,
      exit: node.exit,
      always: on(''),
      on: Object.fromEntries(events.map((event) => [event, on(event)])),
      states: Object.fromEntries(node.children.map((each) => [each.key, configIn(each)])),
    });
  };
  return configIn(root);
}

const isImplied = (type: ChartNode['type']) => type === 'atomic' || type === 'compound';

const transitionIn = ({ targets, guard, actions }: ChartTransition): object =>
  filled({ target: targets.map((id) => `#${id}`), guard: guard ?? undefined, actions });

/** Without empty fields. */
const filled = (fields: Readonly<Record<string, object | string | undefined>>): object =>
  Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => typeof value === 'string' || Object.keys(value ?? {}).length > 0,
    ),
  );
