/** Columns: any two stories fit any terminal, and no word gets lost on the way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sideBySide } from '../../../story/diagram/columns.ts';

const word = (maxLength: number) => fc.stringMatching(new RegExp(`^[a-zA-Z(),;]{1,${maxLength}}$`));
const line = (maxLength: number) =>
  fc.array(word(maxLength), { minLength: 1, maxLength: 30 }).map((words) => words.join(' '));
const column = (maxLength: number) =>
  fc.record({ title: line(maxLength), lines: fc.array(line(maxLength), { maxLength: 25 }) });

const wordsOf = (text: string) => text.split(/\s+/).filter((part) => /[a-zA-Z(),;]/.test(part));
const SEED = { seed: 183545, numRuns: 300 };

describe('two stories in a terminal', () => {
  it('are never wider than it, and lose no word', () => {
    const width = fc.integer({ min: 40, max: 220 });
    fc.assert(
      fc.property(column(12), column(12), width, (left, right, width) => {
        const printed = sideBySide(left, right, width);
        for (const printedLine of printed.split('\n')) {
          expect(printedLine.length).toBeLessThanOrEqual(width);
        }
        const written = [left, right].flatMap(({ title, lines }) => [title, ...lines]);
        expect(wordsOf(printed).sort()).toEqual(written.flatMap(wordsOf).sort());
      }),
      SEED,
    );
  });

  it('are never wider than it where words have to be broken, and lose no letter', () => {
    const letters = (text: string) => text.replace(/[^a-zA-Z]/g, '');
    const width = fc.integer({ min: 1, max: 99 }); // one after the other, so in order
    fc.assert(
      fc.property(column(60), column(60), width, (left, right, width) => {
        const printed = sideBySide(left, right, width);
        for (const printedLine of printed.split('\n')) {
          expect(printedLine.length).toBeLessThanOrEqual(width);
        }
        const written = [left, right].flatMap(({ title, lines }) => [title, ...lines]);
        expect(letters(printed)).toBe(letters(written.join('')));
      }),
      SEED,
    );
  });

  const left = { title: 'Left', lines: ['one two', `${'long '.repeat(14)}end`] };
  const right = { title: 'Right', lines: ['three'] };

  it('stand next to each other from 100 columns on, the steps of one number on a level', () => {
    expect(sideBySide(left, right, 100)).toMatchInlineSnapshot(`
      "Left                                               Right
      ----                                               -----
      1. one two                                         1. three
      2. long long long long long long long long long
         long long long long long end
      "
    `);
  });

  it('stand one after the other below', () => {
    expect(sideBySide(left, right, 60)).toMatchInlineSnapshot(`
      "Left
      ----
      1. one two
      2. long long long long long long long long long long long
         long long long end

      Right
      -----
      1. three
      "
    `);
  });

  it('may be empty', () => {
    const nothing = { title: '', lines: [] };
    expect(sideBySide(nothing, nothing, 100).trim()).toBe('');
  });
});
