/** How much larger the page's text is than usual: drawings, whose text has a size, grow with it. */
const USUAL_PX = 14;

export const textScale = (): number =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / USUAL_PX;
