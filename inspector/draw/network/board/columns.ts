/** A run as a column of a board: its heading, and a frame for each moment of its double hop. */
import type { Story } from '../../../story/story.ts';
import { itemText } from '../state/items.ts';
import { type PictureState, pictureAt } from '../state/picture-state.ts';
import { type Scene, sceneOf } from '../state/scene.ts';
import { captionOf } from './captions.ts';
import { type Moment, momentsOf } from './moments.ts';

export type Frame = {
  readonly scene: Scene;
  readonly state: PictureState;
  readonly moment: Moment;
  readonly caption: string;
};

export type Column = {
  readonly name: string; // how the first host signs users in: "NTLM"
  readonly heading: string;
  readonly frames: readonly Frame[];
};

/** @throws RangeError for a run that has no double hop. */
export function columnOf(story: Story): Column {
  const scene = sceneOf(story);
  const frames = momentsOf(story).map((moment): Frame => {
    const state = pictureAt(story, moment.position);
    return { scene, state, moment, caption: captionOf(moment, state) };
  });
  const host = frames[0]?.moment.connection.to;
  const name = scene.places.find(({ party }) => party === host)?.kind ?? '';
  const { claim, verdict } = story.checked ?? { claim: story.title, verdict: 'not checked' };
  return { name, frames, heading: `${name}: ${claim}, ${verdict} in ${story.steps.length} steps` };
}

/** The same as text, for readers who cannot see the picture. */
export const columnText = ({ heading, frames }: Column): string =>
  [`${heading}.`, ...frames.map(frameText)].join(' ');

function frameText({ caption, state: { position, holds, mark } }: Frame): string {
  const held = Object.entries(holds).flatMap(([party, items]) =>
    items.length === 0 ? [] : [`${party} has ${items.map(itemText).join(' and ')}`],
  );
  const marked =
    mark === null ? '' : ` ${mark.kind === 'violated' ? 'Violated: ' : ''}${mark.text}.`;
  return `Step ${position}: ${caption}${marked} Now ${held.join(', ')}.`;
}
