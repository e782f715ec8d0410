/** The open connections at a position of a story, and the user authenticated on each. */
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import type { Connection } from '../../../../story/component-names.ts';
import { isReply, type StoryEvent } from '../../../../story/story-events.ts';
import type { Story, StoryStep } from '../../../story/story.ts';
import type { Scene } from './scene.ts';
import { contextOf, isIn, type Snapshots } from './snapshots.ts';

export type Pipe = {
  readonly connection: Connection;
  readonly sender: string | null; // the user for whom its client end writes. Null: not known
  /** `challenged`: the server waits for a response. `taken`: the server has accepted a user. */
  readonly stage: 'open' | 'challenged' | 'taken';
  readonly takenFor: string | null; // null: an anonymous user, or not taken
};

export function pipesAt(
  story: Story,
  position: number,
  { connections, users }: Scene,
  snapshots: Snapshots,
): readonly Pipe[] {
  const steps = story.steps.slice(0, position);
  return connections.flatMap((connection): readonly Pipe[] => {
    const { name } = connection;
    if (!isIn(`${name}/wire`, 'wire.up', snapshots)) return [];
    const sender = senderOn(connection, users, steps);
    const taken = takenIn(steps, name, snapshots);
    if (taken !== null) return [{ connection, sender, stage: 'taken', takenFor: taken.user }];
    const isChallenged = Boolean(contextOf(`${name}/server`, snapshots).challenge);
    return [{ connection, sender, stage: isChallenged ? 'challenged' : 'open', takenFor: null }];
  });
}

/** A user writes on their own connections. A host writes for the user of its last request. */
export function senderOn(
  { name, from }: Connection,
  users: readonly string[],
  steps: readonly StoryStep[],
): string | null {
  if (users.includes(from)) return from;
  const asked = signalsIn(steps).findLast(
    (signal) => signal.type === 'asked' && signal.connection === name,
  );
  return asked?.type === 'asked' ? asked.user : null;
}

export const signalsIn = (steps: readonly StoryStep[]): readonly Signal[] =>
  steps.flatMap(({ signals }) => signals.map(({ event }) => event as Signal)); // the only ones

/** The user who is authenticated on the connection now. Null: none. */
function takenIn(steps: readonly StoryStep[], connection: string, snapshots: Snapshots) {
  const isOf = (signal: Signal) => 'connection' in signal && signal.connection === connection;
  const accepted = steps.findLastIndex((step) =>
    signalsIn([step]).some((signal) => signal.type === 'commit' && isOf(signal)),
  );
  const commit = signalsIn(steps.slice(accepted, accepted + 1)).find(
    (signal) => signal.type === 'commit' && isOf(signal),
  );
  if (commit?.type !== 'commit') return null;
  const ends = (signal: Signal) => ['closed', 'issued', 'rejected'].includes(signal.type);
  if (signalsIn(steps.slice(accepted + 1)).some((signal) => ends(signal) && isOf(signal)))
    return null;
  const { identity } = contextOf(`${connection}/server`, snapshots);
  const isOver =
    commit.challenge === null
      ? steps.slice(accepted, -1).some((step) => answers(step, connection)) // Basic: one request
      : commit.user !== null && !identity;
  return isOver ? null : { user: commit.user };
}

const answers = ({ reactions }: StoryStep, connection: string): boolean =>
  reactions.some(({ component, event }) => {
    const sent = event as StoryEvent; // the only ones there are
    return component === `${connection}/wire` && sent.type === 'wire.send' && isReply(sent.message);
  });
