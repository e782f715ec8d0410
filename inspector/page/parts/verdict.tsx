/** A verdict as a word with a sign, so that its meaning does not depend on colour. */
import type { Verdict } from '../../../properties/claim.ts';
import { Icon } from './controls/icon.tsx';

type VerdictProps = {
  readonly verdict: Verdict;
  readonly expected: Verdict | null; // null: theory predicts none
  readonly isSurprise: boolean;
};

export const VerdictBadge = ({ verdict, expected, isSurprise }: VerdictProps) => (
  <span class={`verdict ${verdict}`}>
    <Icon name={verdict} />
    {verdict}
    {isSurprise ? (
      <span class="surprise">
        <Icon name="surprise" />
        {expected} was expected
      </span>
    ) : null}
  </span>
);
