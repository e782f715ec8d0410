/** Attribute values that several parts of the page share. */

/** Lengths for styles: Preact writes a number as it is, and CSS wants its unit. */
export const px = (length: number) => `${length}px`;

/** Attributes that make a scrolling element focusable and give it a name. */
export const scroller = (label: string) =>
  ({ tabIndex: 0, role: 'region', 'aria-label': label, 'data-scroller': true }) as const;

const USUAL_PX = 14; // the page's text size without zoom

/** The page's text size, relative to the usual one: drawings are scaled with it. */
export const textScale = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX;
