/** The page's stylesheet has the colours that pictures of their own have inside. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../../cli/package.ts';
import { PALETTE, pictureStyles } from '../../../inspector/draw/palette.ts';
import { contrast } from './support/contrast.ts';

const css = readFileSync(join(packageRoot, 'inspector/draw/draw.css'), 'utf8');

/** The values of a variable, in the order of the file: light, dark, dark again, forced. */
const valuesOf = (name: string) =>
  [...css.matchAll(new RegExp(`--draw-${name}: ([^;]+);`, 'g'))].map(([, value]) => value);

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
