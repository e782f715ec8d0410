/** The index of standards is what the sources cite, and a citation is read as it is meant. */
import { describe, expect, it } from 'vitest';
import { citationsIn, standardsPage } from '../cli/pages/standards.ts';
import { textOf } from './support/sources.ts';

const cited = (...lines: readonly string[]) =>
  citationsIn('it.ts', `/**\n${lines.map((line) => ` * ${line}\n`).join('')} */\n`).map(
    ({ document, section, explanation }) => [document, section, explanation],
  );

describe('docs/standards.md', () => {
  it('is what the sources cite today: `npm run generate` would write the same', () => {
    expect(textOf('docs/standards.md')).toBe(standardsPage());
  });
});

describe('a @source', () => {
  it('has entries, entries have sections, and sections have explanations', () => {
    expect(cited('@source MS-NTHT 2.2.1, 3.1.5.1 (it fails); RFC 7617 4; KB Q183545')).toEqual([
      ['MS-NTHT', '2.2.1', null],
      ['MS-NTHT', '3.1.5.1', 'it fails'],
      ['RFC 7617', '4', null],
      ['KB', 'Q183545', null],
    ]);
  });

  it('may have commas and semicolons in an explanation, and commas in a title', () => {
    expect(cited('@source RFC 7617 2 (a, b; c), 4; Lowe, A Hierarchy, 1997, 2.3 (form)')).toEqual([
      ['RFC 7617', '2', 'a, b; c'],
      ['RFC 7617', '4', null],
      ['Papers, books and manuals', 'Lowe, A Hierarchy, 1997, 2.3', 'form'],
    ]);
  });

  it('lasts over several lines, until the next tag', () => {
    expect(
      cited('What it is.', '', '@source RFC 9112 9.3', '  (persistence)', '@throws 1'),
    ).toEqual([['RFC 9112', '9.3', 'persistence']]);
  });

  it('is one of a comment: code and plain comments cite nothing', () => {
    expect(
      citationsIn('it.ts', "// @source RFC 7617 2\nconst tag = '@source RFC 7617 2';"),
    ).toEqual([]);
  });

  it.each(['MS-NLMP', 'RFC 7617', 'RFC 7617 Basic', 'MS-NLMP 3.2.5.1.2 and 3.3.2'])(
    '"%s" is refused, for it names no section',
    (entry) => {
      expect(() => cited(`@source ${entry}`)).toThrow(`it.ts cites "${entry}"`);
    },
  );
});
