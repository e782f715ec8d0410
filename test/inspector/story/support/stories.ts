/** Stories for tests: every one that the catalogue has, and runs of any length. */
import { walker } from '../../../../checker/explore/walker.ts';
import type { Explorable } from '../../../../inspector/story/exploring/explorable.ts';
import { recorderOf } from '../../../../inspector/story/record.ts';
import type { Story } from '../../../../inspector/story/story.ts';
import { storyOf } from '../../../../inspector/story/verdict-story.ts';
import type { Deployment } from '../../../../machines/system/topology.ts';
import { checkClaim } from '../../../../properties/check.ts';
import type { Claim } from '../../../../properties/claim.ts';
import { DEPLOYMENTS } from '../../../../properties/deployments/deployments.ts';
import { weightOf } from '../../../../properties/random/walk.ts';
import { claimsAbout } from '../../../../properties/verdicts/measure.ts';
import { type ClaimVerdict, verdictOf } from '../../../../properties/verdicts/verdicts.ts';

export type Told = {
  readonly claim: Claim;
  readonly deployment: Deployment;
  readonly verdict: ClaimVerdict;
  readonly story: Story;
};

/** Of every claim in each deployment, where there is a trace to tell. All take some 10 seconds. */
export const everyStory = (deployments = DEPLOYMENTS): readonly Told[] =>
  deployments.flatMap((deployment) =>
    claimsAbout(deployment).flatMap((claim): Told[] => {
      const limits = { statesMax: 1_000_000, stopAtViolation: true };
      const verdict = verdictOf(checkClaim(claim, deployment, limits));
      if (verdict.trace === null) return [];
      return [{ claim, deployment, verdict, story: storyOf(verdict, deployment, null) }];
    }),
  );

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
