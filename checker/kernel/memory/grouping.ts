/**
 * Chooses which components to number together, from a sample of states.
 *
 * Two groups joined by a port become one field if the pair takes fewer bits than the two apart,
 * because their states depend on each other. This repeats until no pair gains enough.
 */
import type { System } from '../../model/system.ts';
import type { Grouping } from './fields.ts';

const SAMPLE = 1500; // states
const GAIN_MIN = 1.5; // bits
const GAIN_MIN_MONITOR = 1; // bits; a monitor has no ports by which its group could grow
const VALUES_MAX = 64; // in the sample; the whole search finds many more
const MEMBERS_MAX = 4; // a connection and its page; larger groups get too many values

type Group = {
  readonly members: readonly number[];
  readonly column: Int32Array; // its value in each state of the sample
  readonly values: number;
};

/**
 * @param rows - `count` states, from the initial one on.
 * @param exchanges - the elements of a symmetry group, each by component: its image. They map every
 *   group of components to a group.
 */
export function groupingFor(
  system: System,
  rows: Int32Array,
  count: number,
  exchanges: readonly Int32Array[] = [],
): Grouping {
  const states = Math.min(count, SAMPLE);
  const width = system.length;
  const isJoined = joints(system);
  let groups = system.map((_, component): Group => {
    const column = Int32Array.from(
      { length: states },
      (_, i) => rows[Math.floor((i * count) / states) * width + component]!,
    );
    return numbered([component], column);
  });
  const join = ([one, other]: Pair) => {
    const joined = numbered([...one.members, ...other.members], pairs(one, other));
    groups = groups.flatMap((group) => (group === one ? joined : group === other ? [] : group));
  };
  const next = () => bestPair(groups, isJoined, (pair) => imagesOf(pair, groups, exchanges));
  for (let best = next(); best; best = next()) best.forEach(join);
  return groups.map(({ members }) => members.toSorted((a, b) => a - b));
}

type Pair = readonly [Group, Group];

type Join = (one: Group, other: Group) => 'port' | 'monitor' | null;

function joints(system: System): Join {
  const numbers = new Map(system.map(({ name }, i) => [name, i]));
  const peers = system.map(
    ({ ports }) =>
      new Set(Object.values(ports).flatMap((peer) => numbers.get(peer?.component ?? '') ?? [])),
  );
  return ({ members: ones }, { members: others }) => {
    if ([...ones, ...others].some((member) => system[member]!.monitor)) return 'monitor';
    return ones.some((one) => others.some((other) => peers[one]!.has(other))) ? 'port' : null;
  };
}

/** The pair that gains most, with its images. Null: none gains enough. */
function bestPair(
  groups: readonly Group[],
  join: Join,
  images: (pair: Pair) => readonly Pair[] | null,
): readonly Pair[] | null {
  let best: readonly Pair[] | null = null;
  let most = 0;
  const moving = groups.filter(({ values }) => values > 1);
  moving.forEach((one, i) => {
    for (const other of moving.slice(i + 1)) {
      const joint = join(one, other);
      if (joint === null || one.members.length + other.members.length > MEMBERS_MAX) continue;
      const values = new Set(pairs(one, other)).size;
      const gain = Math.log2((one.values * other.values) / values);
      const least = joint === 'monitor' ? GAIN_MIN_MONITOR : GAIN_MIN;
      if (values > VALUES_MAX || gain < least || gain <= most) continue;
      const together = images([one, other]);
      if (together === null) continue;
      most = gain;
      best = together;
    }
  });
  return best;
}

/** The pair and its images, each once. Null: two of them share a group. */
function imagesOf(
  pair: Pair,
  groups: readonly Group[],
  exchanges: readonly Int32Array[],
): readonly Pair[] | null {
  const holder = (component: number) => groups.find(({ members }) => members.includes(component))!;
  const all = exchanges.map((to) => pair.map(({ members }) => holder(to[members[0]!]!)));
  const distinct = [pair, ...all].filter(
    (one, i, pairs) => pairs.findIndex((other) => one.every((g) => other.includes(g))) === i,
  ) as readonly Pair[];
  return new Set(distinct.flat()).size === 2 * distinct.length ? distinct : null;
}

const pairs = (one: Group, other: Group): Int32Array =>
  one.column.map((value, i) => value * other.values + other.column[i]!);

function numbered(members: readonly number[], column: Int32Array): Group {
  const numbers = new Map<number, number>();
  const renumbered = column.map((value) => {
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
  return { members, column: renumbered, values: numbers.size };
}
