/**
 * Records a run of a system as a story, step by step over plain XState.
 *
 * A step has the semantics of `checker/replay/replay.ts`. It also records the transitions, guards
 * and actions of each component.
 */
import type { AnyEventObject, AnyMachineSnapshot } from 'xstate';
import type { Delivery, Step, Trace } from '../../checker/model/system.ts';
import type { System } from '../../machines/system/component.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { summaryOf } from '../../properties/deployments/summary.ts';
import { costOf, credentialEventsIn } from '../../story/credential-events.ts';
import { Memory } from '../../story/memory.ts';
import { Participants } from '../../story/participants.ts';
import { rolesOf } from '../../story/roles.ts';
import { narrator } from '../../story/sentences.ts';
import { Cascade, type Parts, partNamed, type Snapshots, stateOf } from './cascade.ts';
import { chartOf } from './chart.ts';
import { boundsIn, componentsOf, partiesOf } from './components.ts';
import { instrumented } from './instrument.ts';
import type { Chart, Story, StoryStep } from './story.ts';
import { drawnIn } from './travels.ts';

export type Subject = { readonly deployment: Deployment; readonly system: System };

export type Recorder = {
  /** The story without steps and without a verdict. */
  readonly empty: Story;
  /**
   * Null: not enabled; the state is unchanged. Takes any event, offered or not.
   *
   * @throws TypeError where no component has this name, and for an event that has no sentence.
   */
  readonly take: (component: string, event: AnyEventObject) => StoryStep | null;
  /** The message that its receiver would refuse. Null: none, or the component refuses the event. */
  readonly refusal: (component: string, event: AnyEventObject) => Delivery | null;
  /** A copy that continues from here with a trace of its own. */
  readonly fork: () => Recorder;
  /** After the last step. */
  readonly snapshot: (component: string) => AnyMachineSnapshot;
  /** The steps taken so far. */
  readonly trace: () => Trace;
};

/** @param participants - named in the sentences. By default those of all connections. */
export function recorderOf(
  { deployment, system }: Subject,
  participants = participantsIn(system, deployment),
): Recorder {
  const parts: Parts = new Map(
    system.map((component) => [
      component.name,
      { component, machine: instrumented(component.machine) },
    ]),
  );
  const start = [...parts].map(
    ([name, { component, machine }]) => [name, machine.start(component.input)] as const,
  );
  const snapshots: Snapshots = new Map(start);
  const empty = emptyStory(deployment, system, snapshots);
  return recorderFrom({ empty, parts, participants, snapshots, memory: new Memory() });
}

/** The state from which a recorder continues. */
type Moment = {
  readonly empty: Story;
  readonly parts: Parts;
  readonly participants: Participants;
  readonly snapshots: Snapshots;
  readonly memory: Memory;
};

function recorderFrom(moment: Moment): Recorder {
  const { empty, parts, participants } = moment;
  let { snapshots } = moment;
  const memory = new Memory(moment.memory);
  const sentenceOf = narrator(participants, memory);
  const trace: Step[] = [];
  return {
    empty,
    take(component, event) {
      const cascade = new Cascade(parts, snapshots);
      if (!cascade.run(component, event)) return null;
      snapshots = cascade.after;
      const step = { component, event, deliveries: cascade.deliveries };
      trace.push(step);
      return {
        sentence: sentenceOf(step),
        reactions: cascade.reactions,
        signals: cascade.deliveries.filter(({ to }) => to === '*'),
        ...drawnIn(step, participants),
        credentials: credentialEventsIn(step, participants),
      };
    },
    refusal(component, event) {
      const cascade = new Cascade(parts, snapshots);
      cascade.run(component, event);
      return cascade.refused;
    },
    fork: () => recorderFrom({ ...moment, snapshots, memory }),
    snapshot: (name) => snapshots.get(partNamed(name, parts).component.name)!,
    trace: () => trace,
  };
}

const participantsIn = (system: System, deployment: Deployment): Participants =>
  new Participants(
    system.map(({ name }) => name),
    system.some(({ machine }) => machine.id === 'mostGeneralClient'),
    rolesOf(deployment),
  );

function emptyStory(deployment: Deployment, system: System, initial: Snapshots): Story {
  const components = componentsOf(system);
  return {
    format: 'double-hop-story/2',
    title: deployment.name,
    sentence: '',
    deployment: deployment.name,
    summary: summaryOf(deployment),
    bounds: boundsIn(deployment, system),
    checked: null,
    parties: partiesOf(components, deployment),
    charts: chartsOf(system),
    components,
    initial: Object.fromEntries([...initial].map(([name, at]) => [name, stateOf(at)])),
    steps: [],
    decisive: null,
    mark: null,
    loop: null,
    cost: costOf([]),
  };
}

/** One for each machine: a chart shows no implementation, so no fault either. */
function chartsOf(system: System): readonly Chart[] {
  const machines = new Map(system.map(({ machine }) => [machine.id, machine]));
  return [...machines.values()].map(chartOf);
}
