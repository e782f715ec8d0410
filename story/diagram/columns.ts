/** Two stories for a terminal: in two columns where it is wide enough, or one below the other. */
export type Column = { readonly title: string; readonly lines: readonly string[] };

const SIDE_BY_SIDE_MIN = 100; // columns of the terminal
const GAP = '   ';

/**
 * Both stories, numbered from 1; steps of one number begin on one line. Ends in a newline.
 *
 * No line is longer than `width`, an integer of at least 1: a word that does not fit is broken.
 */
export function sideBySide(left: Column, right: Column, width: number): string {
  if (width < SIDE_BY_SIDE_MIN) {
    const parts = [left, right].map((column) => blocksOf(column, width).flat());
    return text([...(parts[0] ?? []), '', ...(parts[1] ?? [])]);
  }
  const half = Math.floor((width - GAP.length) / 2);
  const [lefts, rights] = [blocksOf(left, half), blocksOf(right, half)];
  const levels = Array.from({ length: Math.max(lefts.length, rights.length) }, (_, i) =>
    level(lefts[i] ?? [], rights[i] ?? [], half),
  );
  return text(levels.flat());
}

const text = (lines: readonly string[]) => lines.map((line) => `${line.trimEnd()}\n`).join('');

function level(left: readonly string[], right: readonly string[], width: number): string[] {
  return Array.from(
    { length: Math.max(left.length, right.length) },
    (_, i) => `${(left[i] ?? '').padEnd(width)}${GAP}${right[i] ?? ''}`,
  );
}

/** The title, underlined, and then each step: lines of at most `width`. */
function blocksOf({ title, lines }: Column, width: number): string[][] {
  const heading = wrapped(title, width);
  const rule = '-'.repeat(Math.max(...heading.map(({ length }) => length)));
  const digits = `${lines.length}`.length;
  return [
    [...heading, rule],
    ...lines.map((line, i) => numbered(`${i + 1}`.padStart(digits), line, width)),
  ];
}

/** A hanging indent, unless it would leave too little room for the words. */
function numbered(number: string, line: string, width: number): string[] {
  const indent = number.length + 2;
  if (width < 2 * indent) return wrapped(`${number}. ${line}`, width);
  return wrapped(line, width - indent).map(
    (part, i) => `${i === 0 ? `${number}. ` : ' '.repeat(indent)}${part}`,
  );
}

/** Lines of at most `width`, at least one. */
function wrapped(line: string, width: number): string[] {
  const words = line.split(/\s+/).flatMap((word) => pieces(word, width));
  const lines: string[] = [''];
  for (const word of words) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines[lines.length - 1] = word;
    else if (last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

function pieces(word: string, width: number): string[] {
  return Array.from({ length: Math.ceil(word.length / width) }, (_, i) =>
    word.slice(i * width, (i + 1) * width),
  );
}
