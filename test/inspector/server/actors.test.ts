/** Live actors do what the model says, and whoever looks on, however late, is told all of it. */
import { describe, expect, it } from 'vitest';
import type { Inspection } from '../../../inspector/feed.ts';
import { type ActorsOptions, runActors } from '../../../inspector/server/actors.ts';
import { Fold } from '../../../inspector/story/protocol/fold.ts';
import { recorderOf } from '../../../inspector/story/record.ts';
import type { StoryStep } from '../../../inspector/story/story.ts';
import { systemOf } from '../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { ARTICLE, THREE_HOPS } from '../../../properties/deployments/plain.ts';

const NTLM = deploymentOf(ARTICLE, 'NTLM');

async function ran(options: Partial<ActorsOptions> = {}) {
  const messages: Inspection[] = [];
  const steps = await runActors({
    deployment: NTLM,
    seed: 7,
    stepsPerSecond: Number.POSITIVE_INFINITY,
    onInspection: (message) => messages.push(message),
    signal: new AbortController().signal,
    stepsMax: 300,
    ...options,
  });
  return { steps, messages };
}

const isOurs = ({ type }: Inspection) => type.startsWith('@double-hop.');
const untimed = (messages: readonly Inspection[]) =>
  messages.map(({ createdAt: _, ...message }) => message);

function folded(messages: readonly Inspection[]) {
  const fold = new Fold();
  for (const message of messages) fold.add(JSON.parse(JSON.stringify(message)));
  return fold;
}

describe.each([
  [NTLM.name, NTLM],
  ['three-hops', deploymentOf(THREE_HOPS)],
])('300 steps of live actors, %s', (_, deployment) => {
  const running = ran({ deployment });

  it('are those of the recorder', async () => {
    const { steps, messages } = await running;
    expect(steps).toBe(300);
    const recorder = recorderOf({ deployment, system: systemOf(deployment) });
    const told = messages.filter(({ type }) => type === '@double-hop.step');
    expect(told).toHaveLength(300);
    for (const { step } of told) {
      const [first] = (step as StoryStep).reactions;
      expect(recorder.take(first!.component, first!.event)).toEqual(step);
    }
  });

  it('are told whole by the official messages alone, every reaction in order', async () => {
    const { messages } = await running;
    const official = messages.filter((message) => !isOurs(message));
    const live = folded(official).story.steps.map(({ reactions: [only] }) => only!);
    const reactions = messages
      .filter(({ type }) => type === '@double-hop.step')
      .flatMap(({ step }) => (step as StoryStep).reactions);
    const stripped = reactions.map(({ component, event, from, after }) => ({
      component,
      event,
      from,
      after,
    }));
    expect(live.slice(0, stripped.length)).toEqual(
      stripped.map((reaction) => ({ ...reaction, taken: null, guards: [], actions: [] })),
    );
    const rest = live.slice(stripped.length).map(({ event }) => event.type);
    expect(new Set(rest)).toEqual(new Set(['xstate.stop']));
  });

  it('are seen from the start by a late viewer', async () => {
    const { messages } = await running;
    const { story, unread } = folded(messages);
    expect(unread).toBe(0);
    expect(story.steps).toHaveLength(300);
    expect(story.title).toBe(`${deployment.name}, live`);
    expect(story.parties).toContain('alice');
  });

  it('are registered before they do anything, under names that stay', async () => {
    const { messages } = await running;
    const system = systemOf(deployment);
    const ids = messages
      .slice(0, system.length + 1)
      .map(({ type, sessionId }) => [type, sessionId]);
    expect(ids).toEqual(
      ['system', ...system.map(({ name }) => name)].map((name) => ['@xstate.actor', name]),
    );
    const times = messages
      .filter((message) => !isOurs(message))
      .map(({ createdAt }) => Number(createdAt));
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });
});

describe('a seed', () => {
  it('means the same steps each time, and another other ones', async () => {
    const [first, again, other] = await Promise.all([
      ran({ stepsMax: 60 }),
      ran({ stepsMax: 60 }),
      ran({ stepsMax: 60, seed: 8 }),
    ]);
    expect(untimed(again.messages)).toEqual(untimed(first.messages));
    expect(untimed(other.messages)).not.toEqual(untimed(first.messages));
  });
});

describe('the signal', () => {
  it('ends them at once, between two steps', async () => {
    const controller = new AbortController();
    const messages: Inspection[] = [];
    const running = runActors({
      deployment: NTLM,
      seed: 7,
      stepsPerSecond: 0.01,
      onInspection: (message) => messages.push(message),
      signal: controller.signal,
    });
    const start = performance.now();
    controller.abort();
    expect(await running).toBe(0);
    expect(performance.now() - start).toBeLessThan(1_000);
    expect(messages.at(-1)).toMatchObject({
      type: '@xstate.snapshot',
      snapshot: { status: 'stopped' },
    });
  });

  it('ends them at full speed as well', async () => {
    const controller = new AbortController();
    const { steps } = await ran({
      signal: controller.signal,
      stepsMax: 5_000,
      onInspection: ({ type }) => type === '@double-hop.step' && controller.abort(),
    });
    expect(steps).toBe(1);
  });

  it('that came before leaves nothing to run', async () => {
    expect((await ran({ signal: AbortSignal.abort() })).steps).toBe(0);
  });
});

describe('whoever looks on', () => {
  it('may fail: the actors are stopped, and the error is thrown', async () => {
    const failing = ran({
      onInspection: ({ type }) => {
        if (type === '@double-hop.step') throw new Error('no room left');
      },
    });
    await expect(failing).rejects.toThrow('no room left');
  });

  it('takes the given number of steps a second', async () => {
    const start = performance.now();
    await ran({ stepsPerSecond: 50, stepsMax: 10 });
    expect(performance.now() - start).toBeGreaterThan(190);
  });
});
