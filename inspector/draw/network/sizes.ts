/** Sizes of the network picture, in pixels. */

export const TEXT = { name: 12.5, kind: 11, label: 11, callout: 12 } as const; // sizes of fonts
export const BADGE = 8.5; // radius, beside a name or at the end of a pipe
export const BOX = { width: 80, height: 84, padding: 7, pocket: 32 } as const;
export const PIPE = { thickness: 16, least: 68 } as const; // least: between two boxes
export const RING = 4; // around the box that acts
export const CALLOUT = { height: 21, padding: 8, gap: 8 } as const;

/** To a tenth of a pixel, so that files have short numbers. */
export const px = (length: number): number => Math.round(length * 10) / 10;
