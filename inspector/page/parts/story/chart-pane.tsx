/** The statechart of the component that acted last, of a pinned one, or of all components. */
import { useEffect, useState } from 'preact/hooks';
import { ChartTree } from '../../../draw/chart/chart-tree.tsx';
import { descriptionsIn } from '../../../draw/chart/chart-words.ts';
import type { Box, ChartLayout } from '../../../draw/chart/layout.ts';
import { layoutLater } from '../../../draw/chart/layout-later.ts';
import { layoutFor } from '../../../draw/chart/layouts.ts';
import { Statechart } from '../../../draw/chart/statechart.tsx';
import type { Chart, Reaction, State, Story } from '../../../story/story.ts';
import { ALL, type Pin } from '../../place/address.ts';
import { type Selection, stateText } from '../../run/selection.ts';
import { scroller } from '../controls/attributes.ts';
import { Zoomable } from '../controls/zoomable.tsx';
import { ChartGrid } from './chart-grid.tsx';

type ChartPaneProps = {
  readonly story: Story;
  readonly selection: Selection;
  readonly pin: Pin;
  readonly onPin: (pin: Pin) => void;
};

export function ChartPane({ story, selection, pin, onPin }: ChartPaneProps) {
  const { component, reaction, position, after, isAll } = selection;
  const shown = story.steps[position - 1]?.reactions[reaction ?? -1];
  return (
    <section class="pane chart-pane" data-pane="chart" aria-label="Statechart">
      <header class="pane-head">
        <h2 class="visually-hidden">Statechart</h2>
        <PinChoice story={story} pin={pin} onPin={onPin} />
        {isAll ? null : (
          <p class="now" title={`${component} in ${stateText(after)}`}>
            <b>{stateText(after)}</b>
            {pin === null || pin === ALL ? <code> {component}</code> : null}
          </p>
        )}
      </header>
      {isAll ? (
        <ChartGrid story={story} selection={selection} onPin={onPin} />
      ) : (
        <>
          <Descriptions chart={chartIn(story, component)} active={after.active} />
          <OneChart story={story} component={component} state={after} reaction={shown ?? null} />
        </>
      )}
    </section>
  );
}

type DescriptionsProps = {
  readonly chart: Chart | undefined;
  readonly active: readonly string[];
};

/** Of the machine, and of its active states. */
function Descriptions({ chart, active }: DescriptionsProps) {
  const described = chart === undefined ? [] : descriptionsIn(chart, active);
  if (described.length === 0) return null;
  return (
    <dl class="descriptions">
      {described.map(({ state, description }) => (
        <div key={state ?? ''}>
          <dt>{state ?? chart!.machine}</dt>
          <dd>{description}</dd>
        </div>
      ))}
    </dl>
  );
}

const chartIn = ({ components, charts }: Story, component: string): Chart | undefined => {
  const machine = components.find(({ name }) => name === component)?.machine;
  return charts.find((candidate) => candidate.machine === machine);
};

type PinChoiceProps = Pick<ChartPaneProps, 'story' | 'pin' | 'onPin'>;

function PinChoice({ story, pin, onPin }: PinChoiceProps) {
  return (
    <label class="pin">
      <span class="visually-hidden">Chart of</span>
      <select
        value={pin ?? ''}
        onChange={({ currentTarget: { value } }) => onPin(value === '' ? null : value)}
      >
        <option value="">Acting component</option>
        <option value={ALL}>All components</option>
        {story.components.map(({ name, role }, i) => (
          <option key={name} value={name}>
            {i < 9 ? `${i + 1}  ` : ''}
            {name}
            {name.endsWith(role) ? '' : ` (${role})`}
          </option>
        ))}
      </select>
    </label>
  );
}

type OneChartProps = {
  readonly story: Story;
  readonly component: string;
  readonly state: State;
  readonly reaction: Reaction | null;
};

export function OneChart({ story, component, state, reaction }: OneChartProps) {
  const chart = chartIn(story, component);
  const layout = useLayout(chart);
  if (chart === undefined) return <p class="muted padded">There is no chart of {component}.</p>;
  if (layout === undefined) return <p class="muted padded">The chart is being laid out…</p>;
  const props = {
    chart,
    active: state.active,
    taken: reaction?.taken ?? null,
    guards: reaction?.guards ?? [],
    title: `${component}, in ${stateText(state)}`,
  };
  if (layout === null) {
    return (
      <div class="tree" {...scroller(`Tree of ${component}`)}>
        <ChartTree {...props} />
      </div>
    );
  }
  return (
    <Zoomable
      name={`Statechart of ${component}`}
      width={layout.width}
      height={layout.height}
      focus={focusOf(layout, state, props.taken)}
    >
      <Statechart {...props} layout={layout} />
    </Zoomable>
  );
}

/** The area around the innermost active states and the labels of the taken transitions. */
function focusOf(layout: ChartLayout, { active }: State, taken: Reaction['taken']): Box | null {
  const innermost = active.filter((id) => !active.some((other) => other.startsWith(`${id}.`)));
  const states = innermost.flatMap((id) => layout.nodes[id] ?? []);
  const labels = layout.edges.flatMap((edge) =>
    edge.labels.filter(({ transition }) => taken?.includes(transition)).map(({ box }) => box),
  );
  const boxes = [...states, ...labels];
  if (boxes.length === 0) return null;
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  return {
    x,
    y,
    width: Math.max(...boxes.map((box) => box.x + box.width)) - x,
    height: Math.max(...boxes.map((box) => box.y + box.height)) - y,
  };
}

const later = new WeakMap<Chart, ChartLayout | null>();

/** Undefined: not yet known. Null: the chart has no layout and is shown as text. */
export function useLayout(chart: Chart | undefined): ChartLayout | null | undefined {
  const [, redraw] = useState(0);
  const shipped = chart === undefined ? null : layoutFor(chart);
  useEffect(() => {
    if (chart === undefined || shipped !== null || later.has(chart)) return;
    let isWanted = true;
    layoutLater(chart).then((layout) => {
      later.set(chart, layout);
      if (isWanted) redraw((n) => n + 1);
    });
    return () => {
      isWanted = false;
    };
  }, [chart]);
  return shipped ?? (chart === undefined ? null : later.get(chart));
}
