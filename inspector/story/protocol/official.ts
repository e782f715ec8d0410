/**
 * A story as messages of the inspection protocol of `@statelyai/inspect`, for the official
 * inspector and other receivers.
 */

import type { Chart, Reaction, State, Story } from '../story.ts';
import { definitionOf } from './definition.ts';
import type { Inspection } from './inspection.ts';
import { chartsByComponent, stateValueOf } from './state-value.ts';

export const PROTOCOL_VERSION = '0.7.2';

/**
 * With these, `createBrowserInspector` and `createWebSocketInspector` lose nothing. Their defaults
 * keep 200 messages until a receiver connects, and cut data that is nested ten deep or ten long.
 */
export const inspectorOptions = {
  maxDeferredEvents: Number.MAX_SAFE_INTEGER,
  serializationDepthLimit: Number.MAX_SAFE_INTEGER,
} as const;

/** A story has an order and no times: messages are a millisecond apart from here on. */
const EPOCH = Date.UTC(2000, 0, 1);

/** A message without the fields that `sealed` adds. */
export type UnsealedMessage = {
  readonly type: string;
  readonly sessionId: string;
  readonly [field: string]: unknown;
};

/**
 * The root, which stands for the system; every component, its child; and for each reaction the
 * event and the snapshot after it. Session ids are the components' names.
 */
export function officialEvents(story: Story): readonly Inspection[] {
  const charts = chartsByComponent(story);
  const rootId = rootIdFor(story.components);
  const messages: readonly UnsealedMessage[] = [
    rootOf(rootId, story.deployment),
    ...story.components.map(
      ({ name }): UnsealedMessage => actor(name, rootId, charts.get(name), story),
    ),
    ...story.steps.flatMap(({ reactions }) =>
      reactions.flatMap((reaction) => reacts(reaction, charts.get(reaction.component))),
    ),
  ];
  return messages.map((message, i) => sealed(message, rootId, i, EPOCH + i));
}

/** @param time - milliseconds since 1970; no earlier than that of the message before. */
export const sealed = (
  message: UnsealedMessage,
  rootId: string,
  number: number,
  time: number,
): Inspection => ({
  ...message,
  rootId,
  id: String(number),
  createdAt: String(time),
  _version: PROTOCOL_VERSION,
});

/** A session id that is no component's name. */
export function rootIdFor(components: readonly { readonly name: string }[]): string {
  const names = new Set(components.map(({ name }) => name));
  let id = 'system';
  while (names.has(id)) id += "'";
  return id;
}

/** The root stands for the system, so that there is exactly one. */
export const rootOf = (sessionId: string, deployment: string): UnsealedMessage => ({
  type: '@xstate.actor',
  sessionId,
  name: deployment,
  definition: JSON.stringify({ id: deployment }),
  snapshot: snapshotOf(undefined, undefined),
});

const actor = (
  name: string,
  parentId: string,
  chart: Chart | undefined,
  story: Story,
): UnsealedMessage => ({
  type: '@xstate.actor',
  sessionId: name,
  parentId,
  name,
  definition: chart ? definitionOf(chart) : JSON.stringify({ id: name }),
  snapshot: snapshotOf(chart, story.initial[name]),
});

/** An offer comes from outside, and so has no source. */
function reacts(
  { component, event, from, after }: Reaction,
  chart: Chart | undefined,
): UnsealedMessage[] {
  const sessionId = component;
  const source = from === component ? {} : { sourceId: from };
  return [
    { type: '@xstate.event', sessionId, ...source, event },
    { type: '@xstate.snapshot', sessionId, event, snapshot: snapshotOf(chart, after) },
  ];
}

const snapshotOf = (chart: Chart | undefined, state: State | undefined) => ({
  status: isDone(chart, state) ? 'done' : 'active',
  value: chart && state ? stateValueOf(chart, state.active) : {},
  context: state?.context ?? {},
  children: {},
  historyValue: {},
  tags: [],
});

const isDone = (chart: Chart | undefined, state: State | undefined) =>
  chart?.root.children.some(({ id, type }) => type === 'final' && state?.active.includes(id)) ??
  false;
