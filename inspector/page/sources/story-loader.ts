/** Builds the story of a verdict in slices, so that the page stays responsive. */
import { useLayoutEffect, useState } from 'preact/hooks';
import type { Story } from '../../story/story.ts';
import { storyInSlices } from '../../story/verdict-story.ts';
import type { Entry } from './session.ts';

export type Loading =
  | { readonly kind: 'story'; readonly story: Story }
  | { readonly kind: 'building'; readonly done: number; readonly total: number } // steps
  | { readonly kind: 'failed'; readonly problem: string };

const SLICE_MS = 12;
const FIRST_SLICE_MS = 150; // most stories are done by then, without a progress bar

const finished = new WeakMap<Entry['verdict'], Loading>();

/** Undefined where there is nothing to build. */
export function useStory(entry: Entry | undefined): Loading | undefined {
  const [shown, show] = useState<{ entry: Entry; loading: Loading } | null>(null);
  const known = entry === undefined ? undefined : finished.get(entry.verdict);
  useLayoutEffect(() => {
    if (entry === undefined || known !== undefined) return;
    return build(entry, (loading) => show({ entry, loading }));
  }, [entry?.verdict]);
  if (entry === undefined) return undefined;
  if (known !== undefined) return known;
  const total = entry.verdict.trace?.length ?? 0;
  return shown?.entry.verdict === entry.verdict
    ? shown.loading
    : { kind: 'building', done: 0, total };
}

/** @returns what ends it. */
function build(
  { verdict, deployment, ref }: Entry,
  onLoading: (loading: Loading) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slices = storyInSlices(verdict, deployment, ref.fault);
  const end = (loading: Loading) => {
    finished.set(verdict, loading);
    onLoading(loading);
  };
  const advance = (milliseconds: number) => {
    const until = performance.now() + milliseconds;
    try {
      for (;;) {
        const slice = slices.next();
        if (slice.done) return end({ kind: 'story', story: slice.value });
        if (performance.now() < until) continue;
        onLoading({ kind: 'building', ...slice.value });
        timer = setTimeout(() => advance(SLICE_MS));
        return;
      }
    } catch (error) {
      end({ kind: 'failed', problem: error instanceof Error ? error.message : String(error) });
    }
  };
  advance(FIRST_SLICE_MS);
  return () => clearTimeout(timer);
}
