/**
 * A trace as a Mermaid sequence diagram: an arrow a message that arrives, and notes.
 *
 * Parties have numbers for identifiers, so that no name is ever parsed: only displayed.
 */
import type { Delivery, Step, Trace } from '../../checker/system.ts';
import { Cast, connectionOf, MOST_GENERAL_CLIENT } from './cast.ts';
import type { Message, StoryEvent } from './events.ts';
import { messageText, noteText } from './labels.ts';

type Line = {
  readonly parties: readonly [string] | readonly [string, string]; // one: a note over it
  readonly arrow: '->>' | '-->>' | null; // null: a note
  readonly text: string;
};

/** Ends in a newline. The title is escaped as every other text is. */
export function toMermaid(trace: Trace, title?: string): string {
  const cast = new Cast(trace);
  const lines = trace.flatMap((step) => linesOf(step, cast));
  const ids = new Map<string, string>();
  for (const party of lines.flatMap(({ parties }) => parties)) {
    if (!ids.has(party)) ids.set(party, `P${ids.size + 1}`);
  }
  const declared = [...ids].map(([party, id]) => {
    const kind = cast.isHost(party) ? 'participant' : 'actor';
    return `${kind} ${id} as ${escaped(party)}`;
  });
  const drawn = lines.map(({ parties, arrow, text }) => {
    const [first, second] = parties.map((party) => ids.get(party));
    const over = second === undefined ? first : `${first},${second}`;
    const place = arrow === null ? `Note over ${over}` : `${first}${arrow}${second}`;
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

function linesOf(step: Step, cast: Cast): readonly Line[] {
  const { component, event, deliveries } = step;
  const offer: Delivery = { from: component, to: component, event };
  const arrived = event.type === 'wire.deliver' ? deliveries[0] : undefined;
  return [offer, ...deliveries].flatMap((delivery) => {
    if (delivery === arrived) return [arrowOf(delivery, cast)];
    const said = cast.general ? utteranceOf(delivery, cast) : null;
    return said === null ? notesOf(delivery) : [said];
  });
}

function arrowOf({ to, event }: Delivery, cast: Cast): Line {
  const connection = connectionOf(to);
  const isRequest = to.endsWith('/server');
  const text = `${messageText(event as Message)}${cast.on(connection)}`;
  const { from, to: host } = connection;
  return isRequest
    ? { parties: [from, host], arrow: '->>', text }
    : { parties: [host, from], arrow: '-->>', text };
}

/** What passes between the most general client and a server: there is no wire between them. */
function utteranceOf({ from, to, event }: Delivery, cast: Cast): Line | null {
  const told = event as StoryEvent;
  if (told.type === 'wire.send') {
    const connection = connectionOf(from);
    const text = `${messageText(told.message)} on ${cast.owned(connection)}`;
    return { parties: [connection.to, MOST_GENERAL_CLIENT], arrow: '-->>', text };
  }
  if (told.type !== 'says' && told.type !== 'negotiates') return null;
  const connection = connectionOf(told.to);
  const parties = [MOST_GENERAL_CLIENT, connection.to] as const;
  const message: StoryEvent =
    told.type === 'says' ? told.event : { type: 'NEGOTIATE_MESSAGE', path: told.path };
  const on = `on ${cast.owned(connection)}`;
  if (message.type === 'connection.opened' || message.type === 'connection.closed') {
    return { parties, arrow: null, text: `${message.type.replace('.', ' ')} ${on}` };
  }
  if (message.type === 'page.ready' || message.type === 'page.unauthorized') {
    return {
      parties: [connection.to],
      arrow: null,
      text: `${message.type.replace('.', ' ')} ${on}`,
    };
  }
  return to === from ? { parties, arrow: '->>', text: `${messageText(message)} ${on}` } : null;
}

function notesOf({ from, event }: Delivery): readonly Line[] {
  const note = noteText(event as StoryEvent, from);
  return note === null ? [] : [{ ...note, arrow: null }];
}
