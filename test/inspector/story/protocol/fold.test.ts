/** Messages of actors that others run become a story: in order, in words, under clear names. */
import { describe, expect, it, vi } from 'vitest';
import {
  assign,
  createActor,
  createMachine,
  fromPromise,
  sendParent,
  setup,
  waitFor,
} from 'xstate';
import type { Fold } from '../../../../inspector/story/protocol/fold.ts';
import { officialEvents } from '../../../../inspector/story/protocol/official.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../../../properties/deployments/plain.ts';
import { expectToBeWhole, folded, inspected } from '../support/folded.ts';
import { numbers, walked } from '../support/stories.ts';

const deployment = deploymentOf(ARTICLE, 'NTLM');
const { story: RUN } = walked({ deployment, system: systemOf(deployment) }, numbers(120));
const MESSAGES = officialEvents(RUN);

const sentences = ({ story }: Fold) => story.steps.map(({ sentence }) => sentence);

describe('our own messages, folded', () => {
  const fold = folded(MESSAGES);

  it('are one step for each reaction, in order, each in the state it led to', () => {
    const reactions = RUN.steps.flatMap((step) => step.reactions);
    expect(fold.story.steps.map(({ reactions: [only] }) => only)).toEqual(
      reactions.map((reaction) => ({ ...reaction, taken: null, guards: [], actions: [] })),
    );
    expect(fold.unread).toBe(0);
    expect(fold.official).toBe(MESSAGES.length);
    expectToBeWhole(fold.story);
  });

  it('have the charts and the initial states that we have', () => {
    for (const chart of RUN.charts) expect(fold.story.charts).toContainEqual(chart);
    expect(fold.story.initial).toMatchObject(RUN.initial);
  });

  it('are told in words', () => {
    expect(sentences(fold)).toContain(
      'alice>frontEnd#1/server receives connection.opened from alice>frontEnd#1/wire and goes to ' +
        'awaitingNegotiate.',
    );
  });

  it('stay the same object until something new is heard, and the old one stays as it was', () => {
    const growing = folded(MESSAGES.slice(0, 100));
    const before = growing.story;
    expect(growing.story).toBe(before);
    const steps = before.steps.length;
    for (const message of MESSAGES.slice(100)) growing.add(message);
    expect(before.steps).toHaveLength(steps);
    expect(growing.story).toEqual(fold.story);
  });
});

describe('actors of other machines, through the package itself', () => {
  const child = createMachine({
    id: 'worker',
    initial: 'idle',
    states: {
      idle: { on: { work: { target: 'busy', actions: sendParent({ type: 'started' }) } } },
      busy: { on: { stop: 'done' } },
      done: { type: 'final' },
    },
  });
  const parent = setup({
    types: { context: {} as { count: number } },
    actors: { child, ask: fromPromise(async () => 42) },
  }).createMachine({
    id: 'boss',
    context: { count: 0 },
    initial: 'resting',
    invoke: [
      { src: 'child', id: 'worker' },
      { src: 'ask', id: 'ask' },
    ],
    states: {
      resting: {
        on: {
          go: {
            target: 'waiting',
            actions: ({ self }) => self.getSnapshot().children.worker?.send({ type: 'work' }),
          },
        },
      },
      waiting: {
        on: { started: { actions: assign({ count: ({ context }) => context.count + 1 }) } },
      },
    },
  });

  it('are lanes, parents first, and every event is a step', async () => {
    const sent = await inspected(async (inspect) => {
      const actor = createActor(parent, { inspect, id: 'boss' }).start();
      actor.send({ type: 'go' });
      await waitFor(actor, ({ children }) => children.ask?.getSnapshot().status === 'done');
      actor.send({ type: 'nobodyKnowsThis' });
    });
    const fold = folded(sent);
    expectToBeWhole(fold.story);
    expect(fold.unread).toBe(0);
    expect(fold.story.parties).toEqual(['boss', 'worker', 'ask']);
    expect(sentences(fold)).toEqual(
      expect.arrayContaining([
        'boss receives go and goes to waiting.',
        'worker receives work and goes to busy.',
        'boss receives started from worker and stays in waiting.',
        'boss receives nobodyKnowsThis and stays in waiting.',
      ]),
    );
    const started = fold.story.steps.find(({ sentence }) => sentence.includes('started'))!;
    expect(started.travels).toMatchObject([{ from: 'worker', to: 'boss', label: 'started' }]);
    expect(started.reactions[0]?.after.context).toEqual({ count: 1 });
  });

  it('start where they started, though their registration shows where they ended', async () => {
    const orphan = createMachine({
      id: 'orphan',
      initial: 'idle',
      states: {
        idle: { on: { work: 'busy' } },
        busy: { on: { stop: 'done' } },
        done: { type: 'final' },
      },
    });
    const warn = vi.spyOn(console, 'warn').mockReturnValue(); // XState, of events to who is gone
    const sent = await inspected((inspect) => {
      const actor = createActor(orphan, { inspect, id: 'late' }).start();
      actor.send({ type: 'work' });
      actor.send({ type: 'stop' });
      actor.send({ type: 'work' });
    });
    warn.mockRestore();
    expect(sent[0]?.snapshot).toMatchObject({ status: 'done', value: 'done' });
    const { story } = folded(sent);
    expect(story.initial.late?.active).toEqual(['orphan', 'orphan.idle']);
    expect(sentences(folded(sent))).toEqual([
      'late receives work and goes to busy.',
      'late receives stop and goes to done, and is done.',
      'late receives work after it has ended.',
    ]);
    expectToBeWhole(story);
  });

  it('that fail, stop or end say so', () => {
    const actor = { type: '@xstate.actor', _version: '0.7.2', sessionId: 'x:1', name: 'it' };
    const heard = (type: string, snapshot: object) => [
      { type: '@xstate.event', _version: '0.7.2', sessionId: 'x:1', event: { type } },
      { type: '@xstate.snapshot', _version: '0.7.2', sessionId: 'x:1', event: { type }, snapshot },
    ];
    const outcome = (snapshot: object) =>
      sentences(folded([actor, ...heard('a', snapshot), heard('b', {})[0]]));
    expect(outcome({ status: 'error', error: { message: 'no power' } })).toEqual([
      'it receives a and fails: no power.',
      'it receives b after it has ended.',
    ]);
    expect(outcome({ status: 'stopped' })[0]).toBe('it receives a and stops.');
    expect(outcome({ status: 'done' })[0]).toBe('it receives a and is done.');
  });
});

describe('names', () => {
  const actor = (sessionId: string, name: string, more: object = {}) => ({
    type: '@xstate.actor',
    _version: '0.7.2',
    sessionId,
    name,
    ...more,
  });
  const defined = (states: object) => ({
    definition: JSON.stringify({ id: 'light', initial: 'off', states }),
  });

  it('of actors are their own, and say whose children they are where they must', () => {
    const { story } = folded([
      actor('x:0', 'a'),
      actor('x:1', 'b'),
      actor('x:2', 'child', { parentId: 'x:0' }),
      actor('x:3', 'child', { parentId: 'x:1' }),
      actor('x:4', 'child', { parentId: 'x:1' }),
      actor('x:5', '__proto__'),
    ]);
    expect(story.parties).toEqual(['a', 'child', 'b', 'b/child', 'b/child (2)', '__proto__']);
    expectToBeWhole(story);
  });

  it('of machines are as well: two may have one id', () => {
    const { story } = folded([
      actor('x:0', 'a', defined({ off: {} })),
      actor('x:1', 'b', defined({ off: {}, on: {} })),
      actor('x:2', 'c', defined({ off: {} })),
    ]);
    expect(story.components.map(({ machine }) => machine)).toEqual(['light', 'light (2)', 'light']);
    expectToBeWhole(story);
  });

  it('of an actor whose registration was lost are its session, until it comes', () => {
    const event = { type: 'go' };
    const late = { ...defined({ off: {}, on: {} }), snapshot: { value: 'on' } };
    const fold = folded([
      { type: '@xstate.event', sessionId: 'x:9', sourceId: 'x:8', event },
      { type: '@xstate.snapshot', sessionId: 'x:9', event, snapshot: { value: 'off' } },
      actor('x:9', 'known', late),
      { type: '@xstate.snapshot', sessionId: 'x:9', event },
      { type: '@xstate.event', sessionId: 'x:9', event },
      { type: '@xstate.snapshot', sessionId: 'x:9', event, snapshot: { value: 'on' } },
    ]);
    expect(sentences(fold)).toEqual([
      'x:9 receives go from x:8 and continues.',
      'x:9 receives go and continues.',
      'x:9 receives go and goes to on.',
    ]);
    expectToBeWhole(fold.story);
  });
});

describe('events', () => {
  it('without a snapshot become steps before the next event with one', () => {
    const event = (type: string) => ({ type: '@xstate.event', sessionId: 'x:0', event: { type } });
    const snapshot = { type: '@xstate.snapshot', sessionId: 'x:0', event: { type: 'c' } };
    expect(sentences(folded([event('a'), event('b'), event('c'), event('d'), snapshot]))).toEqual([
      'x:0 receives a with an unknown effect.',
      'x:0 receives b with an unknown effect.',
      'x:0 receives c and continues.',
    ]);
  });
});
