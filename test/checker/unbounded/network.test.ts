import { describe, expect, it } from 'vitest';
import { type AnyStateMachine, setup } from 'xstate';
import { Kinds } from '../../../checker/unbounded/generalise.ts';
import type { Abstraction } from '../../../checker/unbounded/kinds.ts';
import { type Letter, supposeSender } from '../../../checker/unbounded/letters.ts';
import { Network } from '../../../checker/unbounded/network.ts';
import { Path } from '../../../checker/unbounded/path.ts';
import { component } from '../../../machines/system/component.ts';

const ABSTRACTION: Abstraction = {
  texts: {},
  choices: [],
  numbers: { field: 'serial', sort: 'Serial' },
  functions: [],
  loosened: () => ({ input: {}, context: {} }),
};

const send = (
  _: unknown,
  _message: { readonly to: string; readonly event: { type: string } },
) => {};
const sending = (to: string, type: string) =>
  ({ type: 'send', params: { to, event: { type } } }) as const;

const ignoring = { actions: 'ignore' } as const;
const machineOf = (id: string, on: object): AnyStateMachine =>
  setup({ actions: { send, ignore: () => {} } }).createMachine({ id, on });

/** It asks another group, and then has something to settle in its own. */
const asker = machineOf('asker', {
  go: { actions: [sending('far', 'ask'), sending('keeper', 'note')] },
  noted: ignoring,
  answer: ignoring,
});
const keeper = machineOf('keeper', { note: { actions: sending('asker', 'noted') } });
const calmKeeper = machineOf('keeper', { note: ignoring });
const echo = machineOf('echo', { ask: { actions: sending('near', 'answer') } });
const sink = machineOf('sink', { ask: ignoring });

function networkOf(inner: AnyStateMachine, far: AnyStateMachine): Network {
  const system = [
    component(
      'asker',
      asker,
      undefined,
      {
        far: { component: 'far', port: 'near' },
        keeper: { component: 'keeper', port: 'asker' },
      },
      [{ type: 'go' }],
    ),
    component('keeper', inner, undefined, { asker: { component: 'asker', port: 'keeper' } }),
    component('far', far, undefined, { near: { component: 'asker', port: 'far' } }),
  ];
  const network = new Network(
    new Kinds(
      [
        {
          system,
          sortOf: () => null,
          place: ({ name, machine: { id } }) =>
            name === 'far'
              ? { group: 'two', part: id, label: 'far' }
              : { group: 'one', part: id, label: 'near' },
        },
      ],
      ABSTRACTION,
    ),
  );
  network.close();
  return network;
}

describe('a letter is overtaken', () => {
  it('where its answer could come while something is under way', () => {
    const { overtaking } = networkOf(keeper, echo);
    expect(overtaking).toHaveLength(1);
    expect(overtaking[0]).toMatch(/^a letter whose answer may come too early: .*keeper ← note/);
  });

  it('not where no group answers', () => {
    const network = networkOf(keeper, sink);
    expect(network.letters.size).toBe(1);
    expect(network.overtaking).toEqual([]);
  });

  it('not where all has been settled', () => {
    const network = networkOf(calmKeeper, echo);
    expect(network.letters.size).toBe(2);
    expect(network.overtaking).toEqual([]);
  });
});

describe('the sender of a signal', () => {
  const letter = (identity: string | null, sort = 'Connection') =>
    ({
      senders: ['connection'],
      sorts: new Map([['connection', sort]]),
      to: { identity, roles: new Map([['client.connection', 'Connection']]) },
    }) as unknown as Letter;
  const isOther = (some: Letter) => {
    const path = new Path();
    supposeSender(path, some);
    return path.differ('event.connection', '@client.connection');
  };

  it('is another group than the one that hears it', () => {
    expect(isOther(letter('client.connection'))).toBe(true);
  });

  it('may be any where groups have no name, or a name of another sort', () => {
    expect(isOther(letter(null))).toBe(false);
    expect(isOther(letter('client.connection', 'Party'))).toBe(false);
  });

  it('is not the one that hears it, so that no path goes on from there', () => {
    const path = new Path();
    supposeSender(path, letter('client.connection'));
    expect(() => path.suppose('event.connection', '@client.connection')).toThrow('at odds');
  });
});
