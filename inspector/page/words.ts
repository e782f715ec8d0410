/** Numbers and quantities in words. */
const format = new Intl.NumberFormat('en-US'); // made once: that takes far longer than to use it

/** "1,234". */
export const grouped = (count: number): string => format.format(count);

/** "1 step", "1,234 steps". */
export const counted = (count: number, what: string): string =>
  `${grouped(count)} ${what}${count === 1 ? '' : 's'}`;

export const timeText = (milliseconds: number): string =>
  milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
