/**
 * The colours of the drawings. An element names them by class, "fill-ink stroke-line": the page's
 * stylesheet gives the classes colours that follow its theme, and a picture of its own has
 * `pictureStyles` inside.
 */

/** For a light background, and for a dark one. */
export const PALETTE = {
  ink: ['#171a1f', '#e8eaee'],
  muted: ['#59616d', '#a3abb8'],
  line: ['#868e9b', '#7d8694'],
  faint: ['#d4d8de', '#3a414c'],
  paper: ['#ffffff', '#14171c'],
  panel: ['#f6f7f9', '#1c2027'],
  accent: ['#0b5cad', '#6cb2f7'],
  'accent-soft': ['#e2effc', '#15314d'],
  bad: ['#b3261e', '#ff9a8f'],
  'bad-soft': ['#fdecea', '#43201d'],
  good: ['#17703f', '#6fd19b'],
  'good-soft': ['#e3f5ea', '#153524'],
  credential: ['#7a4a00', '#f2c063'],
  'credential-soft': ['#fff3d6', '#3b2c0c'],
  'lane-1': ['#0072b2', '#56b4e9'],
  'lane-2': ['#d55e00', '#f08a3c'],
  'lane-3': ['#009e73', '#3cc79f'],
  'lane-4': ['#a8508a', '#dd95c0'],
  'lane-5': ['#8a6d00', '#e6c74b'],
  'id-1': ['#0067b8', '#3087d2'],
  'id-2': ['#f2b430', '#f2cf5b'],
  'id-2-edge': ['#7d5a00', '#f2cf5b'],
  'id-3': ['#00695c', '#1c9482'],
  'id-4': ['#f0a3cf', '#f3b6da'],
  'id-4-edge': ['#a0407f', '#f3b6da'],
  'id-5': ['#5b3fa8', '#8b72dc'],
  'on-deep': ['#ffffff', '#0b0f14'],
  'on-pale': ['#171a1f', '#0b0f14'],
} as const;

export type Colour = keyof typeof PALETTE;

const LANES = ['lane-1', 'lane-2', 'lane-3', 'lane-4', 'lane-5'] as const;
export const laneColour = (index: number): Colour => LANES[index % LANES.length]!;

export const FONT = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

/** The classes of an element. Null: no fill, or no stroke. */
export const paint = (fill: Colour | null, stroke: Colour | null = null) =>
  `fill-${fill ?? 'none'} stroke-${stroke ?? 'none'}`;

const names = Object.keys(PALETTE) as readonly Colour[];

/** A rule for each class. */
const rules = (colourOf: (name: Colour) => string) =>
  names
    .map((name) => `.fill-${name}{fill:${colourOf(name)}}.stroke-${name}{stroke:${colourOf(name)}}`)
    .join('\n');

const NONE = '.fill-none{fill:none}.stroke-none{stroke:none}';

/** For a standalone SVG: light or dark, as the reader's system prefers. */
export const pictureStyles = () =>
  [
    NONE,
    rules((name) => PALETTE[name][0]),
    `@media (prefers-color-scheme:dark){${rules((name) => PALETTE[name][1])}}`,
  ].join('\n');
