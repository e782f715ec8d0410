/** Lengths for styles: Preact writes a number as it is, and CSS wants its unit. */
export const px = (length: number) => `${length}px`;
