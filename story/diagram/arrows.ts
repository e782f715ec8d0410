/** A step as a sequence diagram draws it: an arrow for each message that arrives, and notes. */
import type { Delivery, Step } from '../../checker/model/system.ts';
import type { ServerEvent } from '../../machines/vocabulary/messages.ts';
import { connectionBetween, connectionOf } from '../component-names.ts';
import { MOST_GENERAL_CLIENT, type Participants } from '../participants.ts';
import { isReply, type Message, type StoryEvent } from '../story-events.ts';
import { messageText, noteText } from './labels.ts';

type Connecting = { readonly type: 'connection.opened' | 'connection.closed' };

export type Line = {
  readonly parties: readonly [string] | readonly [string, string]; // one: a note over it
  readonly message: Message | null; // from the first party to the second; null: a note
  readonly text: string;
};

/** In the order in which they are drawn. */
export function linesOf(step: Step, participants: Participants): readonly Line[] {
  const { component, event, deliveries } = step;
  const offer: Delivery = { from: component, to: component, event };
  const arrived = event.type === 'wire.deliver' ? deliveries[0] : undefined;
  return [offer, ...deliveries].flatMap((delivery) => {
    if (delivery === arrived) return [arrowOf(delivery, participants)];
    const said = participants.general ? utteranceOf(delivery, participants) : null;
    return said === null ? notesOf(delivery, participants) : [said];
  });
}

function arrowOf(delivery: Delivery, participants: Participants): Line {
  const connection = connectionBetween(delivery);
  const message = delivery.event as Message;
  const text = `${messageText(message, connection)}${participants.on(connection)}`;
  const [from, host] = [
    participants.party(connection, 'client'),
    participants.party(connection, 'server'),
  ];
  return { parties: isReply(message) ? [host, from] : [from, host], message, text };
}

const isOfPage = (event: ServerEvent): event is Exclude<ServerEvent, Message | Connecting> =>
  event.type.startsWith('page.');

/** A message between the most general client and a server: there is no wire between them. */
function utteranceOf({ from, to, event }: Delivery, participants: Participants): Line | null {
  const story = event as StoryEvent;
  if (story.type === 'wire.send') {
    const connection = connectionOf(from);
    const text = `${messageText(story.message, connection)} on ${participants.owned(connection)}`;
    return { parties: [connection.to, MOST_GENERAL_CLIENT], message: story.message, text };
  }
  if (story.type !== 'client.says' && story.type !== 'client.negotiates') return null;
  const connection = connectionOf(story.to);
  const parties = [MOST_GENERAL_CLIENT, connection.to] as const;
  const message: ServerEvent =
    story.type === 'client.says' ? story.event : { type: 'NEGOTIATE_MESSAGE', path: story.path };
  const on = `on ${participants.owned(connection)}`;
  if (message.type === 'connection.opened' || message.type === 'connection.closed') {
    return { parties, message: null, text: `${message.type.replace('.', ' ')} ${on}` };
  }
  if (isOfPage(message)) {
    const text = `${message.type.replace('.', ' ')} ${on}`;
    return { parties: [connection.to], message: null, text };
  }
  if (to !== from) return null;
  return { parties, message, text: `${messageText(message, connection)} ${on}` };
}

function notesOf({ from, to, event }: Delivery, participants: Participants): readonly Line[] {
  const note = noteText(event as StoryEvent, { from, to }, participants);
  return note === null ? [] : [{ ...note, message: null }];
}
