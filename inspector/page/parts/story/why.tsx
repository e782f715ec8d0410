/** The guards that allowed a violation, each with a link to its step. */
import { useMemo } from 'preact/hooks';
import type { Story } from '../../../story/story.ts';
import { whyOf } from '../../../story/why.ts';
import { Icon } from '../controls/icon.tsx';

type WhyProps = { readonly story: Story; readonly onPosition: (position: number) => void };

export function Why({ story, onPosition }: WhyProps) {
  const { sentence, guards } = useMemo(() => whyOf(story), [story]);
  return (
    <section class="why" aria-label="Why">
      <h3>Why this was possible</h3>
      <p>{sentence}</p>
      <ul class="guards">
        {guards.map(({ component, name, held, step }, i) => (
          <li key={`${i} ${name}`} class={held ? 'held' : 'failed'}>
            <Icon name={held ? 'holds' : 'violated'} />
            <span>
              <code>{name}</code> {held ? 'was true' : 'was false'} at <code>{component}</code>
            </span>
            <button type="button" class="link" onClick={() => onPosition(step)}>
              step {step}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
