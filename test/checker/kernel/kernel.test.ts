/** The kernels against the plain search: the same states, numbers, traces and refusals. */
import * as fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { LimitReached } from '../../../checker/explore/limits.ts';
import { hasWasm } from '../../../checker/kernel/wasm.ts';
import type { Property, System } from '../../../checker/model/system.ts';
import { type EngineName, type SearchOptions, search } from '../../../checker/search.ts';
import { alternatingBit } from '../support/alternating-bit.ts';
import { component } from '../support/components.ts';
import { odometers } from '../support/odometers.ts';
import { memory, mutualExclusion, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';
import { PROPERTIES } from '../support/properties.ts';
import { anySystem, buildSystem } from '../support/random-systems.ts';

const ENGINES = ['wasm', 'javascript'] as const;
const LIMITS = { statesMax: 1_000_000 };

beforeAll(() => {
  expect(hasWasm(), 'npm run build compiles the kernel').toBe(true);
});

/** A result without its costs, which may differ. */
function foundBy(
  engine: EngineName,
  system: System,
  properties: readonly Property[],
  options: Partial<SearchOptions> = {},
) {
  const found = search(system, properties, { ...LIMITS, scout: 1, ...options, engine });
  const { milliseconds, bytes, evaluations, ...rest } = found;
  return rest;
}

function expectTheSame(
  system: System,
  properties: readonly Property[],
  options: Partial<SearchOptions> = {},
) {
  const plain = foundBy('plain', system, properties, options);
  // A kernel that stops has looked at some more states than were counted, and met their refusals.
  const refusals = plain.exhausted ? plain.refusals : expect.arrayContaining([...plain.refusals]);
  for (const engine of ENGINES)
    expect(foundBy(engine, system, properties, options), engine).toEqual({ ...plain, refusals });
  return plain;
}

describe('both kernels find what the plain search finds', () => {
  it('in known systems, packed from the first state on', () => {
    const broken = peterson(memory.provide({ guards: { mayPass: () => true } }));
    expect(expectTheSame(peterson(), [mutualExclusion]).violated.size).toBe(0);
    expect(expectTheSame(broken, [mutualExclusion]).violated.size).toBeGreaterThan(0);
    expect(expectTheSame(table(4), []).deadlock).not.toBeNull();
    expectTheSame(alternatingBit, []);
  });

  it('and stop where it stops', () => {
    const broken = peterson(memory.provide({ guards: { mayPass: () => true } }));
    const cut = expectTheSame(broken, [mutualExclusion], { stopAtViolation: true });
    expect(cut.exhausted).toBe(false);
  });

  it('and reports nothing of later states of the batch', () => {
    const machine = createMachine({
      initial: 'fork',
      states: {
        fork: { on: { left: 'doomed', right: 'deadlock' } },
        doomed: { on: { left: 'violation' } },
        violation: { on: { left: 'fork' } },
        deadlock: {},
      },
    });
    const offers = [{ type: 'left' }, { type: 'right' }];
    const isFine: Property = {
      kind: 'always',
      name: 'no violation',
      reads: ['one'],
      holds: (one) => one?.value !== 'violation',
    };
    const system = [component('one', machine, { offers })];
    const cut = expectTheSame(system, [isFine], { stopAtViolation: true });
    expect(cut).toMatchObject({ states: 4, frontier: 2, deadlock: null });
    expect(expectTheSame(system, [isFine]).deadlock).toHaveLength(1);
  });

  it.each([0, 1])('on 1,000 random systems, with every kind of property (%i)', (seed) => {
    const seen = { violated: 0, witnessed: 0, deadlock: 0, refused: 0, loops: 0, cut: 0 };
    fc.assert(
      fc.property(anySystem, fc.boolean(), (spec, stopAtViolation) => {
        const plain = expectTheSame(buildSystem(spec), PROPERTIES, { stopAtViolation });
        seen.violated += plain.violated.size > 0 ? 1 : 0;
        seen.witnessed += plain.witnessed.size > 0 ? 1 : 0;
        seen.deadlock += plain.deadlock ? 1 : 0;
        seen.refused += plain.refusals.length > 0 ? 1 : 0;
        seen.loops += plain.loops.size > 0 ? 1 : 0;
        seen.cut += plain.exhausted ? 0 : 1;
      }),
      { numRuns: 1000, seed },
    );
    for (const [what, times] of Object.entries(seen)) expect(times, what).toBeGreaterThan(0);
  });

  it('whatever the scout has seen', () => {
    for (const scout of [1, 2, 50, 300]) expectTheSame(table(5), [], { scout });
  });
});

describe('a kernel', () => {
  it.each(ENGINES)('in %s stops at limits of states, time and memory', (engine) => {
    const attempt = (limits: Partial<SearchOptions>) => () =>
      search(odometers('abcd'), [], { ...LIMITS, scout: 100, engine, ...limits });
    expect(attempt({ statesMax: 5_000 })).toThrow(/more than 5000 states: .*\(5000 states/);
    expect(attempt({ millisecondsMax: 1 })).toThrow(/more than 1 ms/);
    expect(attempt({ bytesMax: 2 ** 20 })).toThrow(LimitReached);
    expect(attempt({ bytesMax: 2 ** 20 })).toThrow(/more than 1 MiB of memory/);
  });
});
