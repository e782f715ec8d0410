/** The content of the network picture at one position of a story: a pure function of the story. */
import type { Story } from '../../../story/story.ts';
import { type Holdings, holdingsAt } from './holdings.ts';
import { actorAt, type Move, moveAt } from './moves.ts';
import { type Pipe, pipesAt } from './pipes.ts';
import { sceneOf } from './scene.ts';
import { snapshotsAt } from './snapshots.ts';
import { type VerdictMark, verdictMarkAt } from './verdict-mark.ts';

export type PictureState = {
  readonly position: number; // 0 is the initial state
  readonly actor: string | null; // the party that acts in this step
  readonly holds: Holdings;
  readonly pipes: readonly Pipe[]; // open connections
  readonly move: Move | null;
  readonly mark: VerdictMark | null;
};

/** @throws RangeError where the story has no such position. */
export function pictureAt(story: Story, position: number): PictureState {
  const scene = sceneOf(story);
  const snapshots = snapshotsAt(story, position);
  const move = moveAt(story, position, scene.users);
  return {
    position,
    actor: actorAt(story, position),
    holds: holdingsAt(story, position, scene.users, snapshots),
    pipes: pipesAt(story, position, scene, snapshots),
    move,
    mark: verdictMarkAt(story, position, move),
  };
}
