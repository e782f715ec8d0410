/** Small drawings for buttons and verdicts, in the colour of the text around them. */

const PATHS = {
  holds: 'M3.5 8.5l3 3 6-7',
  violated: 'M4 4l8 8M12 4l-8 8',
  witnessed:
    'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM8 6a2 2 0 1 0 0 4 2 2 0 0 0 0-4z',
  unwitnessed: 'M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8zM3 13L13 3',
  surprise: 'M8 2L14.5 13.5h-13zM8 6.5v3.2M8 11.4v.2',
  first: 'M4 3v10M12.5 3.5L7 8l5.5 4.5z',
  previous: 'M10.5 3.5L5 8l5.5 4.5z',
  play: 'M5 3l8 5-8 5z',
  pause: 'M5.5 3.5v9M10.5 3.5v9',
  next: 'M5.5 3.5L11 8l-5.5 4.5z',
  last: 'M12 3v10M3.5 3.5L9 8l-5.5 4.5z',
  decisive: 'M4 14V2.5M4 3h8.5l-2 3 2 3H4',
  share: 'M8 10V2M5 4.5L8 1.8l3 2.7M4.5 7.5H3v6.5h10V7.5h-1.5',
  download: 'M8 2v8M5 7.5L8 10.2l3-2.7M3 13.5h10',
  link: 'M6.5 9.5l3-3M7.5 4.5l1-1a2.8 2.8 0 0 1 4 4l-1 1M8.5 11.5l-1 1a2.8 2.8 0 0 1-4-4l1-1',
  file: 'M9 1.8H4v12.4h8V4.8zM9 1.8v3h3',
  light:
    'M8 5a3 3 0 1 0 0 6 3 3 0 0 0 0-6zM8 1v1.5M8 13.5V15M1 8h1.5M13.5 8H15' +
    'M3 3l1 1M12 12l1 1M13 3l-1 1M4 12l-1 1',
  dark: 'M13.5 9.7A6 6 0 0 1 6.3 2.5a6 6 0 1 0 7.2 7.2z',
  help: 'M5.8 6.2a2.2 2.2 0 1 1 3.2 2c-.7.4-1 .8-1 1.6M8 12v.2',
  close: 'M4 4l8 8M12 4l-8 8',
  plus: 'M8 3v10M3 8h10',
  minus: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  focus: 'M8 5.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5zM8 1.5v2M8 12.5v2M1.5 8h2M12.5 8h2',
  external: 'M9.5 2.5h4v4M13.2 2.8L7.5 8.5M11.5 9.5v4h-9v-9h4',
  beside: 'M2 3h5v10H2zM9 3h5v10H9z',
  explore: 'M8 1.8a6.2 6.2 0 1 0 0 12.4A6.2 6.2 0 0 0 8 1.8zM10.8 5.2L9 9l-3.8 1.8L7 7z',
  back: 'M13 8H3.5M7 4L3 8l4 4',
  loop: 'M12.8 6A5.2 5.2 0 1 0 13 9.6M13.2 2.5V6H9.7',
  live: 'M8 6.5a1.5 1.5 0 1 0 0 3 1.5 1.5 0 0 0 0-3zM4.5 11.5a5 5 0 0 1 0-7M11.5 4.5a5 5 0 0 1 0 7',
} as const;

export type IconName = keyof typeof PATHS;

export const Icon = ({ name }: { readonly name: IconName }) => (
  <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
    <path d={PATHS[name]} />
  </svg>
);

/** A user at the left, two servers, and a hop from each to the next. */
export const Mark = () => (
  <svg class="mark" viewBox="0 0 28 16" aria-hidden="true" focusable="false">
    <path d="M4 11C4 3 13 3 13 11M15 11c0-8 9-8 9 0" />
    <circle cx="4" cy="12" r="2.4" />
    <circle cx="14" cy="12" r="2.4" />
    <circle cx="24" cy="12" r="2.4" />
  </svg>
);
