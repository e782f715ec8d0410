/** The state of every component at a position of a story, and the parts that the picture needs. */
import type { Challenge, Credential } from '../../../../machines/vocabulary/terms.ts';
import type { State, Story } from '../../../story/story.ts';

export type Snapshots = ReadonlyMap<string, State>; // by component

/** @throws RangeError where the story has no such position. */
export function snapshotsAt({ initial, steps }: Story, position: number): Snapshots {
  if (!Number.isInteger(position) || position < 0 || position > steps.length)
    throw new RangeError(`the story has positions 0 to ${steps.length}, and not ${position}`);
  const snapshots = new Map(Object.entries(initial));
  for (const { reactions } of steps.slice(0, position))
    for (const { component, after } of reactions) snapshots.set(component, after);
  return snapshots;
}

/** Servers and pages have these fields. Other machines have none of them. */
type Context = {
  readonly challenge?: Challenge | null; // outstanding
  readonly identity?: Credential | null;
};

export const contextOf = (component: string, snapshots: Snapshots): Context =>
  (snapshots.get(component)?.context as Context | null | undefined) ?? {};

export const isIn = (component: string, node: string, snapshots: Snapshots): boolean =>
  snapshots.get(component)?.active.includes(node) ?? false;
