/** A drawing as an SVG file that needs nothing else, light or dark as is preferred. */
import type { VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { pictureStyles } from './palette.ts';

/** What XML has no way to say. */
const NOT_XML = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Every picture begins with its title. HTML, for which Preact escapes, is laxer than XML. */
export const pictureFile = (node: VNode): string =>
  renderToString(node)
    .replace('</title>', () => `</title><style>${pictureStyles()}</style>`)
    .replaceAll(']]>', ']]&gt;')
    .replaceAll(NOT_XML, '\u{FFFD}');
