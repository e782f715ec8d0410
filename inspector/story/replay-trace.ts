/** Replays a trace from a document in the system of which it is evidence. */
import { isUnviolated } from '../../checker/explore/checked-property.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import type { Step } from '../../checker/model/system.ts';
import { faultOfLoop } from '../../checker/replay/replay-loop.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Subject } from '../../properties/claim.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { participantsOf } from '../../story/participants.ts';
import { BadDocument, OTHERWISE } from './documents/bad-document.ts';
import { claimNamed, subjectsOf } from './documents/subjects.ts';
import { type Recorder, recorderOf } from './record.ts';
import type { Story, StoryStep } from './story.ts';

export type Progress = { readonly done: number; readonly total: number }; // steps

export type ReplayedTrace = {
  readonly subject: number; // which of the claim's, from 0
  readonly empty: Story;
  readonly steps: readonly StoryStep[];
};

/** Why the trace is not of this system, and the number of steps before that shows. */
type Failure = { readonly steps: number; readonly message: string };

/**
 * The trace in the first of the claim's systems that accepts it and ends as the verdict says. It
 * yields after each step, so that the caller can do other work in between.
 *
 * @throws BadDocument where no system does: it names the step, or the condition that fails.
 */
export function* replayTrace(
  verdict: ClaimVerdict,
  deployment: Deployment,
  fault: string | null,
): Generator<Progress, ReplayedTrace> {
  const failures: Failure[] = [];
  for (const [index, subject] of subjectsOf(verdict.id, deployment, fault).entries()) {
    const result = yield* replayIn(subject, verdict, deployment);
    if ('empty' in result) return { subject: index, ...result };
    failures.push(result);
  }
  const [furthest] = failures.toSorted((a, b) => b.steps - a.steps);
  throw new BadDocument(`${furthest?.message ?? 'there is no trace'}; ${OTHERWISE}`);
}

function* replayIn(
  { system, properties }: Subject,
  verdict: ClaimVerdict,
  deployment: Deployment,
): Generator<Progress, Omit<ReplayedTrace, 'subject'> | Failure> {
  const trace = verdict.trace ?? [];
  const recorder = recorderOf({ deployment, system }, participantsOf(trace, deployment));
  const offers = new Map(
    system.map(({ name, offers }) => [name, new Set(offers.map((event) => stateKey(event)))]),
  );
  const steps: StoryStep[] = [];
  for (const [index, step] of trace.entries()) {
    const offered = offers.get(step.component);
    const message = offered ? mismatch(step, offered, recorder, steps) : unknown(step, deployment);
    if (message !== null) return { steps: index, message: `step ${index + 1}: ${message}` };
    yield { done: index + 1, total: trace.length };
  }
  if (isEvidence({ system, properties }, verdict, recorder))
    return { empty: recorder.empty, steps };
  const message = `the trace can be replayed, but at its end ${verdict.id} is not ${verdict.verdict}`;
  return { steps: trace.length, message };
}

const unknown = ({ component }: Step, { name }: Deployment) =>
  `there is no component ${component} in ${name}`;

/** Takes the step. Null: it went as the document says. */
function mismatch(
  step: Step,
  offered: ReadonlySet<string>,
  recorder: Recorder,
  steps: StoryStep[],
): string | null {
  const { component, event, deliveries } = step;
  const taken = offered.has(stateKey(event)) ? recorder.take(component, event) : null;
  if (taken === null) return `${component} does not take ${event.type} here`;
  steps.push(taken);
  const { deliveries: found } = recorder.trace().at(-1)!;
  return stateKey(found) === stateKey(deliveries)
    ? null
    : `the effects of ${event.type} of ${component} differ from the document`;
}

/**
 * Whether the end of the trace is evidence of the verdict. The last state alone shows it for
 * `always` and `sometimes`, the loop for `response`.
 */
function isEvidence(
  { system, properties }: Subject,
  { id, verdict, trace, loop }: ClaimVerdict,
  { snapshot }: Recorder,
): boolean {
  const { kind } = claimNamed(id);
  const held = properties
    .filter((property) => property.kind === kind)
    .map(({ reads, holds }) => holds(...reads.map(snapshot)));
  if (kind === 'sometimes') return verdict === 'witnessed' && held.includes(true);
  if (kind === 'response')
    return properties.some(
      (property) =>
        property.kind === kind && faultOfLoop(system, property, trace ?? [], loop ?? 0) === null,
    );
  const monitors = system.filter(({ monitor }) => monitor).map(({ name }) => snapshot(name));
  return kind !== 'always' || held.includes(false) || !monitors.every(isUnviolated);
}
