/** Stories for tests: of pinned traces, and of runs of any length. */
import { walker } from '../../../../checker/explore/walker.ts';
import type { Explorable } from '../../../../inspector/story/exploring/explorable.ts';
import { recorderOf } from '../../../../inspector/story/record.ts';
import type { Story } from '../../../../inspector/story/story.ts';
import { storyOf } from '../../../../inspector/story/verdict-story.ts';
import { weightOf } from '../../../../properties/random/walk.ts';
import { type Pinned, verdictIn } from './verdicts.ts';

/** The story of a pinned trace. */
export const storyOfPinned = ({ id, deployment, fault }: Pinned): Story =>
  storyOf(verdictIn(id, deployment, fault), deployment, fault?.id ?? null);

/** A step for each number: it chooses among what is enabled, closing seldom as random walks do. */
export function walked(
  { deployment, system }: Pick<Explorable, 'deployment' | 'system'>,
  choices: readonly number[],
) {
  const walk = walker(system);
  const recorder = recorderOf({ deployment, system });
  const offers: number[] = [];
  const steps = choices.map((choice) => {
    const weighted = walk.enabled().flatMap((offer) => {
      const weight = weightOf(walk.offers[offer]!.event);
      return Array.from({ length: weight }, () => offer);
    });
    const offer = weighted[choice % weighted.length]!;
    walk.take(offer);
    offers.push(offer);
    const { component, event } = walk.offers[offer]!;
    return recorder.take(component, event)!;
  });
  const story: Story = { ...recorder.empty, steps };
  return { story, offers, recorder };
}

/** Whatever: what matters is that they are many, and the same each time. */
export const numbers = (count: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i * 7_919 + (i % 13) * 31 + (i % 7) * 17) % 1_000_003);
