/** The progress of the checking, and the limit at which it stopped. */

import type { SessionState } from '../sources/session.ts';
import { grouped } from '../words.ts';
import { Icon } from './controls/icon.tsx';

export function ProgressLine({
  known: { opened, progress, limit, isFinished, entries },
}: {
  readonly known: SessionState;
}) {
  const done = entries.filter(({ ref, isRemedy }) => ref.file === null && !isRemedy).length;
  const total = opened?.total ?? 0;
  return (
    <>
      {limit === null ? null : (
        <p class="notice bad" role="alert">
          <Icon name="surprise" />
          <span>{limit}</span>
        </p>
      )}
      {opened === null || isFinished || total === 0 ? null : (
        <div class="progress">
          <progress max={total} value={done} aria-label="Verdicts" />
          <span>
            {done} of {total}
            {progress === null
              ? ''
              : `; ${progress.claim}, ${progress.deployment}: ${grouped(progress.states)} states`}
          </span>
        </div>
      )}
    </>
  );
}
