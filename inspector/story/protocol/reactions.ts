/** The events that live actors receive, and their reactions: one step for each event. */

import type { StoryStep } from '../story.ts';
import { type Actor, type Actors, stateIn } from './foreign-actors.ts';
import type { Heard, Seen, Sending, Snapshot } from './inspection.ts';
import { leavesOf } from './state-value.ts';

/** An event on its way. `from`: null for one from outside. */
type Sent = { readonly event: Heard; readonly from: Actor | null };

/**
 * The protocol has a message when an event is sent, and a snapshot after it was handled. The two
 * are matched for each actor, first in, first out, by the event's type.
 */
export class Reactions {
  readonly steps: StoryStep[] = [];
  readonly #actors: Actors;
  readonly #waiting = new Map<Actor, Sent[]>();

  constructor(actors: Actors) {
    this.#actors = actors;
  }

  hear({ sessionId, sourceId, event }: Sending): void {
    const actor = this.#actors.of(sessionId);
    const sent = { event, from: sourceId === undefined ? null : this.#actors.of(sourceId) };
    if (actor.status !== 'active') {
      this.#add(actor, sent, 'after it has ended');
      return;
    }
    const waiting = this.#waiting.get(actor);
    if (waiting === undefined) this.#waiting.set(actor, [sent]);
    else waiting.push(sent);
  }

  settle({ sessionId, event, snapshot }: Snapshot): void {
    const actor = this.#actors.of(sessionId);
    const sent = this.#match(actor, event);
    const before = actor.state;
    actor.state = stateIn(actor.chart, snapshot, before);
    actor.status = snapshot?.status ?? actor.status;
    if (sent.event.type === 'xstate.init' && !actor.hasMoved) {
      actor.initial = actor.state; // a registration may be late, and show a later one
      return;
    }
    this.#add(actor, sent, outcome(actor, leavesOf(actor.chart, before.active), snapshot));
  }

  /** Earlier events without a snapshot become steps first: they will have none. */
  #match(actor: Actor, event: Heard | undefined): Sent {
    const waiting = this.#waiting.get(actor) ?? [];
    const index = event ? waiting.findIndex((sent) => sent.event.type === event.type) : 0;
    if (index < 0) return { event: event ?? UNKNOWN, from: null };
    const passed = waiting.splice(0, index + 1);
    const sent = passed.pop();
    for (const each of passed) this.#add(actor, each, 'with an unknown effect');
    return sent ?? { event: event ?? UNKNOWN, from: null };
  }

  #add(actor: Actor, { event, from }: Sent, does: string): void {
    const { name, state } = actor;
    actor.hasMoved = true;
    const sender = from === null ? '' : ` from ${from === actor ? 'itself' : from.name}`;
    const travel = {
      from: from?.name ?? name,
      to: name,
      label: event.type,
      isReply: false,
      delivered: true,
      credential: null,
    };
    this.steps.push({
      sentence: `${name} receives ${event.type}${sender} ${does}.`,
      reactions: [
        {
          component: name,
          event,
          from: travel.from,
          taken: null,
          guards: [],
          actions: [],
          after: state,
        },
      ],
      signals: [],
      travels: from === null || from === actor ? [] : [travel],
      notes: actor.status === 'active' ? [] : [{ party: name, text: `is ${actor.status}` }],
      credentials: [],
    });
  }
}

/** The event of a snapshot that names no cause. */
const UNKNOWN: Heard = { type: 'an event' };

function outcome(
  { status, chart, state }: Actor,
  before: readonly string[],
  snapshot: Seen | undefined,
): string {
  if (status === 'stopped') return 'and stops';
  if (status === 'error') return `and fails${reasonIn(snapshot?.error)}`;
  const leaves = leavesOf(chart, state.active);
  const end = status === 'done' ? ', and is done' : '';
  if (leaves.length === 0) return status === 'done' ? 'and is done' : 'and continues';
  const isSame = leaves.join() === before.join();
  return `and ${isSame ? 'stays in' : 'goes to'} ${leaves.join(' and ')}${end}`;
}

function reasonIn(error: unknown): string {
  if (typeof error === 'string') return `: ${error}`;
  const isMessage = typeof error === 'object' && error !== null && 'message' in error;
  return isMessage && typeof error.message === 'string' ? `: ${error.message}` : '';
}
