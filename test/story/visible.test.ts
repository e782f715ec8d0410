/** What a terminal or a page would obey is shown instead. */
import { describe, expect, it } from 'vitest';
import { visible, visibleData, visibleJson, visibleLines } from '../../story/visible.ts';

describe('visible text', () => {
  it.each([
    ['ESC and BEL', '\x1b]0;title\x07', '\\u001b]0;title\\u0007'],
    ['C1, the eight-bit CSI', '\x9b31mred', '\\u009b31mred'],
    ['DEL', 'a\x7fb', 'a\\u007fb'],
    ['line breaks', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
    ['separators of lines and paragraphs', '\u2028\u2029\x85', '\\u2028\\u2029\\u0085'],
    ['bidirectional controls', '\u202eabc\u2066\u200f', '\\u202eabc\\u2066\\u200f'],
    ['zero width', 'a\u200bb\u200d\ufeff', 'a\\u200bb\\u200d\\ufeff'],
    ['tag characters', '\u{e0041}', '\\udb40\\udc41'],
    ['lone surrogates', '\ud800', '\\ud800'],
    ['invisible letters', '\u3164\u034f\u2800', '\\u3164\\u034f\\u2800'],
  ])('escapes %s', (_, text, shown) => {
    expect(visible(text)).toBe(shown);
  });

  it('leaves letters of any script, and pictures, as they are', () => {
    for (const text of ['Grüße', '日本', 'العربية', '✔️ 🙂', 'a\u00a0b', 'back\\slash'])
      expect(visible(text)).toBe(text);
  });

  it('keeps the lines of a text of several lines', () => {
    expect(visibleLines('a\n\x1bb')).toBe('a\n\\u001bb');
  });

  it('as JSON reads back equal', () => {
    const data = { 'a\u202e': ['\x1b\x9b\x7f\u2028\u{e0041}\n', 1, null, true] };
    const text = visibleJson(data);
    expect(text).not.toMatch(/[^\P{Cc}\n]|\p{Cf}|\p{Zl}/u);
    expect(JSON.parse(text)).toEqual(data);
  });

  it('of data reaches keys and values at any depth', () => {
    expect(visibleData({ '\x1b': [{ a: '\x9b\nb' }], n: 1 })).toEqual({
      '\\u001b': [{ a: '\\u009b\\nb' }],
      n: 1,
    });
  });
});
