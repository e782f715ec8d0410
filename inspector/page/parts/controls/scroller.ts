/** What scrolls is reached by keyboard as well, and says what it is. Spread into an element. */
export const scroller = (label: string) =>
  ({ tabIndex: 0, role: 'region', 'aria-label': label, 'data-scroller': true }) as const;
