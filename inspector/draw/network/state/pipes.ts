/** The connections that are open at a position of a story, and for whom each server takes them. */
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import type { Connection } from '../../../../story/component-names.ts';
import { isReply, type StoryEvent } from '../../../../story/story-events.ts';
import type { Story, StoryStep } from '../../../story/story.ts';
import type { Scene } from './scene.ts';
import { contextOf, isIn, type Snapshots } from './snapshots.ts';

export type Pipe = {
  readonly connection: Connection;
  readonly sender: string | null; // the user for whom its client end writes. Null: not known
  /** `challenged`: the server waits for a response. `taken`: the server has accepted somebody. */
  readonly stage: 'open' | 'challenged' | 'taken';
  readonly takenFor: string | null; // null: nobody
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

/** Users write on connections of their own. A host writes for the user who asked there last. */
export function senderOn(
  { name, from }: Connection,
  users: readonly string[],
  steps: readonly StoryStep[],
): string | null {
  if (users.includes(from)) return from;
  const asked = claimsIn(steps).findLast(
    (claim) => claim.type === 'asked' && claim.connection === name,
  );
  return asked?.type === 'asked' ? asked.user : null;
}

export const claimsIn = (steps: readonly StoryStep[]): readonly Signal[] =>
  steps.flatMap(({ signals }) => signals.map(({ event }) => event as Signal)); // the only ones

/** The user whom the server has accepted and still takes the connection for. Null: none yet. */
function takenIn(steps: readonly StoryStep[], connection: string, snapshots: Snapshots) {
  const isOf = (claim: Signal) => 'connection' in claim && claim.connection === connection;
  const accepted = steps.findLastIndex((step) =>
    claimsIn([step]).some((claim) => claim.type === 'commit' && isOf(claim)),
  );
  const commit = claimsIn(steps.slice(accepted, accepted + 1)).find(
    (claim) => claim.type === 'commit' && isOf(claim),
  );
  if (commit?.type !== 'commit') return null;
  const ends = (claim: Signal) => ['closed', 'issued', 'rejected'].includes(claim.type);
  if (claimsIn(steps.slice(accepted + 1)).some((claim) => ends(claim) && isOf(claim))) return null;
  const { identity } = contextOf(`${connection}/server`, snapshots);
  const isOver =
    commit.challenge === null
      ? steps.slice(accepted, -1).some((step) => answers(step, connection)) // Basic: one request
      : commit.user !== null && !identity;
  return isOver ? null : { user: commit.user };
}

const answers = ({ reactions }: StoryStep, connection: string): boolean =>
  reactions.some(({ component, event }) => {
    const told = event as StoryEvent; // the only ones there are
    return component === `${connection}/wire` && told.type === 'wire.send' && isReply(told.message);
  });
