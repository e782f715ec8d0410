/** A chart as nested lists, where there is no picture of it. */
import type { ChartNode, ChartTransition } from '../../story/story.ts';
import type { ChartProps } from '../props.ts';
import { guardValue, transitionWords } from './chart-words.ts';

export function ChartTree(props: ChartProps) {
  return (
    <div class="chart-tree">
      <p>{props.title}</p>
      <ul>
        <Branch {...props} node={props.chart.root} />
      </ul>
    </div>
  );
}

function Branch(props: ChartProps & { readonly node: ChartNode }) {
  const { chart, node, active } = props;
  const transitions = chart.transitions.filter(({ source }) => source === node.id);
  const isActive = active.includes(node.id);
  return (
    <li class={isActive ? 'active' : ''}>
      {isActive ? <strong>{node.key} (active)</strong> : node.key}
      {node.type === 'parallel' ? ' (all at once)' : ''}
      {node.type === 'final' ? ' (final)' : ''}
      {node.description === null ? null : <span class="muted">: {node.description}</span>}
      <ul>
        {node.entry.length > 0 ? <li>entry / {node.entry.join(', ')}</li> : null}
        {node.exit.length > 0 ? <li>exit / {node.exit.join(', ')}</li> : null}
        {transitions.map((transition) => (
          <Answer key={transition.id} {...props} transition={transition} />
        ))}
        {node.children.map((child) => (
          <Branch key={child.id} {...props} node={child} />
        ))}
      </ul>
    </li>
  );
}

function Answer(props: ChartProps & { readonly transition: ChartTransition }) {
  const { chart, taken, transition } = props;
  const value = guardValue(props, transition);
  const words = transitionWords(chart, transition);
  const isTaken = taken?.includes(transition.id) === true;
  return (
    <li class={isTaken ? 'taken' : ''}>
      on {isTaken ? <strong>{words} (taken)</strong> : words}
      {value === null ? '' : `, ${transition.guard} was ${value}`}
    </li>
  );
}
