/** Machines as tables: what a table refuses to hold, and that it asks XState only once. */
import { describe, expect, it } from 'vitest';
import {
  type AnyEventObject,
  type AnyStateMachine,
  assign,
  createMachine,
  emit,
  enqueueActions,
  fromPromise,
  raise,
  sendTo,
  setup,
} from 'xstate';
import { ImpureMachineError, MachineError, Table, tableOf } from '../../../checker/model/table.ts';
import { search } from '../../../checker/search.ts';
import { component } from '../support/components.ts';
import { fork } from '../support/philosophers.ts';

/** What the machine does with these events, one after the other; null once it refuses one. */
function react(machine: AnyStateMachine, ...events: readonly (string | AnyEventObject)[]) {
  const table = new Table(machine, undefined);
  return events.reduce<ReturnType<Table['react']>>(
    (last, event) =>
      last &&
      table.react(last.next, table.eventId(typeof event === 'string' ? { type: event } : event)),
    { next: 0, effects: [] },
  );
}

const acting = (actions: unknown, context = {}) =>
  createMachine({ id: 'acting', context, on: { go: { actions } } } as never);

describe('a table tells', () => {
  it('an action that changes nothing from a refusal', () => {
    expect(
      react(
        acting(() => {}),
        'go',
      ),
    ).toEqual({ next: 0, effects: [] });
    expect(
      react(
        acting(() => {}),
        'stop',
      ),
    ).toBeNull();
  });

  it('a forbidden transition `{}` for a refusal, even under a wildcard', () => {
    const machine = createMachine({ on: { no: {}, '*': { actions: () => {} } } });
    expect([react(machine, 'no'), react(machine, 'other')]).toEqual([
      null,
      { next: 0, effects: [] },
    ]);
  });

  it('a final state, which refuses all that its root does not answer', () => {
    const states = { open: { on: { close: 'closed' } }, closed: { type: 'final' } } as const;
    const plain = createMachine({ initial: 'open', states });
    expect(react(plain, 'close')).toEqual({ next: 1, effects: [] });
    expect(react(plain, 'close', 'close')).toBeNull();
    const answering = createMachine({ initial: 'open', states, on: { close: '.open' } });
    expect(react(answering, 'close', 'close')?.next).not.toBe(1);
  });

  it('outputs of final states apart', () => {
    const machine = createMachine({
      initial: 'open',
      states: {
        open: { on: { end: 'closed', kill: 'closed' } },
        closed: { type: 'final', output: ({ event }) => event.type },
      },
      output: ({ event }) => event.output,
    });
    const table = new Table(machine, undefined);
    const ends = ['end', 'kill'].map((type) => table.react(0, table.eventId({ type }))?.next);
    expect(new Set(ends).size).toBe(2);
  });

  it('messages and signals in order, resolved after the assigns before them', () => {
    const machine = setup({
      types: { context: {} as { n: number } },
      actions: {
        count: assign(({ context }) => ({ n: context.n + 1 })),
        tell: (_, _params: unknown) => {},
      },
    }).createMachine({
      context: { n: 0 },
      on: {
        go: {
          actions: [
            'count',
            {
              type: 'tell',
              params: ({ context: { n } }: { context: { n: number } }) => ({
                to: 'a',
                event: { type: 'm', n },
              }),
            },
            emit({ type: 'c' }),
            { type: 'tell', params: { other: 1 } },
            { type: 'tell', params: null },
          ],
        },
      },
    });
    expect(react(machine, 'go')?.effects).toEqual([
      { to: 'a', event: { type: 'm', n: 1 } },
      { signal: { type: 'c' } },
    ]);
  });

  it('an immediate raise nothing, for XState has already heard it', () => {
    const machine = createMachine({
      initial: 'one',
      states: { one: { on: { go: { actions: raise({ type: 'next' }) }, next: 'two' } }, two: {} },
    });
    expect(react(machine, 'go')).toEqual({ next: 1, effects: [] });
  });

  it('actions enqueued in an action like any other', () => {
    const tell = { type: 'tell', params: { to: 'a', event: { type: 'm' } } };
    const machine = acting(
      enqueueActions(({ enqueue }) => {
        enqueue(tell as never);
        enqueue.emit({ type: 'c' });
      }),
    );
    expect(react(machine, 'go')?.effects).toEqual([tell.params, { signal: { type: 'c' } }]);
  });
});

describe('a table refuses', () => {
  it.each([
    [{ seen: new Set([1]) }, /machine acting at its start.*context\.seen.*Set/],
    [{ seen: new Map() }, /context\.seen.*Map/],
    [{ user: undefined }, /context\.user.*undefined/],
    [{ count: Number.NaN }, /context\.count.*NaN/],
  ])('the context %o', (context, message) => {
    expect(() => react(acting([], context))).toThrow(MachineError);
    expect(() => react(acting([], context))).toThrow(message);
  });

  it('a context that stops being plain data, and names machine, state and event', () => {
    const machine = acting(assign({ seen: () => new Set() }), { seen: null });
    expect(() => react(machine, 'go')).toThrow(
      /machine acting in state \{\} on \{"type":"go"\}: snapshot\.context\.seen must be plain data/,
    );
  });

  it('an assign that edits the context it was given, at any depth', () => {
    const pushing = assign(({ context }: { context: { list: { n: number }[] } }) => {
      context.list[0]!.n += 1;
      return {};
    });
    const machine = acting(pushing, { list: [{ n: 0 }] });
    expect(() => react(machine, 'go')).toThrow(ImpureMachineError);
    expect(() => react(machine, 'go')).toThrow(/acting.*"go".*read only/);
  });

  it.each([
    ['assign', acting(assign({ n: () => Math.random() }), { n: 0 })],
    [
      'message',
      acting({ type: 'send', params: () => ({ to: 'a', event: { type: `${Math.random()}` } }) }),
    ],
    ['signal', acting(emit(() => ({ type: `c${Math.random()}` })))],
  ])('a random %s', (_, machine) => {
    expect(() => react(machine, 'go')).toThrow(ImpureMachineError);
    expect(() => react(machine, 'go')).toThrow(/asked twice, it answers differently/);
  });

  it('a random guard, within a few states', () => {
    const machine = createMachine({
      context: { n: 0 },
      on: {
        go: {
          guard: () => Math.random() < 0.5,
          actions: assign(({ context }) => ({ n: (context.n + 1) % 100 })),
        },
        skip: { actions: assign(({ context }) => ({ n: (context.n + 1) % 100 })) },
      },
    });
    const system = [component('c', machine, { offers: [{ type: 'go' }, { type: 'skip' }] })];
    expect(() => search(system, [], { statesMax: 100 })).toThrow(ImpureMachineError);
  });

  it('a start that is random', () => {
    const machine = createMachine({ context: () => ({ n: Math.random() }) });
    expect(() => new Table(machine, undefined)).toThrow(ImpureMachineError);
  });

  it('a guard that throws, and names machine, state and event', () => {
    const machine = createMachine({
      id: 'picky',
      initial: 'calm',
      states: {
        calm: {
          on: {
            go: {
              guard: () => {
                throw new Error('no such user');
              },
            },
          },
        },
      },
    });
    expect(() => react(machine, { type: 'go', n: 1 })).toThrow(
      /^machine picky in state "calm" on \{"type":"go","n":1\}.*no such user/s,
    );
  });

  const actor = fromPromise(async () => 0);
  it.each([
    ['an invoke', createMachine({ invoke: { src: actor } })],
    ['a timer', createMachine({ initial: 'a', states: { a: { after: { 10: 'b' } }, b: {} } })],
    ['a child', createMachine({ context: ({ spawn }) => ({ n: spawn(actor) && 0 }) })],
    ['a message at the start', createMachine({ entry: { type: 't', params: { to: 'a' } } })],
    ['a signal at the start', createMachine({ entry: emit({ type: 'c' }) })],
  ])('%s before the first event', (_, machine) => {
    expect(() => new Table(machine, undefined)).toThrow(MachineError);
  });

  it.each([
    ['an invoke', { invoke: { src: actor } }],
    ['a timer', { after: { 10: 'first' } }],
    ['a delayed raise', { entry: raise({ type: 'go' }, { delay: 0 }) }],
    ['a sendTo', { entry: sendTo('nobody', { type: 'go' }) }],
    ['a message without an event', { entry: { type: 'send', params: { to: 'a' } } }],
    ['a message to no port', { entry: { type: 'send', params: { to: 1, event: { type: 'e' } } } }],
    ['a signal that is no event', { entry: emit(() => 'c' as never) }],
  ])('%s in a later state', (_, later) => {
    const states = { first: { on: { go: 'second' } }, second: later };
    const machine = createMachine({ id: 'late', initial: 'first', states } as never);
    expect(() => react(machine, 'go')).toThrow(MachineError);
    expect(() => react(machine, 'go')).toThrow(/machine late in state "first" on/);
  });
});

describe('tables are shared', () => {
  /** A counter of questions, and a machine whose guard is asked them. */
  const counting = () => {
    const asked = { times: 0 };
    const machine = setup({
      types: { input: {} as { max: number }, context: {} as { n: number; max: number } },
      guards: {
        isBelow: ({ context: { n, max } }) => {
          asked.times += 1;
          return n < max;
        },
      },
      actions: {
        count: assign(({ context }) => ({ n: context.n + 1 })),
        restart: assign(() => ({ n: 0 })),
      },
    }).createMachine({
      context: ({ input: { max } }) => ({ n: 0, max }),
      on: { go: { guard: 'isBelow', actions: 'count' }, again: { actions: 'restart' } },
    });
    const offers = [{ type: 'go' }, { type: 'again' }];
    const of = (names: string, max: number) =>
      [...names].map((name) => component(name, machine, { input: { max }, offers }));
    return { asked, machine, of };
  };

  it('by components and systems of one machine and input: 10 questions for 625 states', () => {
    const { asked, of } = counting(); // names, each of a component with 5 states
    const first = search(of('a', 4), [], { statesMax: 10 });
    const { times } = asked;
    const [second, third] = ['abc', 'abcd'].map((n) => search(of(n, 4), [], { statesMax: 999 }));
    expect([first.states, second?.states, third?.states]).toEqual([5, 125, 625]);
    expect([first.evaluations, second?.evaluations, third?.evaluations]).toEqual([10, 0, 0]);
    // The guard: twice in `can` and in `transition` where it holds, twice in `can` where not.
    expect([times, asked.times - times]).toEqual([4 * 4 + 2, 0]);
  });

  it('but not between inputs, nor with a machine provided otherwise', () => {
    const { machine } = counting();
    const table = tableOf(machine, { max: 1 });
    expect(tableOf(machine, { max: 1 })).toBe(table);
    expect(tableOf(machine, { max: 2 })).not.toBe(table);
    expect(tableOf(machine.provide({}), { max: 1 })).not.toBe(table);
  });

  it('by events: the order of their fields is nothing', () => {
    const table = new Table(fork, undefined);
    const [one, two] = [
      { type: 'take', a: 1, b: 2 },
      { b: 2, type: 'take', a: 1 },
    ];
    expect(table.eventId(one)).toBe(table.eventId(two));
    expect(() => table.eventId({ type: 'take', who: undefined })).toThrow(/take\.who/);
  });
});
