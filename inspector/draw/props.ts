/** The properties of the drawings. */
import type { Chart, Story } from '../story/story.ts';
import type { ChartLayout } from './chart/layout.ts';
import type { SequenceLayout } from './sequence/sequence-layout.ts';

export type ChartProps = {
  readonly chart: Chart;
  readonly active: readonly string[]; // ids of nodes
  /** Ids of the transitions of the selected step, in order. Null: none, or not known. */
  readonly taken: readonly string[] | null;
  readonly guards: readonly { readonly name: string; readonly held: boolean }[]; // asked in it
  readonly title: string;
};

/** `layout` null: the chart is drawn as a tree of text. */
export type StatechartProps = ChartProps & { readonly layout: ChartLayout | null };

export type SequenceHeaderProps = { readonly layout: SequenceLayout };

export type SequenceRowsProps = {
  readonly layout: SequenceLayout;
  readonly from: number; // index of a row, inclusive
  readonly to: number; // index of a row, exclusive
  readonly at: number; // the selected position; later rows are dimmed
};

export type SequenceProps = { readonly story: Story; readonly at: number };
