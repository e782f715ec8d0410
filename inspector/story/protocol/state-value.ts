/** The active nodes of a chart, as ids, as XState's value, and as words. */
import type { StateValue } from 'xstate';
import type { Chart, ChartNode, Story } from '../story.ts';

/** By component. A component without a chart has no entry. */
export function chartsByComponent({ charts, components }: Story): ReadonlyMap<string, Chart> {
  const byMachine = new Map(charts.map((chart) => [chart.machine, chart]));
  return new Map(
    components.flatMap(({ name, machine }) => {
      const chart = byMachine.get(machine);
      return chart ? [[name, chart] as const] : [];
    }),
  );
}

/** XState's value of a machine with these active nodes. `{}`: it has no states. */
export function stateValueOf({ root }: Chart, active: readonly string[]): StateValue {
  return valueIn(root, new Set(active));
}

/**
 * The ids of the nodes that are active in `value`, outermost first. Of a value that does not fit
 * the chart, the nodes that fit: at least the root.
 */
export function activeIn({ root }: Chart, value: unknown): readonly string[] {
  return activated(root, value);
}

/** The innermost active nodes, as the paths of their keys: "up.carrying". None: no states. */
export function leavesOf({ root }: Chart, active: readonly string[]): readonly string[] {
  const ids = new Set(active);
  return statesOf(root)
    .filter(({ id }) => ids.has(id))
    .flatMap((child) => pathsIn(child, ids, child.key));
}

const statesOf = ({ children }: ChartNode) => children.filter(({ type }) => type !== 'history');

function valueIn(node: ChartNode, active: ReadonlySet<string>): StateValue {
  const inside = statesOf(node).filter(({ id }) => active.has(id));
  const [child] = inside;
  if (node.type !== 'parallel' && child !== undefined && statesOf(child).length === 0)
    return child.key;
  return Object.fromEntries(inside.map((each) => [each.key, valueIn(each, active)]));
}

function activated(node: ChartNode, value: unknown): string[] {
  const within = (key: string): unknown => {
    if (typeof value === 'string') return value === key ? {} : undefined;
    const isOwn = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
    return isOwn ? (value as Readonly<Record<string, unknown>>)[key] : undefined;
  };
  const inside = statesOf(node).flatMap((child): string[] => {
    const rest = within(child.key);
    return rest === undefined ? [] : activated(child, rest);
  });
  return [node.id, ...inside];
}

function pathsIn(node: ChartNode, active: ReadonlySet<string>, path: string): readonly string[] {
  const inside = statesOf(node).filter(({ id }) => active.has(id));
  if (inside.length === 0) return [path];
  return inside.flatMap((child) => pathsIn(child, active, `${path}.${child.key}`));
}
