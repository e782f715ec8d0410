/** A sequence diagram's rows, each in its place, so that a window of them can be drawn. */
import { partyNamed } from '../../story/components.ts';
import type { Story } from '../../story/story.ts';
import { KEY_WIDTH } from '../shapes.tsx';
import { shortened, widthOf, wrapped } from '../text-size.ts';
import {
  type Annotation,
  type Arrow as ArrowContent,
  type Content,
  contentsOf,
  verdictIn,
} from './sequence-content.ts';

export const TEXT = { label: 12, chip: 11, number: 11, head: 13 } as const; // sizes of fonts
export const CHIP = { height: 20, gap: 3, padding: 10 } as const;
export const KEY = { line: 14, padding: 8 } as const;
export const GUTTER = 44; // left of the first lane's room: the numbers of steps
const GAP = { min: 124, max: 216, key: 200 } as const; // between two lanes
export const LABEL_LINE = 15; // its height
const MARGIN = 8;

export type Lane = {
  readonly party: string;
  readonly name: string; // as it is shown
  readonly x: number; // its middle
  readonly room: number; // how wide what stands on it may be
};

/** Rows follow each other without gaps, and those of a step are together. */
export type Row = Content & {
  /** The position after the row's step, from 1; 0 where the initial state is the decisive one. */
  readonly step: number;
  readonly isFirst: boolean; // of its step
  readonly y: number; // from the top of the first row
  readonly height: number;
};

export type SequenceLayout = {
  readonly lanes: readonly Lane[];
  readonly width: number;
  readonly height: number; // of all rows
  readonly headerHeight: number;
  readonly rows: readonly Row[];
  readonly decisive: { readonly y: number; readonly height: number } | null; // of that step's rows
  readonly isViolated: boolean; // else the decisive step is a witness, or just the end
};

/** Takes time and room in proportion to the steps. */
export function sequenceLayout(story: Story): SequenceLayout {
  const start = story.decisive === 0 ? [[verdictIn(story)]] : [[]];
  const contents = [...start, ...contentsOf(story)];
  const { lanes, width } = lanesFor(story, contents.flat());
  const rows: Row[] = [];
  let y = 0;
  contents.forEach((ofStep, step) => {
    ofStep.forEach((content, i) => {
      const height = heightOf(content, lanes, i === ofStep.length - 1);
      rows.push({ ...content, step, isFirst: i === 0, y, height });
      y += height;
    });
  });
  const decided = rows.filter(({ step }) => step === story.decisive);
  return {
    lanes,
    width,
    height: y,
    headerHeight: 46,
    rows,
    decisive: decided[0]
      ? { y: decided[0].y, height: decided.reduce((sum, { height }) => sum + height, 0) }
      : null,
    isViolated: story.mark?.isViolation ?? false,
  };
}

function heightOf(content: Content, lanes: readonly Lane[], isLast: boolean): number {
  const after = isLast ? 6 : 0;
  if (content.kind === 'sentence' || content.kind === 'verdict') return 24 + after;
  if (content.kind === 'beside')
    return Math.max(...stacks(content.items).values()) * (CHIP.height + CHIP.gap) + 4 + after;
  const { travel, fate } = content;
  if (fate === 'sent') return 25 + after;
  const lines = keyLines(travel, lanes).length;
  const labels = labelLines(content, lanes).length * LABEL_LINE;
  return 15 + labels + (lines > 0 ? lines * KEY.line + 10 : 0) + after;
}

/** How many items stand on each lane. */
function stacks(items: readonly Annotation[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { party } of items) counts.set(party, (counts.get(party) ?? 0) + 1);
  return counts;
}

type Span = { readonly from: string; readonly to: string };

/** Between the two lanes of an arrow; where it stays on one, to the right of it. */
export function spanOf({ from, to }: Span, lanes: readonly Lane[]) {
  const at = (party: string) => lanes.find((lane) => lane.party === party)?.x ?? 0;
  const [start, end] = [at(from), at(to)];
  return { start, end, left: Math.min(start, end), width: Math.abs(end - start) };
}

/** Over the line of a message that arrives or is lost. */
export function labelLines(
  { travel, fate }: Pick<ArrowContent, 'travel' | 'fate'>,
  lanes: readonly Lane[],
): readonly string[] {
  const words = fate === 'lost' ? `${travel.label} (lost)` : travel.label;
  const room = Math.max(spanOf(travel, lanes).width, GAP.min) - 26;
  return wrapped(words, room, TEXT.label, true).map((line) =>
    shortened(line, room, TEXT.label, true),
  );
}

/** The text of the key chip under an arrow. Empty: the message carries no credential. */
export function keyLines(
  { from, to, credential }: Span & Pick<ArrowContent['travel'], 'credential'>,
  lanes: readonly Lane[],
): readonly string[] {
  if (credential === null) return [];
  const room = Math.max(spanOf({ from, to }, lanes).width, GAP.min) - 2 * KEY.padding - 20;
  const words = `${credential.what}, bound to ${credential.boundTo}`;
  return wrapped(words, room - KEY_WIDTH - 4, TEXT.chip);
}

/** All but an adversary that has done nothing, so far, but under the names of others. */
function partiesIn({ parties, components }: Story, contents: readonly Content[]) {
  const adversary = components.find(({ machine }) => machine === 'adversary')?.party;
  const isShown = contents.some((content) => {
    if (content.kind === 'beside') return content.items.some(({ party }) => party === adversary);
    return (
      content.kind === 'arrow' && [content.travel.from, content.travel.to].includes(adversary!)
    );
  });
  return isShown ? parties : parties.filter((party) => party !== adversary);
}

/** Lanes as far apart as what stands between them needs, within limits. */
function lanesFor(story: Story, contents: readonly Content[]) {
  const { components } = story;
  const parties = partiesIn(story, contents);
  const names = parties.map((party) => partyNamed(party, components));
  const half = names.map((name) => headWidth(name) / 2);
  const between = parties.slice(1).map(() => GAP.min as number);
  const index = new Map(parties.map((party, i) => [party, i]));
  for (const content of contents) {
    if (content.kind === 'beside')
      for (const { party, text } of content.items) {
        const i = index.get(party);
        if (i !== undefined) half[i] = Math.max(half[i]!, chipWidth(text) / 2);
      }
    if (content.kind !== 'arrow') continue;
    const { from, to, label, credential } = content.travel;
    const [a, b] = [index.get(from) ?? 0, index.get(to) ?? 0];
    if (Math.abs(a - b) !== 1) continue;
    const room = Math.max(widthOf(label, TEXT.label, true) + 36, credential ? GAP.key : 0);
    between[Math.min(a, b)] = Math.max(between[Math.min(a, b)]!, room);
  }
  const gaps = between.map((gap, i) =>
    Math.round(Math.min(GAP.max, Math.max(gap, half[i]! + half[i + 1]! + MARGIN))),
  );
  const edge = (i: number) => Math.round(Math.min(GAP.max / 2, half[i] ?? 0) + MARGIN);
  let x = GUTTER + edge(0);
  const lanes = parties.map((party, i): Lane => {
    if (i > 0) x += gaps[i - 1]!;
    const room = Math.min(gaps[i - 1] ?? GAP.max, gaps[i] ?? GAP.max) - MARGIN;
    return { party, name: names[i]!, x, room };
  });
  return { lanes, width: Math.max(x + edge(parties.length - 1), GUTTER + 300) };
}

export const chipWidth = (text: string) => Math.ceil(widthOf(text, TEXT.chip) + 2 * CHIP.padding);

export const headWidth = (name: string) =>
  Math.min(GAP.max - MARGIN, Math.max(96, Math.ceil(widthOf(name, TEXT.head, true) + 28)));
