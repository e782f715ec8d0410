/** Every component's chart, small. Components that react in the step have a mark and words. */

import { Statechart } from '../../../draw/chart/statechart.tsx';
import type { Story, StoryComponent } from '../../../story/story.ts';
import type { Pin } from '../../place/address.ts';
import { type Selection, stateText } from '../../run/selection.ts';
import { scroller } from '../controls/attributes.ts';
import { useLayout } from './chart-pane.tsx';

type ChartGridProps = {
  readonly story: Story;
  readonly selection: Selection;
  readonly onPin: (pin: Pin) => void;
};

export function ChartGrid({ story, selection, onPin }: ChartGridProps) {
  return (
    <div class="chart-grid" {...scroller('All components')}>
      <ul>
        {story.components.map((component) => (
          <li key={component.name}>
            <Small story={story} component={component} selection={selection} onPin={onPin} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type SmallProps = ChartGridProps & { readonly component: StoryComponent };

function Small({ story, component: { name, machine }, selection, onPin }: SmallProps) {
  const { position, history } = selection;
  const chart = story.charts.find((candidate) => candidate.machine === machine);
  const layout = useLayout(chart);
  const state = history.stateAt(name, position);
  const reaction = story.steps[position - 1]?.reactions.findLast(
    ({ component }) => component === name,
  );
  return (
    <button
      type="button"
      class={`small-chart${reaction === undefined ? '' : ' acted'}`}
      onClick={() => onPin(name)}
    >
      <span class="small-title">
        <code>{name}</code>
        <span class="muted">
          {stateText(state)}
          {reaction === undefined ? '' : ', received an event'}
        </span>
      </span>
      {chart === undefined || layout === null || layout === undefined ? null : (
        <Statechart
          chart={chart}
          layout={layout}
          active={state.active}
          taken={reaction?.taken ?? null}
          guards={reaction?.guards ?? []}
          title={name}
        />
      )}
    </button>
  );
}
