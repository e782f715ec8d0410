/** The verdict of a story in one sentence, then the claim and the size of the search. */

import type { ComponentChildren } from 'preact';
import type { Story } from '../../../story/story.ts';
import type { ClaimRow } from '../../run/table-rows.ts';
import { grouped, timeText } from '../../words.ts';
import { Icon } from '../controls/icon.tsx';

type BannerProps = {
  readonly story: Story;
  /** A claim that holds, where the story is only its witness. */
  readonly holding?: ClaimRow | null;
  readonly isSmall?: boolean; // beside another
  readonly children?: ComponentChildren; // what can be done
};

export function Banner({ story, holding = null, isSmall = false, children }: BannerProps) {
  const { checked, deployment } = story;
  const verdict = holding?.verdict.verdict ?? checked?.verdict ?? null;
  const Title = isSmall ? 'h3' : 'h1';
  return (
    <header class={`banner ${verdict ?? 'plain'}`}>
      <div class="banner-words">
        <Title>
          {verdict === null ? null : <Icon name={verdict} />}
          <span>{holding?.sentence ?? story.sentence}</span>
        </Title>
        {holding === null ? null : (
          <p>
            All {grouped(holding.verdict.states)} states were searched. The run below is a witness
            that the claim does not hold vacuously: {checked?.name}.
          </p>
        )}
        <p class="where">
          {deployment === '' ? null : <b>{deployment}</b>} {story.summary.replaceAll('->', '→')}
        </p>
        {isSmall || checked === null ? null : <Evidence story={story} holding={holding} />}
      </div>
      {children === undefined ? null : <div class="banner-actions">{children}</div>}
    </header>
  );
}

type EvidenceProps = { readonly story: Story; readonly holding: ClaimRow | null };

function Evidence({ story, holding }: EvidenceProps) {
  const { checked, bounds, deployment, summary } = story;
  if (checked === null) return null;
  const { id, name, kind } = holding?.verdict ?? { ...checked, id: checked.claim };
  const { states, transitions, depth, milliseconds } = holding?.verdict ?? checked;
  return (
    <details class="evidence">
      <summary>The claim and the search</summary>
      <dl>
        <dt>Deployment</dt>
        <dd>
          {deployment}: {summary.replaceAll('->', '→')}
        </dd>
        <dt>Claim</dt>
        <dd>
          <code>{id}</code>: {name} ({kind})
        </dd>
        <dt>Given</dt>
        <dd>{holding?.given ?? checked.given}</dd>
        <dt>Source</dt>
        <dd>{holding?.source ?? checked.source}</dd>
        <dt>Searched</dt>
        <dd>
          {grouped(states)} states, {grouped(transitions)} transitions, {depth} steps deep, in{' '}
          {timeText(milliseconds)}. {holding?.bounds ?? bounds}
        </dd>
      </dl>
    </details>
  );
}
