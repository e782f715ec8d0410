/** The possible steps of a state, each as a button. */
import type { Exploration } from '../../../story/exploring/explore.ts';
import { Icon } from '../controls/icon.tsx';

type OffersProps = {
  readonly exploration: Exploration;
  readonly isBack: boolean; // later steps exist, and a step taken here replaces them
  readonly onTake: (offer: number) => void;
};

export const Offers = ({ exploration: { enabled, refused }, isBack, onTake }: OffersProps) => (
  <section class="offers" aria-label="Possible steps">
    <h3>
      {enabled.length === 0 ? 'No step is possible here' : 'Possible steps'}
      {isBack ? <small class="muted"> (they replace the later steps below)</small> : null}
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
          {refused.length} more {refused.length === 1 ? 'waits' : 'wait'} for another component
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
