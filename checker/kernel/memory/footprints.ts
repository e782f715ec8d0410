/**
 * The steps of a system, as a decision tree over the fields of a state.
 *
 * Each list holds the steps that are possible given the fields read so far. Reading one more field
 * leads to another list, without the offers that are refused for its value. So the cost of a state
 * depends on its enabled offers, not on all offers. The tree grows as a search needs it.
 */
import { ALL, CASCADE_MAX, type Composition, REFUSED } from '../../model/composition.ts';
import type { Fields } from './fields.ts';
import {
  type FieldChange,
  type Item,
  type Leaf,
  type List,
  remembered,
  type Tail,
} from './lists.ts';

/** By field: its value, for the fields read so far. */
type ReadValues = ReadonlyMap<number, number>;

/** A signal for a monitor, as an event of its table. */
type MonitorEvent = readonly [monitor: number, event: number];

type Outcome = 'refused' | { readonly needs: number } | Omit<Leaf, 'kind' | 'offer'>;

const UNKNOWN = -1;

export class Footprints {
  readonly #composition: Composition;
  readonly #fields: Fields;
  readonly #row: Int32Array;
  readonly #tails = new Map<string, Tail>();

  constructor(composition: Composition, fields: Fields) {
    this.#composition = composition;
    this.#fields = fields;
    this.#row = new Int32Array(composition.initial.length);
  }

  /** The list for a state of which no field is read yet. */
  root(): List {
    return this.#listOf([...this.#composition.offers.keys()], new Map());
  }

  /** In the order of the offers. Neighbours that need the same field share one item. */
  #listOf(offers: readonly number[], known: ReadValues): List {
    const items: Item[] = [];
    let waiting: number[] = [];
    let field = UNKNOWN;
    for (const offer of offers) {
      const outcome = this.#attempt(offer, known);
      if (outcome === 'refused') continue;
      if (!('needs' in outcome)) {
        items.push({ kind: 'leaf', offer, ...outcome });
        field = UNKNOWN;
        continue;
      }
      if (outcome.needs !== field) {
        field = outcome.needs;
        waiting = [];
        items.push(this.#read(field, waiting, known));
      }
      waiting.push(offer);
    }
    return items;
  }

  #read(field: number, waiting: readonly number[], known: ReadValues): Item {
    const after = (value: number) => this.#listOf(waiting, new Map([...known, [field, value]]));
    return { kind: 'read', field, list: remembered(after) };
  }

  /** One step, as far as the known fields determine it. */
  #attempt(offer: number, known: ReadValues): Outcome {
    const composition = this.#composition;
    const row = this.#row.fill(UNKNOWN);
    for (const [field, value] of known) this.#fields.read(field, value, row);
    const mover = composition.movers[offer]!;
    if (row[mover] === UNKNOWN) return { needs: this.#fields.of[mover]! };
    const first = composition.cell(mover, row[mover]!, composition.moves[offer]!);
    if (first.next === REFUSED) return 'refused';
    row[mover] = first.next;
    const queue = mail(mover, first.effects);
    const signals: MonitorEvent[] = [];
    for (let head = 0; head < queue.length; head += 1) {
      if (queue.length > CASCADE_MAX)
        throw new RangeError(`more than ${CASCADE_MAX} deliveries in one step: it does not end`);
      const { from, to, event } = queue[head]!;
      if (to === ALL) {
        const audience = composition.audienceOf(event);
        for (let i = 0; i < audience.length; i += 2) signals.push([audience[i]!, audience[i + 1]!]);
        continue;
      }
      const state = row[to]!;
      if (state === UNKNOWN) return { needs: this.#fields.of[to]! };
      const cell = composition.cell(to, state, event);
      if (cell.next === REFUSED) {
        composition.note(cell, from, to, state, event);
        return 'refused';
      }
      row[to] = cell.next;
      queue.push(...mail(to, cell.effects));
    }
    return this.#outcome(known, signals);
  }

  /** Signals change only monitors, so they are delivered after all messages. */
  #outcome(known: ReadValues, signals: readonly MonitorEvent[]): Omit<Leaf, 'kind' | 'offer'> {
    const row = this.#row;
    const heard = new Map<number, MonitorEvent[]>();
    for (const signal of signals) {
      const [monitor, event] = signal;
      const field = this.#fields.of[monitor]!;
      if (known.has(field)) this.#tell(monitor, event);
      else heard.set(field, [...(heard.get(field) ?? []), signal]);
    }
    const changes = [...known].flatMap(([field, from]): FieldChange[] => {
      const to = this.#fields.number(field, row);
      return to === from ? [] : [{ field, from, to }];
    });
    return { changes, tails: [...heard].map(([field, all]) => this.#tail(field, all)) };
  }

  #tell(monitor: number, event: number): void {
    const row = this.#row;
    const { next } = this.#composition.cell(monitor, row[monitor]!, event);
    if (next !== REFUSED) row[monitor] = next;
  }

  #tail(field: number, heard: readonly MonitorEvent[]): Tail {
    const key = `${field}:${heard.join(';')}`;
    const tail = this.#tails.get(key) ?? {
      field,
      next: remembered((v) => this.#after(field, heard, v)),
    };
    this.#tails.set(key, tail);
    return tail;
  }

  /** The value of an unread field after its monitors have heard these signals. */
  #after(field: number, heard: readonly MonitorEvent[], value: number): number {
    const row = this.#row;
    this.#fields.read(field, value, row);
    for (const [monitor, event] of heard) this.#tell(monitor, event);
    return this.#fields.number(field, row);
  }
}

const mail = (from: number, effects: readonly number[]) =>
  Array.from({ length: effects.length / 2 }, (_, i) => ({
    from,
    to: effects[2 * i]!,
    event: effects[2 * i + 1]!,
  }));
