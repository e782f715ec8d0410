/**
 * The components of a system as live XState actors. A message goes to the actor behind the port,
 * first in, first out. Monitors are left out.
 */
import { type Actor, type AnyEventObject, type AnyStateMachine, createActor } from 'xstate';
import { type Effect, effectsOf } from '../../checker/model/effects.ts';
import type { Delivery } from '../../checker/model/system.ts';
import type { Component, System } from '../../machines/system/component.ts';
import { chartOf } from '../story/chart.ts';
import { isUpdate } from '../story/instrument.ts';
import { definitionOf } from '../story/protocol/definition.ts';
import type { UnsealedMessage } from '../story/protocol/official.ts';

type Live = { readonly component: Component; readonly actor: Actor<AnyStateMachine> };

/** Receives a message of the inspection protocol as it happens: plain data, copied at once. */
export type OnMessage = (message: UnsealedMessage) => void;

export class LiveSystem {
  readonly #live: ReadonlyMap<string, Live>; // by component
  readonly #mail: Delivery[] = [];
  readonly #send: OnMessage;
  #sender: string | null = null; // of the event that is being delivered; null: it is an offer

  /** Registers all actors, as children of the root, and starts them. */
  constructor(system: System, rootId: string, onMessage: OnMessage) {
    this.#send = onMessage;
    this.#live = new Map(
      system
        .filter(({ monitor }) => !monitor)
        .map((component) => [component.name, { component, actor: this.#actorOf(component) }]),
    );
    for (const { component, actor } of this.#live.values())
      this.#register(component, actor, rootId);
    for (const { actor } of this.#live.values()) actor.start();
  }

  /** One offer and every event that it causes. No component must refuse one. */
  take(component: string, event: AnyEventObject): void {
    this.#deliver(component, event, null);
    for (let mail = this.#mail.shift(); mail; mail = this.#mail.shift())
      this.#deliver(mail.to, mail.event, mail.from);
  }

  /** @throws TypeError where no component has this name. */
  snapshot(component: string) {
    return this.#named(component).actor.getSnapshot();
  }

  stop(): void {
    for (const { actor } of this.#live.values()) actor.stop();
  }

  #named(name: string): Live {
    const live = this.#live.get(name);
    if (live === undefined) throw new TypeError(`no component is named ${name}`);
    return live;
  }

  #deliver(to: string, event: AnyEventObject, from: string | null): void {
    const { actor } = this.#named(to);
    this.#sender = from;
    actor.send(event);
    const { status, error } = actor.getSnapshot();
    if (status === 'error') throw error;
  }

  #actorOf(component: Component): Actor<AnyStateMachine> {
    const { name, machine, input } = component;
    const performing = machine.provide({
      actions: Object.fromEntries(
        Object.entries(machine.implementations.actions)
          .filter(([, action]) => !isUpdate(action))
          .map(([type]) => [
            type,
            (_: unknown, params: unknown) => {
              for (const effect of effectsOf([{ type, params }])) this.#perform(component, effect);
            },
          ]),
      ),
    });
    const actor = createActor(performing, {
      id: name,
      input,
      inspect: (inspected) => {
        if (inspected.type === '@xstate.event') this.#tellEvent(name, inspected.event);
        if (inspected.type === '@xstate.snapshot')
          this.#tellSnapshot(name, inspected.event, inspected.snapshot);
      },
    });
    actor.subscribe({ error: () => {} }); // the snapshot shows the error to the sender
    return actor;
  }

  #perform({ name, ports }: Component, effect: Effect): void {
    if ('signal' in effect) return;
    const peer = ports[effect.to];
    if (peer === undefined) throw new TypeError(`${name} has no port ${effect.to}`);
    if (peer === null) return;
    const event = { ...effect.event, from: peer.port };
    this.#mail.push({ from: name, to: peer.component, event });
  }

  #register({ name, machine }: Component, actor: Actor<AnyStateMachine>, parentId: string): void {
    this.#send({
      type: '@xstate.actor',
      sessionId: name,
      parentId,
      name,
      definition: definitionOf(chartOf(machine)),
      snapshot: plain(actor.getSnapshot()),
    });
  }

  #tellEvent(sessionId: string, event: AnyEventObject): void {
    const source = this.#sender === null ? {} : { sourceId: this.#sender };
    this.#send({ type: '@xstate.event', sessionId, ...source, event: plain(event) });
  }

  #tellSnapshot(sessionId: string, event: AnyEventObject, snapshot: object): void {
    this.#send({
      type: '@xstate.snapshot',
      sessionId,
      event: plain(event),
      snapshot: plain(snapshot),
    });
  }
}

/** Snapshots have their own `toJSON`. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
