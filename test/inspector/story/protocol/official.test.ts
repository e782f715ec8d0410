/** What we send arrives whole, and in order, at the receivers of `@statelyai/inspect` itself. */
import { createBrowserInspector, createBrowserReceiver, createInspector } from '@statelyai/inspect';
import { describe, expect, it } from 'vitest';
import { createActor, createMachine, setup } from 'xstate';
import { chartOf } from '../../../../inspector/story/chart.ts';
import { chartOfDefinition } from '../../../../inspector/story/protocol/chart-of-definition.ts';
import { definitionOf } from '../../../../inspector/story/protocol/definition.ts';
import { EVERY_MACHINE } from '../../../../inspector/story/protocol/every-machine.ts';
import { inspectorOptions, officialEvents } from '../../../../inspector/story/protocol/official.ts';
import { stateValueOf } from '../../../../inspector/story/protocol/state-value.ts';
import type { Chart, Story } from '../../../../inspector/story/story.ts';
import { systemOf } from '../../../../machines/system/deployment.ts';
import { deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE, THREE_HOPS } from '../../../../properties/deployments/plain.ts';
import {
  asWindow,
  FakeWindow,
  firstDifference,
  throughBrowser,
  throughWebSocket,
} from '../support/receivers.ts';
import { numbers, storyOfPinned, walked } from '../support/stories.ts';
import { CATALOGUE, isSmall } from '../support/verdicts.ts';

const deployment = deploymentOf(THREE_HOPS);
const longStory = () => walked({ deployment, system: systemOf(deployment) }, numbers(300)).story;

const SHORT = CATALOGUE.filter(isSmall);

describe("at the package's own receivers, nothing is lost or reordered", () => {
  it('of 300 steps, through a browser', async () => {
    const sent = officialEvents(longStory());
    expect(sent.length).toBeGreaterThan(600);
    expect(firstDifference(sent, await throughBrowser(sent))).toBeNull();
  });

  it('of 300 steps, through a WebSocket', async () => {
    const sent = officialEvents(longStory());
    expect(firstDifference(sent, await throughWebSocket(sent))).toBeNull();
  });

  it('of every short story of the catalogue, through a browser', async () => {
    for (const story of SHORT.map(storyOfPinned)) {
      const sent = officialEvents(story);
      expect([story.title, firstDifference(sent, await throughBrowser(sent))]).toEqual([
        story.title,
        null,
      ]);
    }
  });

  it('of every short story of the catalogue, through a WebSocket', async () => {
    const sent = SHORT.flatMap((pinned) => officialEvents(storyOfPinned(pinned)));
    expect(firstDifference(sent, await throughWebSocket(sent))).toBeNull();
  });
});

describe('the options', () => {
  it('make the official package keep data that it would drop or cut', async () => {
    const wide = setup({ types: { context: {} as { log: { at: object }[] } } }).createMachine({
      context: {
        log: Array.from({ length: 100 }, (_, n) => ({ at: { deep: { in: { it: n } } } })),
      },
      on: { ping: {} },
    });
    const page = new FakeWindow();
    const app = new FakeWindow(page);
    const inspector = createBrowserInspector({ ...inspectorOptions, window: asWindow(app) });
    const actor = createActor(wide, { inspect: inspector.inspect }).start();
    for (let n = 0; n < 300; n += 1) actor.send({ type: 'ping', n });
    await new Promise((resolve) => setTimeout(resolve)); // after its own timers of 0 ms
    const received: { type: string; snapshot?: { context: unknown } }[] = [];
    createBrowserReceiver({ window: asWindow(page) }).subscribe((event) => {
      received.push(event as unknown as (typeof received)[number]);
    });
    await expect.poll(() => received.length).toBeGreaterThanOrEqual(600);
    expect(received[0]?.type).toBe('@xstate.actor');
    const snapshots = received.filter(({ type }) => type === '@xstate.snapshot');
    expect(snapshots.at(-1)?.snapshot?.context).toEqual(actor.getSnapshot().context);
  });
});

describe('a definition', () => {
  const machines = [...EVERY_MACHINE.values()].map((machine) => [machine.id, machine] as const);

  it.each(machines)(
    'of %s is what the package would make of it, with nothing cut',
    (_, machine) => {
      const sent: { definition?: string | undefined }[] = [];
      const options = { serializationDepthLimit: inspectorOptions.serializationDepthLimit };
      const reference = createInspector(
        { send: (event) => sent.push(event as { definition?: string }) },
        options,
      );
      reference.actor({ sessionId: 'x:0', logic: machine } as never, { status: 'active' });
      const definition: unknown = JSON.parse(definitionOf(chartOf(machine)));
      expect(definition).toEqual(JSON.parse(sent[0]!.definition!));
    },
  );

  it.each(machines)(
    'of %s makes the same chart, states in the order of their author',
    (_, machine) => {
      const chart = chartOf(machine);
      expect(chartOfDefinition(JSON.parse(definitionOf(chart)))).toEqual(chart);
      expect(() => createMachine(JSON.parse(definitionOf(chart)))).not.toThrow();
    },
  );

  it('of a machine that only has the name of one of ours is made from its chart', () => {
    const theirs = createMachine({
      id: 'wire',
      type: 'parallel',
      states: {
        light: {
          initial: 'off',
          states: {
            off: { on: { toggle: { target: 'on', guard: 'hasPower', actions: 'click' } } },
            on: {
              entry: 'glow',
              exit: 'cool',
              on: { toggle: 'off' },
              always: { target: 'off', guard: 'isBroken' },
            },
          },
        },
        door: { on: { knock: { actions: ['answer'] } } },
      },
      on: { unplug: '.light.off' },
    });
    const chart = chartOf(theirs);
    const made = JSON.parse(definitionOf(chart));
    expect(chartOfDefinition(made)).toEqual(chart);
    expect(chart.root.children.map(({ key }) => key)).toEqual(['light', 'door']);
  });

  it('is there for every machine of every story', { tags: 'long' }, () => {
    const charts = CATALOGUE.flatMap((pinned) => storyOfPinned(pinned).charts);
    for (const machine of new Set(charts.map((chart) => chart.machine)))
      expect([machine, EVERY_MACHINE.has(machine)]).toEqual([machine, true]);
  });
});

describe('the messages of a story', () => {
  const story = walked(
    { deployment: deploymentOf(ARTICLE, 'NTLM'), system: systemOf(deploymentOf(ARTICLE, 'NTLM')) },
    numbers(40),
  ).story;
  const sent = officialEvents(story);
  const ofType = (type: string) => sent.filter((message) => message.type === type);

  it('register one root, and every component as its child, before anything happens', () => {
    const actors = sent.slice(0, story.components.length + 1);
    expect(actors).toEqual(ofType('@xstate.actor'));
    const [root, ...children] = actors;
    expect(root?.parentId).toBeUndefined();
    expect(children.map(({ sessionId }) => sessionId)).toEqual(
      story.components.map(({ name }) => name),
    );
    for (const { parentId } of children) expect(parentId).toBe(root?.sessionId);
    for (const { rootId } of sent) expect(rootId).toBe(root?.sessionId);
  });

  it('are stamped later and later, and are the same each time', () => {
    const times = sent.map(({ createdAt }) => String(createdAt));
    expect(times).toEqual([...new Set(times)].sort());
    expect(officialEvents(story)).toEqual(sent);
  });

  it('tell each reaction as an event, and the snapshot that XState has after it', () => {
    const reactions = story.steps.flatMap((step) => step.reactions);
    const charts = new Map(story.charts.map((chart) => [chart.machine, chart]));
    const pairs = sent.slice(story.components.length + 1);
    expect(pairs).toHaveLength(2 * reactions.length);
    reactions.forEach(({ component, event, from, after }, i) => {
      const chart = charts.get(story.components.find(({ name }) => name === component)!.machine)!;
      expect(pairs[2 * i]).toMatchObject({ type: '@xstate.event', sessionId: component, event });
      expect(pairs[2 * i]?.sourceId).toBe(from === component ? undefined : from);
      const value = stateValueOf(chart as Chart, after.active);
      const snapshot = { status: 'active', value, context: after.context };
      expect(pairs[2 * i + 1]).toMatchObject({ type: '@xstate.snapshot', event, snapshot });
    });
  });

  it('find a name for the root where a component has its', () => {
    const [first, ...rest] = story.components;
    const renamed: Story = {
      ...story,
      components: [{ ...first!, name: 'system' }, ...rest],
      initial: { ...story.initial, system: story.initial[first!.name]! },
      steps: [],
    };
    const ids = officialEvents(renamed).map(({ sessionId }) => sessionId);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
