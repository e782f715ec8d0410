/** What can be done in a state: a button for each step that can be taken from it. */
import type { Exploration } from '../../../story/exploring/explore.ts';
import { Icon } from '../controls/icon.tsx';

type OffersProps = {
  readonly exploration: Exploration;
  readonly isBack: boolean; // steps were taken after this one; another one takes their place
  readonly onTake: (offer: number) => void;
};

export const Offers = ({ exploration: { enabled, refused }, isBack, onTake }: OffersProps) => (
  <section class="offers" aria-label="What can happen next">
    <h3>
      {enabled.length === 0 ? 'Nothing can happen here' : 'What can happen next'}
      {isBack ? <small class="muted"> in place of what follows below</small> : null}
    </h3>
    <ul>
      {enabled.map(({ index, label, component }) => (
        <li key={index}>
          <button type="button" onClick={() => onTake(index)} title={component}>
            <Icon name="next" />
            <span>{label}</span>
          </button>
        </li>
      ))}
    </ul>
    {refused.length === 0 ? null : (
      <details>
        <summary>
          {refused.length} more {refused.length === 1 ? 'has' : 'have'} to wait
        </summary>
        <ul class="refused">
          {refused.map(({ index, component, event, label }) => (
            <li key={index}>
              <code>{component}</code> {event.type}: {label}
            </li>
          ))}
        </ul>
      </details>
    )}
  </section>
);
