/** The layouts that were made at build time, of machines whose charts do not change. */
import type { Chart } from '../../story/story.ts';
import type { ChartLayout } from './layout.ts';
import { SHIPPED } from './shipped.ts';

/** By the id of a machine. The key is of the chart that was laid out. */
export type Layouts = Readonly<
  Record<string, { readonly key: string; readonly layout: ChartLayout }>
>;

/** Null: this very chart was not laid out at build time, or there was no build. */
export function layoutFor(chart: Chart): ChartLayout | null {
  const shipped = Object.hasOwn(SHIPPED, chart.machine) ? SHIPPED[chart.machine] : undefined;
  return shipped?.key === chartKey(chart) ? shipped.layout : null;
}

const keys = new WeakMap<Chart, string>();

const withoutDescriptions = (field: string, value: unknown): unknown =>
  field === 'description' ? undefined : value;

/**
 * Equal for charts that look the same: descriptions take no space. FNV-1a of the chart as JSON,
 * which is no protection against forgery.
 */
export function chartKey(chart: Chart): string {
  const known = keys.get(chart);
  if (known !== undefined) return known;
  let hash = 0x811c9dc5;
  for (const character of JSON.stringify(chart, withoutDescriptions)) {
    hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
  }
  const key = hash.toString(16).padStart(8, '0');
  keys.set(chart, key);
  return key;
}
