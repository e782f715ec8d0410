/** The steps of a faulty run, taken by the machines as they are: where the two runs part. */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { finished } from '../../checker/explore/search-progress.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { costOfAll } from '../../story/credential-events.ts';
import { participantsOf } from '../../story/participants.ts';
import { stateOf } from './cascade.ts';
import { machinesWith, subjectsOf } from './documents/subjects.ts';
import { instrumented, type ObservedReaction } from './instrument.ts';
import { type Recorder, recorderOf } from './record.ts';
import { replayTrace } from './replay-trace.ts';
import type { Reaction, Story, StoryStep } from './story.ts';

export type Unfaulted = {
  /** As far as the machines as they are take the same offers. Nothing is claimed of it. */
  readonly story: Story;
  readonly divergesAt: number; // steps that go the same way in both
  readonly sentence: string; // what makes them part
};

/**
 * @param fault - the id of the mistake with which the verdict was found.
 * @throws BadDocument for a verdict that cannot be told as a story.
 */
export function unfaultedStoryOf(
  verdict: ClaimVerdict,
  deployment: Deployment,
  fault: string,
): Unfaulted {
  const { subject, steps: faulty } = finished(replayTrace(verdict, deployment, fault));
  const { system } = subjectsOf(verdict.id, deployment, null)[subject]!;
  const trace = verdict.trace ?? [];
  const recorder = recorderOf({ deployment, system }, participantsOf(trace, deployment));
  const { steps, divergence } = followed(trace, faulty, recorder, system, fault);
  const divergesAt = divergence?.step ?? steps.length;
  const sentence = told(divergence, steps.length, fault);
  const story: Story = {
    ...recorder.empty,
    title: `${deployment.name}, without ${fault}`,
    sentence,
    steps,
    decisive: divergence && Math.min(divergesAt + 1, steps.length),
    mark: divergence && { text: 'the honest machine goes another way here', isViolation: false },
    cost: costOfAll(steps.flatMap(({ credentials }) => credentials)),
  };
  return { story, divergesAt, sentence };
}

type Divergence = {
  readonly step: number; // from 0
  readonly machine: AnyStateMachine; // as it is
  readonly faulty: Reaction;
  readonly honest: ObservedReaction | null; // null: the same, but for what is sent
};

function followed(
  trace: Trace,
  faulty: readonly StoryStep[],
  recorder: Recorder,
  system: System,
  fault: string,
): { readonly steps: readonly StoryStep[]; readonly divergence: Divergence | null } {
  const steps: StoryStep[] = [];
  let divergence: Divergence | null = null;
  for (const [step, { component, event }] of trace.entries()) {
    divergence ??= divergenceIn(faulty[step]!.reactions, step, recorder, system);
    const taken = recorder.take(component, event);
    if (taken === null) break;
    divergence ??= divergenceAfter(faulty[step]!, taken, step, system, fault);
    steps.push(taken);
  }
  return { steps, divergence };
}

/** The first reaction that is another without the mistake. Until then all states are the same. */
function divergenceIn(
  reactions: readonly Reaction[],
  step: number,
  recorder: Recorder,
  system: System,
): Divergence | null {
  const now = new Map<string, AnyMachineSnapshot>();
  for (const faulty of reactions) {
    const { component: name, event } = faulty;
    const { machine } = system.find((component) => component.name === name)!;
    const honest = instrumented(machine).react(now.get(name) ?? recorder.snapshot(name), event);
    if (isOther(faulty, honest)) return { step, machine, faulty, honest };
    now.set(name, honest.next);
  }
  return null;
}

/** All react as they did, and more follows: the mistake has left out something that is sent. */
function divergenceAfter(
  faulty: StoryStep,
  taken: StoryStep,
  step: number,
  system: System,
  fault: string,
): Divergence | null {
  if (stateKey(faulty.reactions) === stateKey(taken.reactions)) return null;
  const machineOf = ({ component }: Reaction) =>
    system.find(({ name }) => name === component)!.machine;
  const silent = faulty.reactions.find(
    (reaction) => replacedIn(machineOf(reaction), reaction, fault) !== null,
  );
  if (silent === undefined) return null;
  return { step, machine: machineOf(silent), faulty: silent, honest: null };
}

const isOther = ({ taken, guards, actions, after }: Reaction, honest: ObservedReaction): boolean =>
  stateKey({ taken, guards, actions, after }) !==
  stateKey({
    taken: honest.taken,
    guards: honest.guards,
    actions: honest.actions,
    after: stateOf(honest.next),
  });

function told(divergence: Divergence | null, steps: number, fault: string): string {
  if (divergence === null) {
    const same = 'The machines as they are take the same steps, to the same state;';
    return `${same} what differs is what can come after it.`;
  }
  const { step, faulty, honest } = divergence;
  const end = steps > step ? '' : ', so that the step cannot be taken';
  const where = `Step ${step + 1} goes otherwise without the mistake: at ${faulty.component}`;
  const guard = honest?.guards.find(({ held }, i) => held !== faulty.guards[i]?.held);
  if (guard !== undefined) {
    const [is, was] = guard.held ? ['true', 'false'] : ['false', 'true'];
    return `${where}, ${guard.name} is ${is} where it was ${was}${end}.`;
  }
  const update = replacedIn(divergence.machine, faulty, fault);
  if (update === null) return `${where}${end}.`;
  const how = honest === null ? 'is not left out' : 'leaves something else behind';
  return `${where}, ${update} ${how}${end}.`;
}

/** The update or effect that the mistake replaces, if it is among those of the reaction. */
function replacedIn(machine: AnyStateMachine, { actions }: Reaction, fault: string): string | null {
  const weakened = Object.values(machinesWith(fault)).find(({ id }) => id === machine.id);
  const isReplaced = (name: string) =>
    weakened?.implementations.actions[name as never] !==
    machine.implementations.actions[name as never];
  return actions.find(isReplaced) ?? null;
}
