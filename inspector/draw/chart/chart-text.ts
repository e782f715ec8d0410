/** The words in and beside the boxes of a chart, in lines, for the layout and the drawing. */
import type { Chart, ChartNode, ChartTransition } from '../../story/story.ts';
import { widthOf } from '../text-size.ts';

export const TITLE = { size: 13, height: 26 } as const;
export const LINE = { size: 11, height: 15 } as const;
export const PADDING = 9; // left and right of a text in its box
const GUARD_ROOM = 46; // after a guard: " = false"
export const LIST_INDENT = 12; // before a line in a state's box: the mark of a guard's value
const LABEL_WIDTH = 230; // beyond it, a label goes on in the next line
const LIST = { width: 300, indent: 12 } as const; // in a box

export type Phrase = { readonly text: string; readonly kind: 'strong' | 'guard' | 'soft' };

/** Null in `transition`: of the state itself. */
export type Line = {
  readonly transition: string | null; // id
  readonly parts: readonly Phrase[]; // a space apart
  readonly indent: number;
  readonly guard: string | null; // name, where its value has room at the end of the line
};

const WILDCARD = 'any other event';

/** An event's type as it is read, also of those that XState makes up. */
export function eventWords(type: string): string {
  if (type === '') return 'always';
  if (type === '*') return WILDCARD;
  if (type.endsWith('.*')) return `any other ${type.slice(0, -2)} event`;
  if (type === 'xstate.init') return 'start';
  const after = /^xstate\.after\.([^.]+)\./.exec(type);
  if (after) return /^\d+$/.test(after[1]!) ? `after ${after[1]} ms` : `after ${after[1]}`;
  const ended = /^xstate\.(done|error)\.(?:actor|state(?:\.[^.]+)*)\.(.+)$/.exec(type);
  if (ended) return `${ended[2]} ${ended[1] === 'done' ? 'is done' : 'failed'}`;
  return type;
}

/** The guard in brackets; "else" where it has none and transitions with guards come before it. */
export function guardWords(chart: Chart, { id, source, event, guard }: ChartTransition): string {
  if (guard !== null) return `[${guard}]`;
  const alternatives = chart.transitions.filter(
    (other) => other.source === source && other.event === event,
  );
  return alternatives.findIndex((other) => other.id === id) > 0 ? '[else]' : '';
}

/** Beside an edge: the event, its guard and its actions, each on its own line where needed. */
export function labelLines(chart: Chart, transition: ChartTransition): readonly Line[] {
  const phrases = phrasesOf(chart, transition);
  return flowing(transition, phrases, { width: LABEL_WIDTH, indent: 0 });
}

/** Of several guards that let the same happen, the first has the event and the last the actions. */
function phrasesOf(chart: Chart, transition: ChartTransition, more: readonly string[] = []) {
  const condition = guardWords(chart, transition);
  const at = chart.transitions.findIndex(({ id }) => id === transition.id);
  const isAlternative = isSameBut(chart.transitions[at - 1], transition);
  const hasAlternative = isSameBut(transition, chart.transitions[at + 1]);
  const phrases: readonly Phrase[] = [
    isAlternative
      ? { text: 'or', kind: 'soft' }
      : { text: eventWords(transition.event), kind: 'strong' },
    { text: condition, kind: 'guard' },
    ...(hasAlternative ? [] : actionPhrases([...transition.actions, ...more])),
  ];
  return phrases.filter(({ text }) => text !== '');
}

/** Both are there, one after the other, and differ in their guards alone. */
const isSameBut = (one: ChartTransition | undefined, other: ChartTransition | undefined): boolean =>
  one !== undefined &&
  other !== undefined &&
  one.guard !== null &&
  other.guard !== null &&
  [one, other]
    .map(({ source, event, targets, actions }) => JSON.stringify([source, event, targets, actions]))
    .every((text, _, [first]) => text === first);

/** One for each action, so that lines break between them. */
const actionPhrases = (actions: readonly string[]): readonly Phrase[] =>
  actions.map((action, i) => ({
    text: `${i === 0 ? '/ ' : ''}${action}${i < actions.length - 1 ? ',' : ''}`,
    kind: 'soft',
  }));

/** As many phrases a line as there is room for; `indent` is of every line but the first. */
function flowing(
  transition: ChartTransition | null,
  phrases: readonly Phrase[],
  { width, indent }: { readonly width: number; readonly indent: number },
): readonly Line[] {
  const { id = null, guard = null } = transition ?? {};
  const lines: Line[] = [];
  for (const phrase of phrases) {
    const last = lines.at(-1);
    const own = phrase.kind === 'guard' ? guard : null;
    const longer = last && {
      ...last,
      parts: joined(last.parts, phrase),
      guard: own ?? last.guard,
    };
    if (longer && lineWidth(longer) <= width) lines[lines.length - 1] = longer;
    else {
      const start = lines.length === 0 ? 0 : indent;
      lines.push({ transition: id, parts: [phrase], indent: start, guard: own });
    }
  }
  return lines;
}

/** Phrases of one kind are one part. */
function joined(parts: readonly Phrase[], phrase: Phrase): readonly Phrase[] {
  const last = parts.at(-1);
  return last?.kind === phrase.kind
    ? [...parts.slice(0, -1), { ...last, text: `${last.text} ${phrase.text}` }]
    : [...parts, phrase];
}

/** Whether a transition is a line inside its source's box, and no edge. */
export const isInside = ({ source, targets }: ChartTransition) =>
  targets.every((target) => target === source);

/** In the box of a state, under its name: entry and exit actions, and internal transitions. */
export function insideLines(chart: Chart, node: ChartNode): readonly Line[] {
  const own = (text: string, actions: readonly string[]) =>
    actions.length === 0
      ? []
      : flowing(null, [{ text, kind: 'strong' }, ...actionPhrases(actions)], LIST);
  return [
    ...own('entry', node.entry),
    ...own('exit', node.exit),
    ...chart.transitions
      .filter((transition) => transition.source === node.id && isInside(transition))
      .flatMap((transition) => answered(chart, transition)),
  ];
}

function answered(chart: Chart, transition: ChartTransition): readonly Line[] {
  const anew = transition.targets.length > 0 ? ['enters it anew'] : [];
  return flowing(transition, phrasesOf(chart, transition, anew), LIST);
}

/** In pixels, with room for the value of its guard. */
export function lineWidth({ parts, indent, guard }: Line): number {
  const widths = parts.map(({ text, kind }) => widthOf(text, LINE.size, kind === 'strong'));
  const spaces = (parts.length - 1) * widthOf(' ', LINE.size);
  return widths.reduce((sum, width) => sum + width, indent + spaces + (guard ? GUARD_ROOM : 0));
}

/** Of a box that holds these lines and nothing else, in pixels. */
export const sizeOf = (lines: readonly Line[]) => ({
  width: Math.ceil(Math.max(0, ...lines.map(lineWidth)) + 2 * PADDING),
  height: lines.length * LINE.height + 6,
});

/** What stands at the top of its box. */
export const nameOf = ({ type, key }: ChartNode) => (type === 'history' ? `history, ${key}` : key);

/** Of the name and the lines under it, in pixels: all of an atomic state, the head of another. */
export function headSize(chart: Chart, node: ChartNode) {
  const lines = insideLines(chart, node);
  const list = sizeOf(lines);
  const title = widthOf(nameOf(node), TITLE.size, true) + 2 * PADDING + 26; // with the active dot
  return {
    width: Math.ceil(Math.max(title, lines.length > 0 ? list.width + LIST_INDENT : 0)),
    height: TITLE.height + (lines.length > 0 ? list.height + 2 : 4),
  };
}
