/** The cause of a violation in one sentence, and beneath it the guards that allowed the run. */
import { useMemo } from 'preact/hooks';
import type { FiledCause } from '../../../../properties/causes/field-lines.ts';
import type { Story } from '../../../story/story.ts';
import { whyOf } from '../../../story/why.ts';
import { Icon } from '../controls/icon.tsx';

type WhyProps = {
  readonly story: Story;
  readonly cause: FiledCause | null; // null: the document names none
  readonly onPosition: (position: number) => void;
};

export function Why({ story, cause, onPosition }: WhyProps) {
  const { sentence, guards } = useMemo(() => whyOf(story), [story]);
  return (
    <section class="why" aria-label="Why">
      <h3>Why this was possible</h3>
      {cause === null ? null : <Cause cause={cause} onPosition={onPosition} />}
      <details open={cause === null}>
        <summary>Guards</summary>
        <p>{sentence}</p>
        <ul class="guards">
          {guards.map(({ component, name, held, step }, i) => (
            <li key={`${i} ${name}`} class={held ? 'held' : 'failed'}>
              <Icon name={held ? 'holds' : 'violated'} />
              <span>
                <code>{name}</code> {held ? 'was true' : 'was false'} at <code>{component}</code>
              </span>
              <StepLink step={step} onPosition={onPosition} />
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

type CauseProps = { readonly cause: FiledCause; readonly onPosition: WhyProps['onPosition'] };

function Cause({ cause: { step, sentence, allowedBy }, onPosition }: CauseProps) {
  return (
    <>
      <p class="cause">
        {sentence} <StepLink step={step} onPosition={onPosition} />
      </p>
      {allowedBy === null ? null : (
        <p class="allowed-by">
          Allowed by{' '}
          <code>
            {allowedBy.path}: {allowedBy.value}
          </code>
          {allowedBy.line === null ? '' : `, line ${allowedBy.line} of the file`}
        </p>
      )}
    </>
  );
}

type StepLinkProps = { readonly step: number; readonly onPosition: WhyProps['onPosition'] };

const StepLink = ({ step, onPosition }: StepLinkProps) => (
  <button type="button" class="link" onClick={() => onPosition(step)}>
    {step === 0 ? 'initial state' : `step ${step}`}
  </button>
);
