/** The page's stylesheet has the colours that pictures of their own have inside. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../cli/package.ts';
import { PALETTE, pictureStyles } from '../../../inspector/draw/palette.ts';

const css = readFileSync(join(packageRoot, 'inspector/draw/draw.css'), 'utf8');

/** The values of a variable, in the order of the file: light, dark, dark again, forced. */
const valuesOf = (name: string) =>
  [...css.matchAll(new RegExp(`--draw-${name}: ([^;]+);`, 'g'))].map(([, value]) => value);

/** Relative luminance, WCAG 2.2. */
function luminance(colour: string): number {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!;
}

function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light! + 0.05) / (dark! + 0.05);
}

describe.each(Object.entries(PALETTE))('the colour %s', (name, [light, dark]) => {
  it('is the same in draw.css, light and dark, and gives way to forced colours', () => {
    expect(valuesOf(name).slice(0, 3)).toEqual([light, dark, dark]);
    expect(valuesOf(name)[3]).toMatch(/^(Canvas|CanvasText|Highlight)$/);
  });

  it('has its classes', () => {
    expect(css).toContain(`.fill-${name} {\n  fill: var(--draw-${name});`);
    expect(css).toContain(`.stroke-${name} {\n  stroke: var(--draw-${name});`);
    expect(pictureStyles().split(`.fill-${name}{fill:`)).toHaveLength(3);
  });
});

describe('words', () => {
  it.each([
    ['ink', 'paper', 7],
    ['ink', 'accent-soft', 7],
    ['muted', 'paper', 4.5],
    ['muted', 'panel', 4.5],
    ['accent', 'accent-soft', 4.5],
    ['bad', 'bad-soft', 4.5],
    ['bad', 'accent-soft', 4.5],
    ['good', 'good-soft', 4.5],
    ['good', 'accent-soft', 4.5],
    ['credential', 'credential-soft', 4.5],
  ] as const)('in %s on %s have contrast', (ink, ground, least) => {
    for (const theme of [0, 1] as const)
      expect(contrast(PALETTE[ink][theme], PALETTE[ground][theme])).toBeGreaterThanOrEqual(least);
  });

  it.each(['line', 'accent', 'bad', 'good'] as const)('%s can be told from its ground', (name) => {
    for (const theme of [0, 1] as const)
      expect(contrast(PALETTE[name][theme], PALETTE.panel[theme])).toBeGreaterThanOrEqual(3);
  });
});
