/** A verdict's trace as a story, and the verdict in one sentence. */
import { finished } from '../../checker/explore/search-progress.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Fault, Verdict } from '../../properties/claim.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { costOfAll } from '../../story/credential-events.ts';
import { endlessly } from '../../story/endless.ts';
import { claimNamed, faultNamed } from './documents/subjects.ts';
import { type Progress, replayTrace } from './replay-trace.ts';
import type { CheckedClaim, Story } from './story.ts';

/**
 * The story of a verdict that has a trace.
 *
 * @param fault - the id of the injected fault. Null: none.
 * @throws BadDocument for a trace that cannot be replayed: it names the step.
 */
export function storyOf(
  verdict: ClaimVerdict,
  deployment: Deployment,
  fault: string | null,
): Story {
  return finished(storyInSlices(verdict, deployment, fault));
}

/** The same, one step at a time, so that a page stays responsive while a long trace is replayed. */
export function* storyInSlices(
  verdict: ClaimVerdict,
  deployment: Deployment,
  fault: string | null,
): Generator<Progress, Story> {
  const { empty, steps } = yield* replayTrace(verdict, deployment, fault);
  const checked = checkedClaimOf(verdict, fault);
  const suffix = fault === null ? '' : `, with ${fault}`;
  return {
    ...empty,
    title: `${verdict.id} ${verdict.verdict}, ${deployment.name}${suffix}`,
    sentence: verdictSentence(verdict, deployment.name, fault),
    checked,
    steps,
    decisive: steps.length,
    mark: {
      text: `${verdict.id} ${verdict.verdict}${endOf(verdict)}`,
      isViolation: verdict.verdict === 'violated',
    },
    loop: verdict.loop,
    cost: costOfAll(steps.flatMap(({ credentials }) => credentials)),
  };
}

function checkedClaimOf(verdict: ClaimVerdict, fault: string | null): CheckedClaim {
  const { name, kind, given, source } = claimNamed(verdict.id);
  const { id, expected, states, transitions, depth, milliseconds } = verdict;
  return {
    ...{ claim: id, name, kind, given: given.says, source, fault },
    ...{ expected, verdict: verdict.verdict, states, transitions, depth, milliseconds },
  };
}

/** " here" at the end of a trace; of a trace without an end, the words for its loop. */
function endOf({ loop, trace }: ClaimVerdict): string {
  const endless = endlessly(loop, trace?.length ?? 0);
  return endless === null ? ' here' : `: ${endless}`;
}

/** "Violated, as expected: "…" fails in article (Basic) after 7 steps." */
export function verdictSentence(
  verdict: ClaimVerdict,
  deployment: string,
  fault: string | null,
): string {
  const claim = claimNamed(verdict.id);
  const steps = verdict.trace?.length ?? 0;
  const after = afterSteps(steps);
  const endless = endlessly(verdict.loop, steps);
  const runs = claim.kind === 'response' ? 'in every fair run' : 'in every reachable state';
  const outcome: { readonly [V in Verdict]: string } = {
    violated: `fails in ${deployment} ${after}${endless === null ? '' : `, ${endless}`}`,
    witnessed: `is reached in ${deployment} ${after}`,
    holds: `holds ${runs} of ${deployment}${vacuously(verdict)}`,
    unwitnessed: `is reached in no state of ${deployment}`,
  };
  const opening = `${NAMED[verdict.verdict]}${asExpected(verdict, faultNamed(fault))}`;
  return `${opening}: "${claim.name}" ${outcome[verdict.verdict]}.`;
}

/** What never happens of all that the claim speaks of. */
const vacuously = ({ vacuity }: ClaimVerdict): string =>
  vacuity?.isVacuous ? `, but vacuously: ${vacuity.never.join('; ')}` : '';

const afterSteps = (steps: number): string =>
  steps === 0 ? 'in its initial state' : `after ${steps} step${steps === 1 ? '' : 's'}`;

const NAMED: { readonly [V in Verdict]: string } = {
  holds: 'Holds',
  violated: 'Violated',
  witnessed: 'Witnessed',
  unwitnessed: 'Not witnessed',
};

const EXPECTED: { readonly [V in Verdict]: string } = {
  holds: ', though expected to hold',
  violated: ', though expected to be violated',
  witnessed: ', though expected to be witnessed',
  unwitnessed: ', though expected not to be witnessed',
};

/** Text that follows the verdict. Empty: theory predicts none, so there is nothing to add. */
function asExpected({ verdict, expected }: ClaimVerdict, fault: Fault | null): string {
  if (fault === null)
    return expected === null ? '' : verdict === expected ? ', as expected' : EXPECTED[expected];
  if (expected === null) return `, with the injected fault (${fault.what})`;
  return verdict === expected
    ? `, with or without the injected fault (${fault.what})`
    : `, because of the injected fault (${fault.what})`;
}
