/**
 * How wide a text is at most. Charts are laid out where there is no screen to ask, so this is the
 * widest of the fonts that `system-ui` stands for, DejaVu Sans: any other leaves room to spare.
 */

/** Characters by their width, in hundredths of the size of the font. Any other has 100. */
const WIDTHS: readonly (readonly [number, string])[] = [
  [29, "'ijlIJ"],
  [36, ' ,./:;\\|f-'],
  [41, '()[]t!r'],
  [53, '"*_`sz?'],
  [60, 'cLFkvxyP'],
  [65, 'TYaoeESbdghnpqu$0123456789{}'],
  [70, 'KAVBRXZC'],
  [79, 'UHNDG&OQ'],
  [86, 'w#+<=>^~M'],
];
const BOLD = 1.14; // times the width of the plain character

const byCode = new Uint8Array(128).fill(100);
for (const [width, characters] of WIDTHS)
  for (const character of characters) byCode[character.charCodeAt(0)] = width;

/** @param size - of the font, in pixels, as is the result. */
export function widthOf(text: string, size: number, isBold = false): number {
  let hundredths = 0;
  for (let i = 0; i < text.length; i += 1) hundredths += byCode[text.charCodeAt(i)] ?? 100;
  return (hundredths / 100) * size * (isBold ? BOLD : 1);
}

/** The text, or as much of it as there is room for, with an ellipsis. */
export function shortened(text: string, width: number, size: number, isBold = false): string {
  if (widthOf(text, size, isBold) <= width) return text;
  let length = text.length;
  while (length > 1 && widthOf(`${text.slice(0, length)}…`, size, isBold) > width) length -= 1;
  return `${text.slice(0, length)}…`;
}

/** The words in lines of at most `width` pixels; a word that is wider has a line of its own. */
export function wrapped(
  text: string,
  width: number,
  size: number,
  isBold = false,
): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const longer = lines.length > 0 ? `${lines.at(-1)} ${word}` : word;
    if (lines.length > 0 && widthOf(longer, size, isBold) <= width)
      lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
