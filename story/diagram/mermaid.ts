/**
 * A trace as a Mermaid sequence diagram: an arrow for each message that arrives, and notes.
 *
 * Parties have numbers for identifiers, so that Mermaid displays names and never parses them.
 */
import type { Trace } from '../../checker/model/system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { endlessly } from '../endless.ts';
import { participantsOf } from '../participants.ts';
import { isReply } from '../story-events.ts';
import { visible } from '../visible.ts';
import { type Line, linesOf } from './arrows.ts';

/**
 * Ends in a newline. The title is escaped as every other text is.
 *
 * @param loop - number of steps before those that repeat for ever. Null: none do.
 * @param deployment - of the trace. Null: the adversary's parties are inferred from the trace.
 */
export function toMermaid(
  trace: Trace,
  title?: string,
  loop: number | null = null,
  deployment: Deployment | null = null,
): string {
  const participants = participantsOf(trace, deployment);
  const steps = trace.map((step) => linesOf(step, participants));
  const lines = steps.flat();
  const ids = new Map<string, string>();
  for (const party of lines.flatMap(({ parties }) => parties)) {
    if (!ids.has(party)) ids.set(party, `P${ids.size + 1}`);
  }
  const declared = [...ids].map(([party, id]) => {
    const kind = participants.isHost(party) ? 'participant' : 'actor';
    const whose = participants.owns(party) ? ` (${participants.adversary}'s)` : '';
    return `${kind} ${id} as ${escaped(`${party}${whose}`)}`;
  });
  const draw = ({ parties, message, text }: Line) => {
    const [first, second] = parties.map((party) => ids.get(party));
    const over = second === undefined ? first : `${first},${second}`;
    const arrow = message !== null && isReply(message) ? '-->>' : '->>';
    const place = message === null ? `Note over ${over}` : `${first}${arrow}${second}`;
    return `${place}: ${escaped(text)}`;
  };
  const [before, after] = [
    steps.slice(0, loop ?? undefined),
    loop === null ? [] : steps.slice(loop),
  ];
  const drawn = [
    ...before.flat().map(draw),
    ...(after.length > 0
      ? ['loop for ever', ...after.flat().map((line) => `  ${draw(line)}`), 'end']
      : []),
    ...(loop === steps.length ? noteOver([...ids.values()], endlessly(loop, steps.length)) : []),
  ];
  const titled = title === undefined ? [] : [`title ${escaped(title)}`];
  const body = [...titled, ...declared, ...drawn].map((line) => `  ${line}\n`);
  return `sequenceDiagram\n${body.join('')}`;
}

/** Over all parties. Empty where there is none. */
function noteOver(ids: readonly string[], text: string | null): readonly string[] {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first === undefined || text === null) return [];
  return [`Note over ${first === last ? first : `${first},${last}`}: ${escaped(text)}`];
}

/** Of Mermaid's own syntax, of HTML, and of formulas, which its texts may contain as `$$...$$`. */
const ENTITIES = /[#;:%<>"&$]/g;

/** Such characters as numeric entities; the word `end` would close a block. */
const escaped = (text: string): string =>
  visible(text.replace(/\s+/g, ' '))
    .replace(ENTITIES, (character) => `#${character.charCodeAt(0)};`)
    .replace(/\b(e)(?=nd\b)/gi, (letter) => `#${letter.charCodeAt(0)};`);
