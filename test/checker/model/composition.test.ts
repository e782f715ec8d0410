/** Systems as wired: which are none, and what a step of one is. */
import { describe, expect, it } from 'vitest';
import { assign, createMachine, emit, setup } from 'xstate';
import { compose } from '../../../checker/model/composition.ts';
import type { Component, System } from '../../../checker/model/system.ts';
import { search } from '../../../checker/search.ts';
import { at, component, monitor } from '../support/components.ts';

const mute = createMachine({ id: 'mute' });

describe('a system is refused', () => {
  const faulty: [string, System, RegExp][] = [
    [
      'with two components of one name',
      [component('a', mute), component('a', mute)],
      /two components are named a/,
    ],
    ['with a component named *', [component('*', mute)], /stands for all monitors/],
    [
      'when a port leads to no component',
      [component('a', mute, { ports: { p: at('b.q') } })],
      /port p of a leads to b, which does not exist/,
    ],
    [
      'when a port leads to a component without that port',
      [component('a', mute, { ports: { p: at('b.q') } }), component('b', mute)],
      /port p of a leads to port q of b, which it does not have/,
    ],
    [
      'when a port does not lead back',
      [
        component('a', mute, { ports: { p: at('b.q') } }),
        component('b', mute, { ports: { q: at('b.q') } }),
      ],
      /port p of a leads to port q of b, which does not lead back but to port q of b/,
    ],
    [
      'when a port leads back by another port',
      [
        component('a', mute, { ports: { p: at('b.q'), o: null } }),
        component('b', mute, { ports: { q: at('a.o') } }),
      ],
      /which does not lead back but to port o of a/,
    ],
    [
      'when a port leads to one that leads nowhere',
      [
        component('a', mute, { ports: { p: at('b.q') } }),
        component('b', mute, { ports: { q: null } }),
      ],
      /does not lead back but to nowhere/,
    ],
    [
      'when a monitor offers',
      [{ ...monitor('m', mute), offers: [{ type: 'go' }] }],
      /monitor m has offers/,
    ],
    ['when a monitor has ports', [{ ...monitor('m', mute), ports: { p: null } }], /m has ports/],
  ];
  it.each(faulty)('%s', (_, system, message) => {
    expect(() => compose(system)).toThrow(TypeError);
    expect(() => compose(system)).toThrow(message);
  });

  it('when an input is no plain data, by the name of the machine', () => {
    const system = [component('a', mute, { input: { seen: new Set() } })];
    expect(() => compose(system)).toThrow(/input of machine mute\.seen must be plain data/);
  });
});

type Send = { readonly to: string; readonly event: { readonly type: string } };
const talker = setup({
  actions: {
    send: (_, _params: Send) => {},
    signal: emit((_, event: { type: string }) => event),
  },
});
const sends = (...tos: readonly string[]) =>
  tos.map((to) => ({ type: 'send' as const, params: { to, event: { type: 'hear' } } }));
const GO = [{ type: 'go' }];
const LIMITS = { statesMax: 100 };
const onlyStep = (system: Component[]) => {
  const composition = compose(system);
  return composition
    .trace([0])[0]
    ?.deliveries.map(({ from, to, event }) => [`${from} > ${to}`, event]);
};

describe('a step', () => {
  it('that sends to a port which is not listed is an error naming component and port', () => {
    const machine = talker.createMachine({ on: { go: { actions: sends('nowhere') } } });
    const system = [component('a', machine, { offers: GO })];
    expect(() => search(system, [], LIMITS)).toThrow(/a sends to its port nowhere/);
  });

  it('that sends to a port without a peer is enabled and delivers nothing', () => {
    const machine = talker.createMachine({ on: { go: { actions: sends('void') } } });
    expect(onlyStep([component('a', machine, { offers: GO, ports: { void: null } })])).toEqual([]);
  });

  it('delivers first in, first out, stamped with the port of the receiver', () => {
    const first = talker.createMachine({ on: { go: { actions: sends('p', 'q') } } });
    const relay = talker.createMachine({ on: { hear: { actions: sends('next') } } });
    const last = setup({ actions: { ignore: () => {} } }).createMachine({
      on: { hear: { actions: 'ignore' } },
    });
    const system = [
      component('a', first, { offers: GO, ports: { p: at('b.in'), q: at('c.in') } }),
      component('b', relay, { ports: { in: at('a.p'), next: at('d.left') } }),
      component('c', relay, { ports: { in: at('a.q'), next: at('d.right') } }),
      component('d', last, { ports: { left: at('b.next'), right: at('c.next') } }),
    ];
    expect(onlyStep(system)).toEqual([
      ['a > b', { type: 'hear', from: 'in' }],
      ['a > c', { type: 'hear', from: 'in' }],
      ['b > d', { type: 'hear', from: 'left' }],
      ['c > d', { type: 'hear', from: 'right' }],
    ]);
  });

  it('reaches its own component through a port of its own', () => {
    const machine = talker.createMachine({
      initial: 'quiet',
      states: {
        quiet: { on: { go: { target: 'waiting', actions: sends('out') } } },
        waiting: { on: { hear: 'heard' } },
        heard: {},
      },
    });
    const ports = { out: at('a.in'), in: at('a.out') };
    expect(search([component('a', machine, { offers: GO, ports })], [], LIMITS).states).toBe(2);
  });

  it('that an addressee refuses changes nothing, sends no signals, and is recorded', () => {
    const machine = talker.createMachine({
      id: 'brash',
      initial: 'quiet',
      states: {
        quiet: {
          on: {
            go: {
              target: 'loud',
              actions: [{ type: 'signal', params: { type: 'hear' } }, ...sends('p')],
            },
          },
        },
        loud: {},
      },
    });
    const once = createMachine({
      id: 'once',
      initial: 'never',
      states: { never: { on: { hear: 'violated' } }, violated: {} },
    });
    const deaf = createMachine({
      id: 'deaf',
      initial: 'asleep',
      states: { asleep: { initial: 'deeply', states: { deeply: {} } } },
    });
    const result = search(
      [
        component('a', machine, { offers: GO, ports: { p: at('b.q') } }),
        component('b', deaf, { ports: { q: at('a.p') } }),
        monitor('m', once),
      ],
      [],
      LIMITS,
    );
    expect(result).toMatchObject({ states: 1, transitions: 0, depth: 0, deadlock: [] });
    expect(result.violated.size).toBe(0);
    expect(result.refusals).toEqual([
      { sender: 'brash', addressee: 'deaf', state: '{"asleep":"deeply"}', event: 'hear' },
    ]);
    expect(result.neverAccepted).toEqual(result.refusals);
  });

  it('is only ever refused, or accepted in another state', () => {
    const once = talker.createMachine({
      initial: 'open',
      states: { open: { on: { hear: 'full' } }, full: {} },
    });
    const brash = talker.createMachine({ id: 'brash', on: { go: { actions: sends('p') } } });
    const result = search(
      [
        component('a', brash, { offers: GO, ports: { p: at('b.q') } }),
        component('b', once, { ports: { q: at('a.p') } }),
      ],
      [],
      LIMITS,
    );
    expect(result.refusals).toMatchObject([{ state: 'full', event: 'hear' }]);
    expect(result.neverAccepted).toEqual([]);
  });

  it('that does not end is an error', () => {
    const echo = talker.createMachine({
      on: { go: { actions: sends('p') }, hear: { actions: sends('p') } },
    });
    const system = [
      component('a', echo, { offers: GO, ports: { p: at('b.p') } }),
      component('b', echo, { ports: { p: at('a.p') } }),
    ];
    expect(() => search(system, [], LIMITS)).toThrow(/more than 10000 deliveries in one step/);
  });
});

describe('a monitor', () => {
  const signals = (...types: string[]) =>
    types.map((type) => ({ type: 'signal' as const, params: { type } }));
  const speaker = talker.createMachine({ on: { go: { actions: signals('x', 'y') } } });

  it('hears signals in order, and one it has no use for leaves it as it is', () => {
    const listener = createMachine({
      initial: 'start',
      states: {
        start: { on: { y: 'wrong', x: 'heardX' } },
        heardX: { on: { y: 'right' } },
        right: {},
        wrong: {},
      },
    });
    const composition = compose([component('a', speaker, { offers: GO }), monitor('m', listener)]);
    composition.trace([0, 0]);
    expect(composition.snapshot(1, composition.next[1]!).value).toBe('right');
  });

  it('that emits is an error', () => {
    const echo = talker.createMachine({ on: { x: { actions: signals('y') } } });
    const system = [component('a', speaker, { offers: GO }), monitor('m', echo)];
    expect(() => search(system, [], LIMITS)).toThrow(/monitor m sends or emits/);
  });

  it('hears payloads: two monitors of one machine count alike', () => {
    const counter = setup({
      types: { context: {} as { n: number } },
      actions: { count: assign(({ context }) => ({ n: Math.min(context.n + 1, 3) })) },
    }).createMachine({ context: { n: 0 }, on: { x: { actions: 'count' } } });
    const system = [
      component('a', speaker, { offers: GO }),
      monitor('m', counter),
      monitor('n', counter),
    ];
    expect(search(system, [], LIMITS).states).toBe(4);
  });
});
