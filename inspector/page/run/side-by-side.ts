/**
 * The run that is shown beside a story: beside a violation, the same deployment with the remedy or
 * without the fault; beside a recording, the model's run.
 */
import type { Deployment } from '../../../machines/system/topology.ts';
import { modelOf } from '../../../properties/deployments/deployments.ts';
import { remedyToCheck } from '../../story/remedy.ts';
import type { Story } from '../../story/story.ts';
import type { Entry, SessionState } from '../sources/session.ts';

export type Comparison =
  | { readonly kind: 'entry'; readonly entry: Entry; readonly holds: Entry | null }
  /** The model's own run, beside one that was recorded. */
  | { readonly kind: 'model'; readonly entry: Entry }
  /** The steps of a faulty run, replayed without the fault. */
  | { readonly kind: 'unfaulted' }
  | { readonly kind: 'awaited'; readonly deployment: string };

/** Null: the run is neither a violation nor a recording, or no remedy is known. */
export function comparisonOf(
  known: SessionState,
  { ref, verdict, deployment }: Entry,
): Comparison | null {
  const model = modelOf(ref.on);
  if (model !== null) {
    const own = known.entries.find(
      (entry) =>
        entry.ref.claim === ref.claim && entry.ref.on === model && entry.ref.file === ref.file,
    );
    return own?.verdict.trace ? { kind: 'model', entry: own } : null;
  }
  if (verdict.verdict !== 'violated') return null;
  if (ref.fault !== null) return { kind: 'unfaulted' };
  const near = known.entries.filter((entry) => entry.ref.file === ref.file);
  const remedy = remedyToCheck(verdict, deploymentsAmong(known, near, deployment));
  if (remedy === null) return null;
  const { claims, deployment: other } = remedy;
  const find = (claim: string) =>
    near.find(
      (entry) =>
        entry.ref.claim === claim && entry.ref.on === other.name && entry.ref.fault === null,
    );
  const [own = '', ...shown] = claims;
  const entry = shown
    .map(find)
    .find((found) => found !== undefined && found.verdict.trace !== null);
  if (entry !== undefined) return { kind: 'entry', entry, holds: find(own) ?? null };
  const isAwaited = known.status !== null && !known.isFinished && ref.file === null;
  return isAwaited ? { kind: 'awaited', deployment: other.name } : null;
}

function deploymentsAmong(
  { opened }: SessionState,
  near: readonly Entry[],
  own: Deployment,
): readonly Deployment[] {
  const checked = near.filter(({ isRemedy }) => !isRemedy);
  const all = [own, ...(opened?.deployments ?? []), ...checked.map(({ deployment }) => deployment)];
  return all.filter(({ name }, i) => all.findIndex((other) => other.name === name) === i);
}

/** Number of steps that the two have in common, from the first. */
export function commonSteps(one: Story, other: Story): number {
  const parted = one.steps.findIndex(({ sentence }, i) => sentence !== other.steps[i]?.sentence);
  return parted < 0 ? one.steps.length : parted;
}
