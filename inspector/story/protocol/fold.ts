/**
 * Folds messages of the inspection protocol, from actors of any program, into a growing story.
 *
 * Double-hop's own actors add two messages to the protocol: `@double-hop.story` with a story's
 * header, then `@double-hop.step` for each step.
 */
import { stateKey } from '../../../checker/model/state-key.ts';
import { type CredentialEvent, costOfAll } from '../../../story/credential-events.ts';
import type { Header } from '../documents/story-schema.ts';
import type { Story, StoryStep } from '../story.ts';
import { Actors } from './foreign-actors.ts';
import { type Read, readInspection } from './inspection.ts';
import { Reactions } from './reactions.ts';

/** For the messages of one source, in which session ids are unique. Never throws. */
export class Fold {
  readonly #actors = new Actors();
  readonly #reactions = new Reactions(this.#actors);
  readonly #recorded: StoryStep[] = []; // of `@double-hop.step`
  readonly #lasting = new Map<string, CredentialEvent>(); // of those, each once: for the cost
  #header: Header | null = null;
  #official = 0;
  #unread = 0;
  #story: Story | null = null; // null: has to be built again

  /** Takes the same time for each message, at any length of the story. */
  add(message: unknown): void {
    this.#story = null;
    const read = readInspection(message);
    if (read === null || !this.#take(read)) this.#unread += 1;
  }

  /** Number of messages of the official protocol. */
  get official(): number {
    return this.#official;
  }

  /** Number of ignored messages: of no known type, malformed, or about an unknown story. */
  get unread(): number {
    return this.#unread;
  }

  /** The story so far. The same object until the next message; steps are never removed. */
  get story(): Story {
    this.#story ??= this.#header ? this.#storyOf(this.#header) : this.#storyOfActors();
    return this.#story;
  }

  #take(read: Read): boolean {
    if (read.type === '@double-hop.story') {
      if (this.#header !== null) return false;
      this.#header = read.story;
      return true;
    }
    if (read.type === '@double-hop.step') return this.#record(read.step);
    this.#official += 1;
    if (this.#header !== null) return true;
    if (read.type === '@xstate.actor') this.#actors.register(read);
    else if (read.type === '@xstate.event') this.#reactions.hear(read);
    else this.#reactions.settle(read);
    return true;
  }

  #record(step: StoryStep): boolean {
    const isKnown = this.#header !== null && isOf(this.#header, step);
    if (!isKnown) return false;
    this.#recorded.push(step);
    for (const event of step.credentials)
      if (event.did === 'learned' || event.did === 'served')
        this.#lasting.set(stateKey(event), event);
    return true;
  }

  #storyOf(header: Header): Story {
    const cost = costOfAll([...this.#lasting.values()]);
    return { ...header, steps: [...this.#recorded], cost };
  }

  #storyOfActors(): Story {
    const { charts, components, initial, parties } = this.#actors;
    const steps = [...this.#reactions.steps];
    return {
      format: 'double-hop-story/2',
      title: 'Live actors',
      sentence: `${count(parties.length, 'actor')}, ${count(steps.length, 'event')} so far.`,
      deployment: '',
      summary: parties.join(', '),
      bounds: '',
      checked: null,
      parties,
      charts,
      components,
      initial,
      steps,
      decisive: null,
      mark: null,
      loop: null,
      cost: '',
    };
  }
}

/** Whether every component and party of the step is in the story. */
function isOf({ parties, components }: Header, step: StoryStep): boolean {
  const { reactions, travels, notes, credentials } = step;
  return (
    reactions.every(({ component }) => components.some(({ name }) => name === component)) &&
    travels.every(({ from, to }) => parties.includes(from) && parties.includes(to)) &&
    [...notes, ...credentials].every(({ party }) => parties.includes(party))
  );
}

const count = (many: number, what: string) =>
  `${many.toLocaleString('en-US')} ${what}${many === 1 ? '' : 's'}`;
