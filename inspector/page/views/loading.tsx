/** Shown in place of a story that is being prepared, or does not exist. */

import { Problem } from '../parts/controls/error-boundary.tsx';
import { Icon } from '../parts/controls/icon.tsx';
import type { StoryRef } from '../place/address.ts';
import type { ClaimRow } from '../run/table-rows.ts';
import type { SessionState } from '../sources/session.ts';
import { grouped } from '../words.ts';

export const StoryProgress = ({
  done,
  total,
}: {
  readonly done: number;
  readonly total: number;
}) => (
  <main class="problem">
    <h1>The story is being prepared</h1>
    <progress max={total} value={done} aria-label="Steps" />
    <p>
      {grouped(done)} of {grouped(total)} steps
    </p>
  </main>
);

type AwaitedProps = {
  readonly known: SessionState;
  readonly wanted: StoryRef;
  readonly back: () => void;
};

/** The verdict is not known yet, or will not be known. */
export function Awaited({ known, wanted: { claim, on, file, fault }, back }: AwaitedProps) {
  if (file !== null) {
    const text = `This address needs the file ${file}, which the page no longer has. Open it again.`;
    return <Problem title="Open the file again" text={text} onBack={back} />;
  }
  const what = `${claim} in ${on}${fault === null ? '' : `, with ${fault}`}`;
  if (known.status === null || known.isFinished || known.limit !== null) {
    const text = `There is no verdict on ${what}. ${known.limit ?? ''}`;
    return <Problem title="Unknown story" text={text} onBack={back} />;
  }
  const { opened, entries } = known;
  return (
    <main class="problem">
      <h1>{what} is not checked yet</h1>
      <progress max={opened?.total ?? 1} value={entries.length} aria-label="Verdicts" />
      <p role="status">
        {entries.length} of {opened?.total ?? '…'} verdicts. The story opens when its verdict is
        known.
      </p>
    </main>
  );
}

/** A claim that holds, or has no witness: there is no run to show. */
export const Holding = ({ row, back }: { readonly row: ClaimRow; readonly back: () => void }) => (
  <main class="problem">
    <h1 class={`verdict ${row.verdict.verdict}`}>
      <Icon name={row.verdict.verdict} />
      {row.verdict.id} {row.verdict.verdict}
    </h1>
    <p>{row.sentence}</p>
    <p>{row.exhausted}</p>
    <p class="muted">
      Given: {row.given}. Source: {row.source}.
    </p>
    <button type="button" class="button primary" onClick={back}>
      Back to the claims
    </button>
  </main>
);
