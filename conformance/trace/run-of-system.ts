/**
 * A run of a whole system that sends exactly the recorded messages on its wires. The rest is chosen
 * freely: a user's actions, the time of delivery, the calls of one host on another.
 *
 * The judge looks at each connection by itself. This finds one run that explains all of them at
 * once, as a trace, which can be told and shown like any other.
 */
import { type Composition, compose } from '../../checker/model/composition.ts';
import type { Property, System, Trace } from '../../checker/model/system.ts';

/** A message put on a wire, or (null) the wire cut. */
export type WireMessage<Message> = {
  readonly wire: string;
  readonly message: Message | null;
  /** With `cutsAreFree`: how often the wire was cut before. Default: never. */
  readonly cuts?: number;
};

export type Explained =
  /** `unseen`: the number of messages of the trace that are not in the recording. */
  | {
      readonly trace: Trace;
      readonly states: number; // explored pairs of a state and a place in the recording
      readonly transitions: number;
      readonly unseen: number;
    }
  /** No run sends them all. The first `sent` can be explained; then one of `expected` follows. */
  | {
      readonly trace: null;
      readonly sent: number;
      readonly expected: readonly WireMessage<unknown>[];
    };

type Node = {
  readonly row: Int32Array;
  readonly sent: number; // recorded messages
  readonly unseen: number; // unrecorded messages
  readonly cuts: ReadonlyMap<string, number>; // with `cutsAreFree`, by wire
  readonly before: Node | null;
  readonly offer: number; // the offer that led here; -1: the initial state
};

type Wire = { readonly name: string; readonly index: number };
type WireSnapshot = {
  readonly value: unknown;
  readonly context: { readonly load: { readonly event: unknown } | null };
};

export type Explaining<Message> = {
  /** Whether a message of the model stands for a recorded one. */
  readonly isLike: (model: unknown, seen: Message) => boolean;
  /** Whether a message may be unrecorded before `next` on the same wire. Default: none. */
  readonly mayBeUnseen?: (model: unknown, next: Message) => boolean;
  /**
   * Whether a wire may be cut at any time between its messages, whose `cuts` then count: the end of
   * a connection may be recorded early, late or not at all. Default: false.
   */
  readonly cutsAreFree?: boolean;
  /** A condition on the last state. Default: none. */
  readonly isReached?: (composition: Composition, row: Int32Array) => boolean;
  /** Pairs of a state and a place in the recording to explore. Default: a million. */
  readonly statesMax?: number;
};

/**
 * The shortest trace that puts exactly `seen` on the wires, in this order.
 *
 * @throws RangeError if there are more than `statesMax` pairs.
 */
export function explain<Message>(
  system: System,
  seen: readonly WireMessage<Message>[],
  {
    isLike,
    mayBeUnseen,
    isReached,
    cutsAreFree = false,
    statesMax = 1_000_000,
  }: Explaining<Message>,
): Explained {
  const composition = compose(system);
  const wires = system
    .filter(({ machine }) => machine.id === 'wire')
    .map(({ name }) => ({ name, index: composition.indexOf(name) }));
  const known = new Set<string>();
  const queue: Node[] = [];
  const visit = (node: Node) => {
    const key = `${node.sent} ${[...node.cuts].join()} ${node.row.join()}`;
    if (known.has(key)) return;
    if (known.size >= statesMax) throw new RangeError(`more than ${statesMax} states`);
    known.add(key);
    queue.push(node);
  };
  const isUnseen = (
    { wire, message }: WireMessage<unknown>,
    next: WireMessage<Message> | undefined,
  ) =>
    mayBeUnseen !== undefined &&
    message !== null &&
    next?.wire === wire &&
    next.message !== null &&
    mayBeUnseen(message, next.message);
  const first = { row: composition.initial.slice(), sent: 0, unseen: 0, cuts: NO_CUTS };
  visit({ ...first, before: null, offer: -1 });
  const last = new Map(seen.map(({ wire, cuts = 0 }) => [wire, cuts])); // of each wire
  let transitions = 0;
  let furthest = 0;
  let expected: WireMessage<unknown>[] = [];
  for (let head = 0; head < queue.length; head += 1) {
    const node = queue[head]!;
    if (node.sent > furthest) expected = [];
    furthest = Math.max(furthest, node.sent);
    const { sent, unseen } = node;
    if (sent === seen.length && (isReached?.(composition, node.row) ?? true))
      return {
        trace: composition.trace(offersTo(node)),
        states: known.size,
        transitions,
        unseen,
      };
    for (let offer = 0; offer < composition.offers.length; offer += 1) {
      if (!composition.step(node.row, 0, offer)) continue;
      transitions += 1;
      const row = composition.next.slice();
      const all = sentBetween(composition, wires, node.row, row);
      const news = cutsAreFree ? all.filter(({ message }) => message !== null) : all;
      const cuts = cutsAreFree ? withCuts(node.cuts, all) : NO_CUTS;
      if ([...cuts].some(([wire, count]) => count > (last.get(wire) ?? 0) + 1)) continue;
      const fits = news.every(({ wire, message }, i) => {
        const one = seen[node.sent + i];
        if (one?.wire !== wire || (one.message === null) !== (message === null)) return false;
        if (cutsAreFree && (one.cuts ?? 0) !== (node.cuts.get(wire) ?? 0)) return false;
        return message === null || isLike(message, one.message!);
      });
      if (cutsAreFree && node.sent === furthest)
        expected.push(...all.filter(({ message }) => message === null));
      const next = { row, cuts, before: node, offer };
      if (fits) visit({ ...next, sent: sent + news.length, unseen });
      else if (news.every((one) => isUnseen(one, seen[sent])))
        visit({ ...next, sent, unseen: unseen + news.length });
      else if (node.sent === furthest) expected.push(...news);
    }
  }
  return { trace: null, sent: furthest, expected: distinct(expected) };
}

const NO_CUTS: ReadonlyMap<string, number> = new Map();

function withCuts(
  before: ReadonlyMap<string, number>,
  all: readonly WireMessage<unknown>[],
): ReadonlyMap<string, number> {
  const cut = all.filter(({ message }) => message === null);
  if (cut.length === 0) return before;
  const after = new Map(before);
  for (const { wire } of cut) after.set(wire, (after.get(wire) ?? 0) + 1);
  return new Map([...after].sort(([one], [other]) => (one < other ? -1 : 1)));
}

const holdsIn =
  (composition: Composition, row: Int32Array) =>
  ({ reads, holds }: Property): boolean =>
    holds(
      ...reads.map((name) => {
        const index = composition.indexOf(name);
        return composition.snapshot(index, row[index]!);
      }),
    );

/** For `isReached`: that all of these hold. */
export const allHold =
  (properties: readonly Property[]) =>
  (composition: Composition, row: Int32Array): boolean =>
    properties.every(holdsIn(composition, row));

/** For `isReached`: that one of these does not hold, as at the end of a counterexample. */
export const someFails =
  (properties: readonly Property[]) =>
  (composition: Composition, row: Int32Array): boolean =>
    !properties.every(holdsIn(composition, row));

function offersTo(end: Node): readonly number[] {
  const offers: number[] = [];
  for (let node = end; node.before !== null; node = node.before) offers.push(node.offer);
  return offers.reverse();
}

/** The messages that a step put on the wires, in the order of the components. */
function sentBetween(
  composition: Composition,
  wires: readonly Wire[],
  before: Int32Array,
  after: Int32Array,
): readonly WireMessage<unknown>[] {
  return wires.flatMap(({ name, index }): WireMessage<unknown>[] => {
    const [was, is] = [before[index]!, after[index]!];
    if (was === is) return [];
    const { load, isUp } = stateOf(composition, index, is);
    if (load !== null) return [{ wire: name, message: load }];
    return stateOf(composition, index, was).isUp && !isUp ? [{ wire: name, message: null }] : [];
  });
}

function stateOf(composition: Composition, index: number, state: number) {
  const { value, context } = composition.snapshot(index, state) as unknown as WireSnapshot;
  return { load: context.load?.event ?? null, isUp: value !== 'down' };
}

const distinct = (sent: readonly WireMessage<unknown>[]): readonly WireMessage<unknown>[] => [
  ...new Map(sent.map((each) => [JSON.stringify(each), each])).values(),
];
