/** Live actors of a deployment, which take random steps while the page shows them. */
import { setImmediate, setTimeout } from 'node:timers/promises';
import { type Walker, walker } from '../../checker/explore/walker.ts';
import { snapshotKey } from '../../checker/model/state-key.ts';
import { systemOf } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { choicesOf } from '../../properties/random/random-deployments.ts';
import { weightOf } from '../../properties/random/walk.ts';
import type { Inspection } from '../feed.ts';
import {
  PROTOCOL_VERSION,
  rootIdFor,
  rootOf,
  sealed,
  type UnsealedMessage,
} from '../story/protocol/official.ts';
import { type Recorder, recorderOf } from '../story/record.ts';
import type { Story } from '../story/story.ts';
import { LiveSystem } from './live-system.ts';

export type ActorsOptions = {
  readonly deployment: Deployment;
  readonly seed: number; // an integer: the same steps each time
  readonly stepsPerSecond: number; // Infinity: without a pause
  /**
   * In order: the actors by the inspection protocol, our own header of the story, then for
   * each step the messages of the protocol and our own record of it.
   */
  readonly onInspection: (message: Inspection) => void;
  readonly signal: AbortSignal;
  readonly stepsMax?: number;
};

export const STEPS_MAX = 5_000;

/**
 * Runs until the signal or the last step, and stops the actors.
 *
 * @returns the number of steps.
 * @throws Error where an actor reaches another state than the model predicts.
 */
export async function runActors(options: ActorsOptions): Promise<number> {
  const { deployment, seed, stepsPerSecond, signal, stepsMax = STEPS_MAX } = options;
  const system = systemOf(deployment);
  const recorder = recorderOf({ deployment, system });
  const walk = walker(system);
  const rootId = rootIdFor(system);
  const tell = telling(rootId, options.onInspection);
  tell(rootOf(rootId, deployment.name));
  const live = new LiveSystem(system, rootId, tell);
  options.onInspection(ours('story', headerOf(recorder.empty, deployment, seed)));
  let steps = 0;
  try {
    for (const choice of choicesOf(seed, stepsMax)) {
      await pause(stepsPerSecond, signal);
      if (signal.aborted || walk.enabled().length === 0) break;
      const { component, event } = walk.offers[choose(walk, choice)]!;
      const step = recorder.take(component, event);
      if (step === null) throw new Error(`the model says ${component} cannot take ${event.type}`);
      live.take(component, event);
      steps += 1;
      options.onInspection(ours('step', step));
      for (const { name } of system) compare(name, live, recorder, steps);
    }
  } finally {
    live.stop();
  }
  return steps;
}

/** Takes a step of the walk, by weight: closing is rare, so that other steps happen. */
function choose(walk: Walker, choice: number): number {
  const enabled = walk.enabled();
  const weighted = enabled.flatMap((offer) =>
    Array.from({ length: weightOf(walk.offers[offer]!.event) }, () => offer),
  );
  const chosen = weighted[choice % weighted.length]!;
  walk.take(chosen);
  return chosen;
}

async function pause(stepsPerSecond: number, signal: AbortSignal): Promise<void> {
  const milliseconds = 1_000 / stepsPerSecond;
  try {
    if (milliseconds < 1) await setImmediate(undefined, { signal });
    else await setTimeout(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function compare(name: string, live: LiveSystem, recorder: Recorder, steps: number): void {
  const found = snapshotKey(live.snapshot(name));
  const told = snapshotKey(recorder.snapshot(name));
  if (found === told) return;
  throw new Error(`after step ${steps} the actor ${name} is ${found}, and in the model ${told}`);
}

function telling(rootId: string, onInspection: ActorsOptions['onInspection']) {
  let count = 0;
  let time = 0;
  return (message: UnsealedMessage): void => {
    time = Math.max(time, Date.now()); // clocks are set back
    onInspection(sealed(message, rootId, count, time));
    count += 1;
  };
}

const ours = (what: 'story' | 'step', content: object): Inspection => ({
  type: `@double-hop.${what}`,
  _version: PROTOCOL_VERSION,
  [what]: content,
});

const headerOf = ({ steps: _, ...empty }: Story, { name }: Deployment, seed: number) => ({
  ...empty,
  title: `${name}, live`,
  sentence: `Actors of ${name}, as they run. Their steps are those of seed ${seed}.`,
});
