/** The bits of a key that hold each field. */
import { FLAG, KEY_SIZES } from './header.ts';

/** The bits of a field in a key. No field crosses the border of a word. */
export type FieldPlace = {
  readonly word: number; // of the key
  readonly shift: number;
  readonly width: number; // bits; 0: the field has one value only
};

export type Layout = {
  readonly keyBytes: number; // one of `KEY_SIZES`; infinite: none is long enough
  readonly places: readonly FieldPlace[]; // by field
};

const WORD = 32;

/** The number of bits for numbers below `values`. */
export const bitsFor = (values: number): number =>
  values <= 1 ? 0 : WORD - Math.clz32(values - 1);

/**
 * A layout with room for twice the values of each field, or as many as fit without a longer key.
 *
 * @param values - by field: the number of its values.
 */
export function layoutFor(values: readonly number[]): Layout {
  const exact = values.map(bitsFor);
  const tight = packed(exact);
  const generous = packed(values.map((count) => (count <= 1 ? 0 : bitsFor(2 * count))));
  if (generous.keyBytes === tight.keyBytes) return generous;
  return spread(exact, tight);
}

/** Gives one more bit to each field, those with most values first, while the key has room. */
function spread(exact: readonly number[], tight: Layout): Layout {
  const widths = [...exact];
  let best = tight;
  const byWidth = [...exact.keys()].sort((a, b) => exact[b]! - exact[a]!);
  for (const field of byWidth) {
    if (exact[field] === 0) continue;
    widths[field]! += 1;
    const wider = packed(widths);
    if (wider.keyBytes === tight.keyBytes) best = wider;
    else widths[field]! -= 1;
  }
  return best;
}

/** Places the widest field first, each in the first word with room. */
function packed(widths: readonly number[]): Layout {
  const used = [1]; // the flag
  const places: FieldPlace[] = widths.map(() => ({ word: 0, shift: 0, width: 0 }));
  const byWidth = [...widths.keys()].sort((a, b) => widths[b]! - widths[a]! || a - b);
  for (const field of byWidth) {
    const width = widths[field]!;
    if (width === 0) break;
    const found = used.findIndex((bits) => bits + width <= WORD);
    const word = found < 0 ? used.push(0) - 1 : found;
    // The flag is the uppermost bit of word 0, so fields start at the lowest bit.
    const shift = used[word]! - (word === 0 ? 1 : 0);
    places[field] = { word, shift, width };
    used[word]! += width;
  }
  return { keyBytes: keyBytesFor(used.length), places };
}

function keyBytesFor(words: number): number {
  return KEY_SIZES.find((bytes) => bytes >= 4 * words) ?? Number.POSITIVE_INFINITY;
}

/** The value of a field in the key at `words[at]`. */
export const valueIn = (
  words: Int32Array,
  at: number,
  { word, shift, width }: FieldPlace,
): number => (width === 0 ? 0 : (words[at + word]! >>> shift) & (2 ** width - 1));

/**
 * Writes keys in another layout.
 *
 * @param at - addresses in words: the old keys and the new ones, and their number.
 */
export function rewriteKeys(
  words: Int32Array,
  old: Layout,
  layout: Layout,
  at: { readonly source: number; readonly target: number; readonly states: number },
): void {
  const [oldSize, size] = [old.keyBytes / 4, layout.keyBytes / 4];
  const fields = [...layout.places.keys()].filter((field) => old.places[field]!.width > 0);
  for (let state = 0; state < at.states; state += 1) words[at.target + state * size] = FLAG;
  for (const field of fields) {
    const { word, shift, width } = old.places[field]!;
    const to = layout.places[field]!;
    const mask = 2 ** width - 1;
    let from = at.source + word;
    let end = at.target + to.word;
    for (let state = 0; state < at.states; state += 1) {
      words[end]! |= ((words[from]! >>> shift) & mask) << to.shift;
      from += oldSize;
      end += size;
    }
  }
}
