/** The elements of an SVG that Node has rendered, with their positions in its view box. */
import { widthOf } from '../../../../../inspector/draw/text-size.ts';

export type Placed = {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly offset: { readonly x: number; readonly y: number }; // of the groups around it
  readonly words: string; // of a text; '' for others
};

const TOKEN = /<(\/?)([a-z]+)([^>]*?)(\/?)>|([^<]+)/g;
const ATTRIBUTE = /([\w-]+)="([^"]*)"/g;
const MOVED = /^translate\((\S+) (\S+)\)$/;

export function elementsOf(svg: string): readonly Placed[] {
  const found: Placed[] = [];
  const open: { readonly offset: Placed['offset']; readonly at: number }[] = [];
  for (const [, end, name, rest, , words] of svg.matchAll(TOKEN)) {
    const { offset, at } = open.at(-1) ?? { offset: { x: 0, y: 0 }, at: -1 };
    if (words !== undefined) found[at] = { ...found[at]!, words };
    else if (end === '/') open.pop();
    else {
      const attributes = Object.fromEntries(
        [...rest!.matchAll(ATTRIBUTE)].map(([, key, value]) => [key!, value!]),
      );
      const [, x = '0', y = '0'] = MOVED.exec(attributes.transform ?? '') ?? [];
      const moved = { x: offset.x + Number(x), y: offset.y + Number(y) };
      found.push({ name: name!, attributes, offset: moved, words: '' });
      open.push({ offset: moved, at: found.length - 1 });
    }
    if (rest?.endsWith('/')) open.pop();
  }
  return found;
}

export type Area = {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

const number = ({ attributes }: Placed, name: string) => Number(attributes[name] ?? 0);

/** A text takes as much room as it does in the widest font that may be shown. */
export function areaOfText(text: Placed): Area {
  const size = number(text, 'font-size');
  const isBold = text.attributes['font-weight'] === '700';
  const width = widthOf(text.words.replaceAll('&amp;', '&'), size, isBold);
  const x = text.offset.x + number(text, 'x');
  const left = text.attributes['text-anchor'] === 'middle' ? x - width / 2 : x;
  const y = text.offset.y + number(text, 'y');
  return { left, right: left + width, top: y - 0.76 * size, bottom: y + 0.24 * size };
}

export function areaOfRect(rect: Placed): Area {
  const [left, top] = [rect.offset.x + number(rect, 'x'), rect.offset.y + number(rect, 'y')];
  return {
    left,
    right: left + number(rect, 'width'),
    top,
    bottom: top + number(rect, 'height'),
  };
}

export const isInside = (inner: Area, outer: Area): boolean =>
  inner.left >= outer.left &&
  inner.right <= outer.right &&
  inner.top >= outer.top &&
  inner.bottom <= outer.bottom;

export const overlap = (one: Area, other: Area): boolean =>
  one.left < other.right &&
  other.left < one.right &&
  one.top < other.bottom &&
  other.top < one.bottom;
