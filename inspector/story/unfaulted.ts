/** The steps of a faulty run, replayed without the fault: where the two runs diverge. */
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
  /** The steps that the machines without the fault can take. It has no verdict. */
  readonly story: Story;
  readonly divergesAt: number; // number of steps that are the same in both
  readonly sentence: string; // the reason of the divergence
};

/**
 * @param fault - the id of the fault with which the verdict was found.
 * @throws BadDocument for a verdict whose trace cannot be replayed.
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
    mark: divergence && { text: 'without the fault, the run differs here', isViolation: false },
    cost: costOfAll(steps.flatMap(({ credentials }) => credentials)),
  };
  return { story, divergesAt, sentence };
}

type Divergence = {
  readonly step: number; // from 0
  readonly machine: AnyStateMachine; // as it is
  readonly faulty: Reaction;
  readonly honest: ObservedReaction | null; // null: the same, except for the messages sent
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

/** The first reaction that differs without the fault. Until then all states are the same. */
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

/** All reactions are the same, and more follow: the fault leaves a message out. */
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
    const same = 'Without the fault, the machines take the same steps to the same state;';
    return `${same} only later steps can differ.`;
  }
  const { step, faulty, honest } = divergence;
  const end = steps > step ? '' : ', so that the step cannot be taken';
  const where = `Step ${step + 1} differs without the fault: at ${faulty.component}`;
  const guard = honest?.guards.find(({ held }, i) => held !== faulty.guards[i]?.held);
  if (guard !== undefined) {
    const [is, was] = guard.held ? ['true', 'false'] : ['false', 'true'];
    return `${where}, ${guard.name} is ${is} where it was ${was}${end}.`;
  }
  const update = replacedIn(divergence.machine, faulty, fault);
  if (update === null) return `${where}${end}.`;
  const how = honest === null ? 'is not left out' : 'has another result';
  return `${where}, ${update} ${how}${end}.`;
}

/** The update or effect that the fault replaces, if it is among those of the reaction. */
function replacedIn(machine: AnyStateMachine, { actions }: Reaction, fault: string): string | null {
  const faulty = Object.values(machinesWith(fault)).find(({ id }) => id === machine.id);
  const isReplaced = (name: string) =>
    faulty?.implementations.actions[name as never] !==
    machine.implementations.actions[name as never];
  return actions.find(isReplaced) ?? null;
}
