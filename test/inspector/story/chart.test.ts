/** Charts, of our own machines and of those that only the wire protocol tells of. */
import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { stateKey } from '../../../checker/model/state-key.ts';
import { chartOf, transitionId } from '../../../inspector/story/chart.ts';
import { machinesWith } from '../../../inspector/story/documents/subjects.ts';
import { chartOfDefinition } from '../../../inspector/story/protocol/chart-of-definition.ts';
import { EVERY_MACHINE } from '../../../inspector/story/protocol/every-machine.ts';
import type { Chart, ChartNode } from '../../../inspector/story/story.ts';
import { RESPONSE_CHECK_ORDER } from '../../../machines/ntlm/acceptor.ts';
import { ntlmClientConnection } from '../../../machines/ntlm/ntlm-client.ts';
import { ntlmServerConnection } from '../../../machines/ntlm/ntlm-server.ts';
import { browser } from '../../../machines/parties/browser.ts';
import { transitionsOf } from '../../machines/support/model-based.ts';

const nodesOf = (node: ChartNode): readonly ChartNode[] => [
  node,
  ...node.children.flatMap(nodesOf),
];
const idsOf = (chart: Chart) => chart.transitions.map(({ id }) => id);

describe.each([...EVERY_MACHINE])('the chart of %s', (_, machine) => {
  const chart = chartOf(machine);

  it('has every transition of the machine, each under an id of its own', () => {
    const told = chart.transitions.map(
      ({ source, event, guard, targets }) =>
        `${source}: ${event}${guard === null ? '' : ` [${guard}]`} -> ${targets.join() || 'same'}`,
    );
    expect([...new Set(told)].sort()).toEqual(transitionsOf(machine));
    expect(new Set(idsOf(chart)).size).toBe(chart.transitions.length);
  });

  it('leads from nodes that it has, to nodes that it has', () => {
    const ids = nodesOf(chart.root).map(({ id }) => id);
    for (const { source, targets } of chart.transitions)
      for (const id of [source, ...targets]) expect(ids).toContain(id);
  });

  it('can be read from the definition that the protocol sends', () => {
    expect(chartOfDefinition(JSON.parse(JSON.stringify(machine.config)))).toEqual(chart);
  });

  it('is the same from a definition whose keys were sorted, but for the order', () => {
    const sorted = chartOfDefinition(JSON.parse(JSON.stringify(sortedKeys(machine.config))))!;
    expect(idsOf(sorted).sort()).toEqual([...idsOf(chart)].sort());
    expect(inIdOrder(sorted.root)).toEqual(inIdOrder(chart.root));
  });
});

const sortedKeys = (value: unknown): unknown =>
  typeof value !== 'object' || value === null || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value)
          .toSorted(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sortedKeys(inner)]),
      );

const inIdOrder = (root: ChartNode) =>
  nodesOf(root)
    .map(({ children, ...node }) => stateKey(node))
    .sort();

describe('a chart', () => {
  it('keeps the order of the author, and says where a state begins', () => {
    const { root } = chartOf(ntlmClientConnection);
    expect(root.children.map(({ key }) => key)).toEqual(['closed', 'idle', 'busy', 'failed']);
    expect(root.children[2]).toMatchObject({
      id: 'ntlmClientConnection.busy',
      type: 'compound',
      initial: 'ntlmClientConnection.busy.awaitingReply',
      entry: ['signalAsked'],
      exit: ['signalAnswered'],
    });
    expect(chartOf(browser).root).toMatchObject({ type: 'parallel', initial: null });
  });

  it('tells the wildcard, eventless transitions, and those of one event apart', () => {
    const server = chartOf(ntlmServerConnection);
    expect(server.transitions.find(({ event }) => event === '*')).toEqual({
      id: 'ntlmServerConnection * 0',
      source: 'ntlmServerConnection',
      targets: ['ntlmServerConnection.awaitingNegotiate'],
      event: '*',
      guard: null,
      actions: ['reject'],
    });
    const verdicts = server.transitions.filter(({ event, source }) =>
      `${source} ${event}`.endsWith('awaitingAuthenticate AUTHENTICATE_MESSAGE'),
    );
    expect(verdicts.map(({ id, guard }) => [id.at(-1), guard])).toEqual([
      ...RESPONSE_CHECK_ORDER.map((check, i) => [`${i}`, check]),
      [`${RESPONSE_CHECK_ORDER.length}`, null],
    ]);
    expect(chartOf(ntlmClientConnection).transitions).toContainEqual({
      id: 'ntlmClientConnection.failed always 0',
      source: 'ntlmClientConnection.failed',
      targets: ['ntlmClientConnection.idle'],
      event: '',
      guard: null,
      actions: ['finish', 'release'],
    });
  });

  it('has the ids of a machine with a fault in it', () => {
    const faulty = machinesWith('challenge-not-compared').ntlmServerConnection;
    expect(faulty).not.toBe(ntlmServerConnection);
    const taken = faulty.root.transitions.get('http.request')![0]!;
    expect(idsOf(chartOf(ntlmServerConnection))).toContain(transitionId(taken));
  });
});

describe('a definition of somebody else', () => {
  it('leads where XState would lead: by id, to a child, and to a sibling', () => {
    const definition = {
      id: 'm',
      initial: 'a',
      states: {
        a: {
          on: { ID: '#there.inner', CHILD: { target: '.one' }, SIBLING: 'b' },
          initial: 'one',
          states: { one: {} },
        },
        b: { id: 'there', initial: 'outer', states: { outer: {}, inner: { type: 'final' } } },
      },
      on: { DOWN: '.b' },
    };
    const targets = chartOfDefinition(definition)!.transitions.map(({ event, targets }) => [
      event,
      ...targets,
    ]);
    expect(targets).toEqual([
      ['DOWN', 'there'],
      ['ID', 'm.b.inner'],
      ['CHILD', 'm.a.one'],
      ['SIBLING', 'there'],
    ]);
  });

  it('has the transitions that time, ends and invoked actors cause', () => {
    const definition = {
      id: 'm',
      initial: 'a',
      states: {
        a: { after: { 1000: 'b' }, invoke: { src: 'work', id: 'w', onDone: 'b', onError: 'c' } },
        b: { initial: 'x', states: { x: { type: 'final' } }, onDone: { target: 'c' } },
        c: { type: 'history', history: 'deep' },
      },
    };
    const chart = chartOfDefinition(definition)!;
    expect(chart.transitions.map(({ event, targets }) => [event, targets[0]])).toEqual([
      ['xstate.done.actor.w', 'm.b'],
      ['xstate.error.actor.w', 'm.c'],
      ['xstate.after.1000.m.a', 'm.b'],
      ['xstate.done.state.m.b', 'm.c'],
    ]);
    expect(chart.root.children.map(({ type }) => type)).toEqual(['atomic', 'compound', 'history']);
    expect(idsOf(chart)).toEqual(idsOf(chartOf(createMachine(definition as object))));
  });

  it('is read as far as it goes where deep parts were cut off', () => {
    const definition = {
      id: 'm',
      initial: 'a',
      states: { a: { initial: 'x', states: { x: '[Object]' } }, b: { entry: '[Array]' } },
    };
    const [, a, x, b] = nodesOf(chartOfDefinition(definition)!.root);
    expect([a, x, b].map((node) => [node?.id, node?.type])).toEqual([
      ['m.a', 'compound'],
      ['m.a.x', 'atomic'],
      ['m.b', 'atomic'],
    ]);
  });

  it('runs nothing that it names', () => {
    const definition = { id: 'm', entry: { type: 'boom' }, on: { E: { guard: { type: 'not' } } } };
    expect(chartOfDefinition(definition)!.transitions[0]).toMatchObject({ guard: 'not' });
  });

  it.each([
    ['no machine', { id: 'fetchUser' }],
    ['a text', 'm'],
    ['nothing', null],
    ['a list', []],
    ['a target that is not there', { id: 'm', on: { E: '.nowhere' } }],
    ['no initial state', { id: 'm', states: { a: {} } }],
    ['states nested without end', nested(20_000)],
  ])('is null for %s', (_, definition) => {
    expect(chartOfDefinition(definition)).toBeNull();
  });
});

function nested(depth: number): object {
  let config: object = {};
  for (let i = 0; i < depth; i += 1) config = { initial: 'a', states: { a: config } };
  return config;
}
