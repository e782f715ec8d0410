/**
 * A trace as a Mermaid sequence diagram: an arrow a message that arrives, and notes.
 *
 * Parties have numbers for identifiers, so that no name is ever parsed: only displayed.
 */
import type { Trace } from '../../checker/system.ts';
import { castOf } from './cast.ts';
import { isReply, linesOf } from './lines.ts';

/** Ends in a newline. The title is escaped as every other text is. */
export function toMermaid(trace: Trace, title?: string): string {
  const cast = castOf(trace);
  const lines = trace.flatMap((step) => linesOf(step, cast));
  const ids = new Map<string, string>();
  for (const party of lines.flatMap(({ parties }) => parties)) {
    if (!ids.has(party)) ids.set(party, `P${ids.size + 1}`);
  }
  const declared = [...ids].map(([party, id]) => {
    const kind = cast.isHost(party) ? 'participant' : 'actor';
    return `${kind} ${id} as ${escaped(party)}`;
  });
  const drawn = lines.map(({ parties, message, text }) => {
    const [first, second] = parties.map((party) => ids.get(party));
    const over = second === undefined ? first : `${first},${second}`;
    const arrow = message !== null && isReply(message) ? '-->>' : '->>';
    const place = message === null ? `Note over ${over}` : `${first}${arrow}${second}`;
    return `${place}: ${escaped(text)}`;
  });
  const titled = title === undefined ? [] : [`title ${escaped(title)}`];
  const body = [...titled, ...declared, ...drawn].map((line) => `  ${line}\n`);
  return `sequenceDiagram\n${body.join('')}`;
}

const ENTITIES = /[#;:%<>"]/g;

/** What Mermaid would take for syntax, as its numeric entities; `end` closes blocks there. */
const escaped = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(ENTITIES, (character) => `#${character.charCodeAt(0)};`)
    .replace(/\b(e)(?=nd\b)/gi, (letter) => `#${letter.charCodeAt(0)};`);
