/**
 * No machine reads a ghost: with every ghost renamed to one that does not occur, each machine does
 * the same, but for the ghosts that it passes on.
 */
import { describe, expect, it } from 'vitest';
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  initialTransition,
  transition,
} from 'xstate';
import { walker } from '../../checker/explore/walker.ts';
import { effectsOf } from '../../checker/model/effects.ts';
import { stateKey } from '../../checker/model/state-key.ts';
import { MACHINES, type Machines, systemOf } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Ghost } from '../../machines/vocabulary/ghost.ts';
import { DEPLOYMENTS, deploymentOf } from '../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';
import { choicesOf } from '../../properties/random/random-deployments.ts';

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** Every ghost in `value`, changed by `change`; undefined: left out. */
function withGhosts(value: Json, change: (ghost: Ghost) => Ghost | undefined): Json {
  if (Array.isArray(value)) return value.map((item) => withGhosts(item, change));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]): [string, Json][] => {
      if (key !== 'ghost' || item === null) return [[key, withGhosts(item, change)]];
      const changed = change(item as unknown as Ghost);
      return changed === undefined ? [] : [[key, changed as unknown as Json]];
    }),
  );
}

const NOBODY: Ghost = { cause: 'nobody at all', run: 'nowhere' };
const renamed = <T>(value: T): T => withGhosts(value as Json, () => NOBODY) as T;
/** What signals say of ghosts goes as well. */
const erased = (value: unknown): Json => {
  const without = withGhosts(value as Json, () => undefined);
  return JSON.parse(JSON.stringify(without), (key, item: Json) =>
    ['cause', 'run', 'purpose', 'ghost'].includes(key) ? undefined : item,
  ) as Json;
};

const WALKS = 2;
const STEPS = 50;

/** What a machine does at an event, without ghosts. Null: it refuses the event. */
function reaction(machine: AnyStateMachine, state: AnyMachineSnapshot, event: AnyEventObject) {
  if (!state.can(event)) return null;
  const [next, actions] = transition(machine, state, event);
  const does = { value: next.value, context: next.context, effects: effectsOf(actions) };
  return stateKey(erased(does));
}

/** Takes random walks, and compares each reaction with the one to a renamed ghost. */
function readersOfGhosts(deployment: Deployment, machines: Machines) {
  const system = systemOf(deployment, machines);
  const machineOf = new Map(system.map(({ name, machine }) => [name, machine]));
  const walk = walker(system);
  const readers = new Set<string>();
  let renamings = 0;
  for (let seed = 0; seed < WALKS; seed += 1) {
    walk.reset();
    for (const choice of choicesOf(seed, STEPS)) {
      const enabled = walk.enabled();
      if (enabled.length === 0) break;
      walk.take(enabled[choice % enabled.length]!);
    }
    const states = new Map<string, AnyMachineSnapshot>(
      system.map(({ name, machine, input }) => [name, initialTransition(machine, input)[0]]),
    );
    for (const { component, event, deliveries } of walk.trace())
      for (const heard of [{ to: component, event }, ...deliveries]) {
        const machine = machineOf.get(heard.to);
        const state = states.get(heard.to);
        if (machine === undefined || state === undefined) continue; // a signal
        const other = { context: renamed(state.context), event: renamed(heard.event) };
        if (stateKey([other.context, other.event]) !== stateKey([state.context, heard.event])) {
          renamings += 1;
          const twin = machine.resolveState({ value: state.value, context: other.context });
          if (reaction(machine, state, heard.event) !== reaction(machine, twin, other.event))
            readers.add(`${machine.id} at ${heard.event.type}`);
        }
        states.set(heard.to, transition(machine, state, heard.event)[0]);
      }
  }
  return { readers: [...readers], renamings };
}

describe.each(DEPLOYMENTS.map((deployment) => [deployment.name, deployment] as const))(
  '%s',
  (_, deployment) => {
    it('has no machine that reads a ghost', () => {
      const { readers, renamings } = readersOfGhosts(deployment, MACHINES);
      expect(readers).toEqual([]);
      expect(renamings).toBeGreaterThan(0);
    });
  },
);

it('a guard that reads a ghost is found', () => {
  const mailbox = MACHINES.mailbox.provide({
    guards: { isAnonymous: (_, { ghost }) => ghost?.cause !== 'alice' },
  });
  const { readers } = readersOfGhosts(deploymentOf(ARTICLE, 'Basic'), { ...MACHINES, mailbox });
  expect(readers).toEqual(['mailbox at page.requested']);
});
