/** The steps of a sabotaged run, taken by the machines as they are: where the two runs part. */
import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import { stateKey } from '../../checker/model/state-key.ts';
import type { System, Trace } from '../../checker/model/system.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { ClaimVerdict } from '../../properties/verdicts/verdicts.ts';
import { costOfAll } from '../../story/credentials-told.ts';
import { castOf } from '../../story/participants.ts';
import { stateOf } from './cascade.ts';
import { machinesWith, subjectsOf } from './documents/subjects.ts';
import { type Watched, watchOf } from './instrument.ts';
import { type Recorder, recorderOf } from './record.ts';
import { finished, retake } from './retrace.ts';
import type { Reaction, Story, StoryStep } from './story.ts';

export type Honest = {
  /** As far as the machines as they are take the same offers. Nothing is claimed of it. */
  readonly story: Story;
  readonly partsAt: number; // steps that go the same way in both
  readonly sentence: string; // what makes them part
};

/**
 * @param sabotage - the id of the mistake with which the verdict was found.
 * @throws BadDocument for a verdict that cannot be told as a story.
 */
export function honestStoryOf(
  verdict: ClaimVerdict,
  deployment: Deployment,
  sabotage: string,
): Honest {
  const { subject, steps: sabotaged } = finished(retake(verdict, deployment, sabotage));
  const { system } = subjectsOf(verdict.id, deployment, null)[subject]!;
  const trace = verdict.trace ?? [];
  const recorder = recorderOf({ deployment, system }, castOf(trace, deployment));
  const { steps, parting } = followed(trace, sabotaged, recorder, system, sabotage);
  const partsAt = parting?.step ?? steps.length;
  const sentence = told(parting, steps.length, sabotage);
  const story: Story = {
    ...recorder.empty,
    title: `${deployment.name}, without ${sabotage}`,
    sentence,
    steps,
    decisive: parting && Math.min(partsAt + 1, steps.length),
    mark: parting && { text: 'the honest machine goes another way here', isViolation: false },
    cost: costOfAll(steps.flatMap(({ credentials }) => credentials)),
  };
  return { story, partsAt, sentence };
}

type Parting = {
  readonly step: number; // from 0
  readonly machine: AnyStateMachine; // as it is
  readonly sabotaged: Reaction;
  readonly honest: Watched | null; // null: the same, but for what is sent
};

function followed(
  trace: Trace,
  sabotaged: readonly StoryStep[],
  recorder: Recorder,
  system: System,
  sabotage: string,
): { readonly steps: readonly StoryStep[]; readonly parting: Parting | null } {
  const steps: StoryStep[] = [];
  let parting: Parting | null = null;
  for (const [step, { component, event }] of trace.entries()) {
    parting ??= partingIn(sabotaged[step]!.reactions, step, recorder, system);
    const taken = recorder.take(component, event);
    if (taken === null) break;
    parting ??= partingAfter(sabotaged[step]!, taken, step, system, sabotage);
    steps.push(taken);
  }
  return { steps, parting };
}

/** The first reaction that is another without the mistake. Until then all states are the same. */
function partingIn(
  reactions: readonly Reaction[],
  step: number,
  recorder: Recorder,
  system: System,
): Parting | null {
  const now = new Map<string, AnyMachineSnapshot>();
  for (const sabotaged of reactions) {
    const { component: name, event } = sabotaged;
    const { machine } = system.find((component) => component.name === name)!;
    const honest = watchOf(machine).react(now.get(name) ?? recorder.snapshot(name), event);
    if (isOther(sabotaged, honest)) return { step, machine, sabotaged, honest };
    now.set(name, honest.next);
  }
  return null;
}

/** All react as they did, and more follows: the mistake has left out something that is sent. */
function partingAfter(
  sabotaged: StoryStep,
  taken: StoryStep,
  step: number,
  system: System,
  sabotage: string,
): Parting | null {
  if (stateKey(sabotaged.reactions) === stateKey(taken.reactions)) return null;
  const machineOf = ({ component }: Reaction) =>
    system.find(({ name }) => name === component)!.machine;
  const silent = sabotaged.reactions.find(
    (reaction) => replacedIn(machineOf(reaction), reaction, sabotage) !== null,
  );
  if (silent === undefined) return null;
  return { step, machine: machineOf(silent), sabotaged: silent, honest: null };
}

const isOther = ({ taken, guards, actions, after }: Reaction, honest: Watched): boolean =>
  stateKey({ taken, guards, actions, after }) !==
  stateKey({
    taken: honest.taken,
    guards: honest.guards,
    actions: honest.actions,
    after: stateOf(honest.next),
  });

function told(parting: Parting | null, steps: number, sabotage: string): string {
  if (parting === null) {
    const same = 'The machines as they are take the same steps, to the same state;';
    return `${same} what differs is what can come after it.`;
  }
  const { step, sabotaged, honest } = parting;
  const end = steps > step ? '' : ', so that the step cannot be taken';
  const where = `Step ${step + 1} goes otherwise without the mistake: at ${sabotaged.component}`;
  const guard = honest?.guards.find(({ held }, i) => held !== sabotaged.guards[i]?.held);
  if (guard !== undefined) {
    const [is, was] = guard.held ? ['true', 'false'] : ['false', 'true'];
    return `${where}, ${guard.name} is ${is} where it was ${was}${end}.`;
  }
  const update = replacedIn(parting.machine, sabotaged, sabotage);
  if (update === null) return `${where}${end}.`;
  const how = honest === null ? 'is not left out' : 'leaves something else behind';
  return `${where}, ${update} ${how}${end}.`;
}

/** The update or effect that the mistake replaces, if it is among those of the reaction. */
function replacedIn(
  machine: AnyStateMachine,
  { actions }: Reaction,
  sabotage: string,
): string | null {
  const weakened = Object.values(machinesWith(sabotage)).find(({ id }) => id === machine.id);
  const isReplaced = (name: string) =>
    weakened?.implementations.actions[name as never] !==
    machine.implementations.actions[name as never];
  return actions.find(isReplaced) ?? null;
}
