/** The story in numbered sentences: a button a step, the selected one marked and kept in sight. */
import { useEffect, useRef } from 'preact/hooks';
import type { Story } from '../../../story/story.ts';
import { isInLoop } from '../../run/looping.ts';
import { px } from '../controls/attributes.ts';
import { Icon } from '../controls/icon.tsx';
import { useWindowed } from '../controls/windowed.ts';

/** A label beside the sentence of a position. */
export type Mark = { readonly text: string; readonly tone: 'bad' | 'good' | 'plain' };

type StepLogProps = {
  readonly story: Story;
  readonly position: number;
  readonly marks: ReadonlyMap<number, Mark>;
  readonly label: string;
  readonly onPosition: (position: number) => void;
};

const ROW_PX = 56;

export function StepLog({ story, position, marks, label, onPosition }: StepLogProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const count = story.steps.length + 1;
  const { items, before, behind, measure, reveal } = useWindowed(scroller, count, ROW_PX);
  const latest = useRef(() => {});
  latest.current = () => reveal(position);
  useEffect(() => reveal(position), [position, story]);
  useEffect(() => {
    const shown = new ResizeObserver(() => latest.current()); // the pane was hidden, or small
    shown.observe(scroller.current!);
    return () => shown.disconnect();
  }, []);
  useEffect(() => {
    const current = scroller.current?.querySelector<HTMLElement>('[aria-current]');
    const isFocused = scroller.current?.contains(document.activeElement) === true;
    if (isFocused) current?.focus({ preventScroll: true });
  }, [position]);
  return (
    <div class="step-log" ref={scroller}>
      <ol style={{ paddingTop: px(before), paddingBottom: px(behind) }} aria-label={label}>
        {items.map(({ index }) => (
          <li
            key={index}
            data-index={index}
            class={bracketAt(story, index)}
            ref={measure}
            aria-setsize={count}
            aria-posinset={index + 1}
          >
            <button
              type="button"
              class={index > position ? 'later' : ''}
              aria-current={index === position ? 'step' : undefined}
              onClick={() => onPosition(index)}
            >
              <span class="number">{index}</span>
              <span class="sentence">
                {index === 0 ? 'No step was taken yet.' : story.steps[index - 1]!.sentence}
                <Marked mark={marks.get(index)} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}

/** The steps of the loop have a bracket. */
function bracketAt(story: Story, index: number): string | undefined {
  if (!isInLoop(story, index)) return;
  const isFirst = !isInLoop(story, index - 1);
  const isLast = index === story.steps.length;
  return `in-loop${isFirst ? ' first' : ''}${isLast ? ' last' : ''}`;
}

const ICONS = { bad: 'violated', good: 'decisive', plain: 'loop' } as const;

const Marked = ({ mark }: { readonly mark: Mark | undefined }) =>
  mark === undefined ? null : (
    <span class={`mark-text ${mark.tone}`}>
      <Icon name={ICONS[mark.tone]} />
      {mark.text}
    </span>
  );
