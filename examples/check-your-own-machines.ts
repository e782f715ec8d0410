/**
 * Check your own machines: two workers share a lock, and the lock server has a bug.
 *
 * In a folder whose package.json has `"type": "module"`, with the file that `npm pack` writes:
 *
 *   npm install ./double-hop-0.1.0.tgz xstate fast-check @statelyai/inspect typescript @types/node
 *   npx tsc --module nodenext --strict --skipLibCheck --types node check-your-own-machines.ts
 *   node check-your-own-machines.js
 *
 * To watch the counterexample, run `npx double-hop inspect --live`, and start the program with the
 * address that it prints (ws://127.0.0.1:...) as its argument.
 */
import { createWebSocketInspector } from '@statelyai/inspect';
import { walker } from 'double-hop/checker/explore/walker';
import type { Trace } from 'double-hop/checker/model/system';
import { search } from 'double-hop/checker/search';
import { inspectorOptions } from 'double-hop/inspector/story/protocol/official';
import { component, monitorOf } from 'double-hop/machines/system/component';
import fc from 'fast-check';
import { assign, createActor, emit, setup } from 'xstate';

// 1. The machines. `send` does nothing: its parameters name a port, and the event to send there.

const send = (_: unknown, _message: { to: string; event: { type: string } }) => {};
const toLock = (type: 'acquire' | 'release') =>
  ({ type: 'send', params: { to: 'lock', event: { type } } }) as const;

const toSender = (type: 'granted' | 'busy') =>
  ({
    type: 'send',
    params: ({ event }: { event: { from: string } }) => ({ to: event.from, event: { type } }),
  }) as const;

type Signal = { type: 'entered' | 'left' }; // what a worker makes known, with XState's `emit`

const worker = setup({
  types: {
    events: {} as { type: 'ask' | 'finish' } | { type: 'granted' | 'busy'; from: string },
    emitted: {} as Signal,
  },
  actions: { send, signal: emit((_, type: Signal['type']) => ({ type })) },
}).createMachine({
  id: 'worker',
  initial: 'idle',
  states: {
    idle: { on: { ask: { target: 'asking', actions: toLock('acquire') } } },
    asking: {
      on: {
        granted: { target: 'working', actions: { type: 'signal', params: 'entered' } },
        busy: { target: 'idle', actions: toLock('release') }, // as a careless `finally` does
      },
    },
    working: {
      on: {
        finish: {
          target: 'idle',
          actions: [{ type: 'signal', params: 'left' }, toLock('release')],
        },
      },
    },
  },
});

const lockServer = setup({
  types: {
    context: {} as { holder: string | null }, // the port of the worker that holds the lock
    events: {} as { type: 'acquire' | 'release'; from: string }, // `from`: the port it arrives at
  },
  guards: { mayRelease: () => true }, // the bug: any worker can free the lock
  actions: {
    send,
    hold: assign({ holder: ({ event }) => event.from }),
    free: assign({ holder: null }),
    ignore: () => {},
  },
}).createMachine({
  id: 'lockServer',
  context: { holder: null },
  initial: 'free',
  states: {
    free: {
      on: {
        acquire: { target: 'held', actions: ['hold', toSender('granted')] },
        release: { actions: 'ignore' },
      },
    },
    held: {
      on: {
        acquire: { actions: toSender('busy') },
        release: [{ guard: 'mayRelease', target: 'free', actions: 'free' }, { actions: 'ignore' }],
      },
    },
  },
});

const fixedServer = lockServer.provide({
  guards: { mayRelease: ({ context, event }) => event.from === context.holder },
});

// 2. The claim: at most one worker works. This monitor hears signals, and fails in `violated`.

const atMostOneWorks = setup({ types: { events: {} as Signal } }).createMachine({
  id: 'atMostOneWorks',
  initial: 'none',
  states: {
    none: { on: { entered: 'one' } },
    one: { on: { entered: 'violated', left: 'none' } },
    violated: {},
  },
});

// 3. The system: components, joined port to port, each with what it may do spontaneously.

const workerNamed = (name: string) =>
  component(name, worker, undefined, { lock: { component: 'locks', port: name } }, [
    { type: 'ask' },
    { type: 'finish' },
  ]);

const systemWith = (server: typeof lockServer) => [
  workerNamed('anna'),
  workerNamed('ben'),
  component('locks', server, undefined, {
    anna: { component: 'anna', port: 'lock' },
    ben: { component: 'ben', port: 'lock' },
  }),
  monitorOf<Signal>()('at most one worker works', atMostOneWorks, undefined),
];

// 4. Visit every state, and print the shortest counterexample. Then walk at random, which also
//    works for a system with too many states; fast-check shrinks the walk that fails.

function print(trace: Trace): void {
  for (const [i, { component, event, deliveries }] of trace.entries()) {
    console.log(`  ${i + 1}. ${component}: ${event.type}`);
    for (const { from, to, event } of deliveries)
      console.log(`     ${from} ${to === '*' ? 'signals' : `-> ${to}:`} ${event.type}`);
  }
}

for (const [name, server] of Object.entries({ lockServer, fixedServer })) {
  const system = systemWith(server);
  const { states, violated } = search(system, [], { statesMax: 1_000 });
  console.log(`${name}: ${states} states, ${violated.size} violated`);
  for (const [claim, trace] of violated) {
    console.log(`  "${claim}" is false after ${trace.length} steps:`);
    print(trace);
  }
  const walk = walker(system);
  const isSafe = fc.property(fc.array(fc.nat(), { maxLength: 50 }), (choices) => {
    walk.reset();
    for (const choice of choices) walk.take(walk.enabled()[choice % walk.enabled().length]!);
    return walk.violated() === null;
  });
  const { counterexample, numRuns } = fc.check(isSafe, { seed: 1 });
  if (counterexample === null) console.log(`  ${numRuns} random walks: no violation`);
  else console.log(`  a random walk violates it, and shrinks to ${counterexample[0].length} steps`);
}

// 5. Live actors take the steps of the counterexample, and the inspector shows them.

const [, , url] = process.argv;
if (url !== undefined) {
  const { inspect } = createWebSocketInspector({ url, ...inspectorOptions });
  const system = systemWith(lockServer);
  const actors = system.map(({ name, machine, input }) =>
    createActor(machine, { id: name, input, inspect }).start(),
  );
  const [trace] = search(system, [], { statesMax: 1_000 }).violated.values();
  for (const { component, event, deliveries } of trace ?? [])
    for (const delivery of [{ to: component, event }, ...deliveries])
      for (const [i, { name, monitor }] of system.entries())
        if (delivery.to === '*' ? monitor : delivery.to === name) actors[i]!.send(delivery.event);
  setInterval(() => {}, 1_000); // until Ctrl-C
}
