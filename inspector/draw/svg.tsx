/** Pictures of a story as SVG files that need nothing else, light or dark as is preferred. */
import type { Reaction, State, Story } from '../story/story.ts';
import { ChartOutline } from './chart/chart-outline.tsx';
import { activeWords } from './chart/chart-words.ts';
import { layoutFor } from './chart/layouts.ts';
import { Statechart } from './chart/statechart.tsx';
import { pictureFile } from './picture-file.ts';
import type { ChartProps } from './props.ts';
import { Sequence } from './sequence/sequence.tsx';

/** The whole run, at its end. */
export const sequenceSvg = (story: Story): string =>
  pictureFile(<Sequence story={story} at={story.steps.length} />);

/**
 * The machine that acted at this position, with the state that it was in and is in now. Where its
 * chart has no layout, the SVG shows it as text.
 *
 * @throws RangeError where the story has no such position.
 */
export function statechartSvg(story: Story, at: number): string {
  const props = chartAt(story, at);
  const layout = layoutFor(props.chart);
  return pictureFile(
    layout === null ? <ChartOutline {...props} /> : <Statechart {...props} layout={layout} />,
  );
}

function chartAt(story: Story, at: number): ChartProps {
  if (!Number.isInteger(at) || at < 0 || at > story.steps.length)
    throw new RangeError(`the story has positions 0 to ${story.steps.length}, and not ${at}`);
  const lead = at === 0 ? null : leadOf(story, at);
  const component = lead?.component ?? firstShown(story);
  const machine = story.components.find(({ name }) => name === component)?.machine;
  const chart = story.charts.find((candidate) => candidate.machine === machine);
  if (chart === undefined) throw new RangeError(`the story has no chart of ${component}`);
  const before = stateBefore(story, at, component, lead);
  const after = lead?.after ?? before;
  const [from, to] = [before, after].map(({ active }) => activeWords(chart, active).join(' + '));
  return {
    chart,
    active: after.active,
    taken: lead?.taken ?? null,
    guards: lead?.guards ?? [],
    title: from === to ? `${component}, in ${to}` : `${component}, from ${from} to ${to}`,
  };
}

/** Who decided something in the step, rather than a wire or a monitor. */
function leadOf({ steps, components }: Story, at: number): Reaction | null {
  const { reactions } = steps[at - 1]!;
  const isShown = ({ component }: Reaction) => {
    const role = components.find(({ name }) => name === component)?.role;
    return role !== 'wire' && role !== 'monitor';
  };
  return reactions.find(isShown) ?? reactions[0] ?? null;
}

const firstShown = ({ components }: Story): string =>
  (components.find(({ role }) => role === 'browser') ?? components[0])?.name ?? 'no component';

/** Before the reaction, which is the first of its component's in the step. */
function stateBefore(story: Story, at: number, component: string, lead: Reaction | null): State {
  const earlier = story.steps.slice(0, lead === null ? at : at - 1);
  const last = earlier
    .flatMap(({ reactions }) => reactions)
    .findLast((reaction) => reaction.component === component);
  return last?.after ?? story.initial[component] ?? { active: [], context: null };
}
