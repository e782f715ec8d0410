/** The state of each claim after the steps so far. */
import type { ClaimSoFar } from '../../../story/exploring/claims-so-far.ts';
import { Icon, type IconName } from '../controls/icon.tsx';

type ClaimsSoFarProps = {
  readonly claims: readonly ClaimSoFar[];
  readonly onPosition: (position: number) => void;
};

const ICONS: Readonly<Record<ClaimSoFar['state'], IconName>> = {
  'holds so far': 'holds',
  violated: 'violated',
  witnessed: 'witnessed',
  'not yet': 'unwitnessed',
};

const ORDER: readonly ClaimSoFar['state'][] = ['violated', 'witnessed', 'holds so far', 'not yet'];

export const ClaimsSoFar = ({ claims, onPosition }: ClaimsSoFarProps) => (
  <section class="so-far" aria-label="Claims so far">
    <dl>
      {ORDER.map((state) => (
        <Group
          key={state}
          state={state}
          claims={claims.filter((claim) => claim.state === state)}
          onPosition={onPosition}
        />
      ))}
    </dl>
  </section>
);

type GroupProps = ClaimsSoFarProps & { readonly state: ClaimSoFar['state'] };

const Group = ({ state, claims, onPosition }: GroupProps) =>
  claims.length === 0 ? null : (
    <div class={state.replaceAll(' ', '-')}>
      <dt>
        <Icon name={ICONS[state]} />
        {state}
      </dt>
      {claims.map(({ id, name, since }) => (
        <dd key={id} title={name}>
          <code>{id}</code>
          {since === null ? null : (
            <button type="button" class="link" onClick={() => onPosition(since)}>
              since step {since}
            </button>
          )}
        </dd>
      ))}
    </div>
  );
