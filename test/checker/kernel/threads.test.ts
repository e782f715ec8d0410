/** A search in threads against one without: all the same but which of the shortest traces. */
import type { Worker } from 'node:worker_threads';
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { hasThreads } from '../../../checker/kernel/native/threads.ts';
import type { Property, System, Trace } from '../../../checker/model/system.ts';
import { MachineError } from '../../../checker/model/table.ts';
import { type SearchOptions, search, searching } from '../../../checker/search.ts';
import { alternatingBit } from '../support/alternating-bit.ts';
import { counterTo, followers, tarrying } from '../support/counters.ts';
import { odometers } from '../support/odometers.ts';
import { memory, mutualExclusion, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';
import { PROPERTIES } from '../support/properties.ts';
import { anySystem, buildSystem } from '../support/random-systems.ts';

/** From the second level on. */
const AT_ONCE = { statesMax: 2_000_000, engine: 'wasm', scout: 1, threadsFrom: 1 } as const;

/** Those that look back are searched by one thread. */
const FORWARD = PROPERTIES.filter(({ kind }) => kind === 'always' || kind === 'sometimes');

beforeAll(() => {
  expect(hasThreads(), 'npm run build compiles the kernel').toBe(true);
});

const lengths = (traces: ReadonlyMap<string, Trace>) =>
  new Map([...traces].map(([name, trace]) => [name, trace.length]));

function foundIn(
  system: System,
  properties: readonly Property[],
  options: Partial<SearchOptions> = {},
) {
  const found = search(system, properties, { ...AT_ONCE, ...options });
  const { milliseconds, bytes, evaluations, violated, witnessed, deadlock, ...rest } = found;
  return {
    ...rest,
    violated: lengths(violated),
    witnessed: lengths(witnessed),
    deadlock: deadlock?.length,
  };
}

/** @param options - of the search that the ones in threads are held against. */
function expectTheSame(
  system: System,
  properties: readonly Property[],
  options: Partial<SearchOptions> = { threads: 1 },
) {
  const alone = foundIn([...system, ...tarrying()], properties, options);
  for (const threads of [2, 3]) {
    const found = foundIn([...system, ...tarrying()], properties, { threads });
    expect(found, `${threads} threads`).toEqual(alone);
  }
  return alone;
}

describe('a search in threads finds what one in a single thread finds', () => {
  it('in known systems', () => {
    const plain = { engine: 'plain' } as const;
    const broken = peterson(memory.provide({ guards: { mayPass: () => true } }));
    expect(expectTheSame(peterson(), [mutualExclusion], plain).violated.size).toBe(0);
    expect(expectTheSame(broken, [mutualExclusion], plain).violated.size).toBeGreaterThan(0);
    expect(expectTheSame(table(6), [], plain).deadlock).toBeGreaterThan(0);
    expectTheSame(alternatingBit, [], plain);
  });

  it('in 100 random systems beside two odometers', { tags: 'long' }, () => {
    const seen = expectTheSameOfRandom(100, 'ab');
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });

  it('in 20 of them beside three', { tags: 'long' }, () => {
    expectTheSameOfRandom(20, 'abc');
  });

  it('in a system of 1,843,968 states', { tags: 'long' }, () => {
    const found = expectTheSame(odometers('abcd'), []);
    expect(found).toMatchObject({ states: 3 * 28 ** 4, depth: 4 * 27 + 2 });
  });

  it('where fields outgrow their bits late, and the table has to follow', () => {
    const found = expectTheSame([...counterTo(300), ...odometers('ab')], [isCounted]);
    expect(found).toMatchObject({ states: 3 * 301 * 28 ** 2, depth: 300 + 2 * 27 + 2 });
    expect(found.witnessed.get(isCounted.name)).toBe(257);
  });

  it.each([
    [8, 6], // one word that is compared and swapped, as of 4 bytes above
    [16, 14], // more than can be
  ])('where a key has %i bytes', { tags: 'long' }, (_, count) => {
    const found = expectTheSame([...followers(count), ...odometers('abc')], []);
    expect(found).toMatchObject({ states: 3 * 28 ** 4, depth: 4 * 27 + 2 });
  });
});

describe('the threads of a search', () => {
  const system = [...counterTo(300), ...odometers('ab')];

  it('are as many as asked for, and end with it', async () => {
    const threads = await threadsOf(() => search(system, [], { ...AT_ONCE, threads: 3 }));
    expect(threads).toHaveLength(2);
    expect(await Promise.all(threads)).toEqual([0, 0]);
  });

  it('end when it is given up', async () => {
    const threads = await threadsOf(() => {
      const turns = searching(system, [], { ...AT_ONCE, threads: 3 });
      expect(turns.next().done).toBe(false);
      turns.return(undefined as never);
    });
    expect(await Promise.all(threads)).toEqual([0, 0]);
  });

  it('are none before it pays, for steps that are kept, and for a first violation', async () => {
    const threads = await threadsOf(() => {
      const always: Property = { ...isCounted, kind: 'always', holds: () => true };
      const reachable: Property = { ...isCounted, kind: 'reachable', holds: () => true };
      search(system, [], { ...AT_ONCE, threads: 2, threadsFrom: 1_000_000 });
      search(system, [reachable], { ...AT_ONCE, threads: 2 });
      search(system, [always], { ...AT_ONCE, threads: 2, stopAtViolation: true });
    });
    expect(threads).toEqual([]);
  });

  it('stop at limits of states, time and memory, and end', async () => {
    const attempt = (limits: Partial<SearchOptions>) => () =>
      search(system, [], { ...AT_ONCE, threads: 3, ...limits });
    const threads = await threadsOf(() => {
      expect(attempt({ statesMax: 50_000 })).toThrow(/more than 50000 states: .*\(50000 states/);
      expect(attempt({ millisecondsMax: 60 })).toThrow(/more than 60 ms/);
      expect(attempt({ bytesMax: 4 * 2 ** 20 })).toThrow(LimitReached);
      expect(attempt({ bytesMax: 4 * 2 ** 20 })).toThrow(/more than 4 MiB of memory/);
    });
    expect(threads.length).toBeGreaterThan(0);
    expect(new Set(await Promise.all(threads))).toEqual(new Set([0]));
  });

  it('leave it to the one that asks XState to say what a machine has done', async () => {
    const failing = [...counterTo(300, true), ...odometers('ab')];
    const threads = await threadsOf(() => {
      expect(() => search(failing, [], { ...AT_ONCE, threads: 3 })).toThrow(MachineError);
      expect(() => search(failing, [], { ...AT_ONCE, threads: 3 })).toThrow(/too far/);
    });
    expect(await Promise.all(threads)).toEqual([0, 0, 0, 0]);
  });
});

const isCounted: Property = {
  kind: 'sometimes',
  name: 'it counts beyond a byte',
  reads: ['counter'],
  holds: (counter) => counter?.context.n > 256,
};

/** Beside odometers, a random system has levels that are long enough to share. */
function expectTheSameOfRandom(numRuns: number, names: string) {
  const seen = { violated: 0, witnessed: 0, refused: 0 };
  fc.assert(
    fc.property(anySystem, (spec) => {
      const random = buildSystem(spec);
      const { states } = foundIn(random, [], { engine: 'plain' });
      fc.pre(states * 28 ** names.length < 200_000);
      const alone = expectTheSame([...random, ...odometers(names)], FORWARD);
      seen.violated += alone.violated.size > 0 ? 1 : 0;
      seen.witnessed += alone.witnessed.size > 0 ? 1 : 0;
      seen.refused += alone.refusals.length > 0 ? 1 : 0;
    }),
    { numRuns, seed: 1 },
  );
  return seen;
}

/** The threads that are started while `task` runs: each tells with which code it has ended. */
async function threadsOf(task: () => void): Promise<readonly Promise<number>[]> {
  const ends: Promise<number>[] = [];
  const note = (worker: Worker) =>
    ends.push(new Promise((resolve) => worker.once('exit', resolve)));
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  await turn(); // events of threads arrive after the current task: here, those of earlier threads
  process.on('worker', note);
  task();
  await turn();
  process.off('worker', note);
  return ends;
}
