/** Choices are decided when they are read, and open again if they make no difference. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combinations, undecided } from '../../../conformance/trace/choices.ts';

type Knobs = { readonly a: 0 | 1; readonly b: 0 | 1 | 2; readonly c: 0 | 1 };
const ALL = combinations<Knobs>({ a: [0, 1], b: [0, 1, 2], c: [0, 1] });

describe('undecided', () => {
  it('decides nothing where nothing is looked at', () => {
    const { decide, left } = undecided({ knobs: ALL });
    expect(decide({}, () => 'x', String)).toEqual([{ decided: {}, result: 'x' }]);
    expect(left({}, 'knobs')).toEqual(ALL);
  });

  it('decides the choices that are read, and reopens those that make no difference', () => {
    const { decide, parts } = undecided({ knobs: ALL });
    const act = () => (parts.knobs.a === 0 ? 'same' : parts.knobs.b < 5 ? 'same' : 'other');
    expect(decide({}, act, String)).toEqual([{ decided: {}, result: 'same' }]);
    const differs = () => (parts.knobs.a === 0 ? 'no' : String(parts.knobs.b));
    expect(decide({}, differs, String).map(({ decided }) => decided)).toEqual([
      { 'knobs.a': 0 },
      { 'knobs.a': 1, 'knobs.b': 0 },
      { 'knobs.a': 1, 'knobs.b': 1 },
      { 'knobs.a': 1, 'knobs.b': 2 },
    ]);
  });

  /** Whatever is asked in whatever order: as if each of the allowed had been tried by itself. */
  it('comes to what trying each of them comes to, also where not all are allowed', () => {
    const table = fc.array(fc.nat({ max: 2 }), { minLength: ALL.length, maxLength: ALL.length });
    const order = fc.shuffledSubarray(['a', 'b', 'c'] as const, { minLength: 1 });
    const some = fc.subarray([...ALL], { minLength: 1 });
    fc.assert(
      fc.property(table, order, some, (results, fields, allowed) => {
        const { decide, left, parts } = undecided({ knobs: allowed });
        const resultOf = (knobs: Knobs) => {
          let at = 0;
          for (const field of fields) {
            at = at * 3 + knobs[field];
            if (results[at % results.length] === 0) break; // looks no further
          }
          return results[at % results.length]!;
        };
        const outcomes = decide({}, () => resultOf(parts.knobs), String);
        for (const knobs of allowed) {
          const fitting = outcomes.filter(({ decided }) => left(decided, 'knobs').includes(knobs));
          expect(fitting.map(({ result }) => result)).toEqual([resultOf(knobs)]);
        }
      }),
    );
  });
});
