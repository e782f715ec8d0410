/** The one message that the network picture shows of a step, and who acts in it. */
import { type Connection, connectionIn } from '../../../../story/component-names.ts';
import { isReply, type Message, type StoryEvent } from '../../../../story/story-events.ts';
import type { Reaction, Story } from '../../../story/story.ts';
import { type Item, itemsIn } from './items.ts';
import { senderOn, signalsIn } from './pipes.ts';

export type Move = {
  readonly connection: Connection;
  readonly toServer: boolean;
  readonly hasArrived: boolean; // false: it was put on the wire in this step
  readonly carries: readonly Item[];
};

type Moved = Pick<Move, 'connection' | 'hasArrived'> & { readonly message: Message };

/**
 * A step delivers a message and sends the next one. Where a party decides in the step, the
 * delivered message is shown, otherwise the sent one. Null: the step has no message.
 */
export function moveAt(story: Story, position: number, users: readonly string[]): Move | null {
  const step = story.steps[position - 1];
  if (step === undefined) return null;
  const [arrived, put] = [arrivalIn(step.reactions), departureIn(step.reactions)];
  const decides =
    position === story.decisive ||
    step.credentials.some(({ did }) => did === 'refused') ||
    signalsIn([step]).some(({ type }) => type === 'commit' || type === 'rejected');
  const moved = decides ? (arrived ?? put) : (put ?? arrived);
  if (moved === null) return null;
  const { connection, hasArrived, message } = moved;
  const sender = senderOn(connection, users, story.steps.slice(0, position));
  return {
    connection,
    hasArrived,
    toServer: !isReply(message),
    carries: itemsIn(message, sender),
  };
}

/** The receiver reacts right after the wire. */
function arrivalIn([wire, receiver]: readonly Reaction[]): Moved | null {
  if (wire?.event.type !== 'wire.deliver' || receiver === undefined) return null;
  const connection = connectionIn(wire.component);
  if (connection === null) return null;
  return { connection, hasArrived: true, message: receiver.event as Message }; // no other there
}

function departureIn(reactions: readonly Reaction[]): Moved | null {
  const sends = reactions.flatMap(({ component, event }): readonly Moved[] => {
    const sent = event as StoryEvent; // the only ones there are
    const connection = connectionIn(component);
    return sent.type !== 'wire.send' || connection === null
      ? []
      : [{ connection, hasArrived: false, message: sent.message }];
  });
  return sends.at(-1) ?? null;
}

/** The party that acts in this step. Null: none, as when a connection closes. */
export function actorAt({ steps, components }: Story, position: number): string | null {
  const parties = new Map(components.map(({ name, party }) => [name, party]));
  const acting = steps[position - 1]?.reactions.map(({ component }) => parties.get(component));
  return acting?.find((party) => party !== undefined && party !== '') ?? null;
}
