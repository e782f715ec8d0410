/** A step as a sequence diagram draws it: an arrow a message that arrives, and notes. */
import type { Delivery, Step } from '../../checker/system.ts';
import { type Cast, connectionOf, MOST_GENERAL_CLIENT } from './cast.ts';
import type { Message, StoryEvent } from './events.ts';
import { messageText, noteText } from './labels.ts';

export type Line = {
  readonly parties: readonly [string] | readonly [string, string]; // one: a note over it
  readonly message: Message | null; // from the first party to the second; null: a note
  readonly text: string;
};

export const isReply = ({ type }: Message): boolean =>
  type === 'http.ok' || type === 'http.unauthorized' || type === 'CHALLENGE_MESSAGE';

/** In the order in which they are drawn. */
export function linesOf(step: Step, cast: Cast): readonly Line[] {
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
  const message = event as Message;
  const text = `${messageText(message)}${cast.on(connection)}`;
  const { from, to: host } = connection;
  return { parties: isRequest ? [from, host] : [host, from], message, text };
}

/** What passes between the most general client and a server: there is no wire between them. */
function utteranceOf({ from, to, event }: Delivery, cast: Cast): Line | null {
  const told = event as StoryEvent;
  if (told.type === 'wire.send') {
    const connection = connectionOf(from);
    const text = `${messageText(told.message)} on ${cast.owned(connection)}`;
    return { parties: [connection.to, MOST_GENERAL_CLIENT], message: told.message, text };
  }
  if (told.type !== 'says' && told.type !== 'negotiates') return null;
  const connection = connectionOf(told.to);
  const parties = [MOST_GENERAL_CLIENT, connection.to] as const;
  const message: StoryEvent =
    told.type === 'says' ? told.event : { type: 'NEGOTIATE_MESSAGE', path: told.path };
  const on = `on ${cast.owned(connection)}`;
  if (message.type === 'connection.opened' || message.type === 'connection.closed') {
    return { parties, message: null, text: `${message.type.replace('.', ' ')} ${on}` };
  }
  if (message.type === 'page.ready' || message.type === 'page.unauthorized') {
    return {
      parties: [connection.to],
      message: null,
      text: `${message.type.replace('.', ' ')} ${on}`,
    };
  }
  return to === from ? { parties, message, text: `${messageText(message)} ${on}` } : null;
}

function notesOf({ from, event }: Delivery): readonly Line[] {
  const note = noteText(event as StoryEvent, from);
  return note === null ? [] : [{ ...note, message: null }];
}
