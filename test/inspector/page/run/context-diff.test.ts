/** The difference between two contexts: each leaf once, with what became of it. */
import { describe, expect, it } from 'vitest';
import { differences } from '../../../../inspector/page/run/context-diff.ts';

describe('differences', () => {
  it('are changed, added, removed or the same', () => {
    const before = { host: 'alice', job: { path: '/' }, old: 1 };
    const after = { host: 'alice', job: { path: 'mailbox', leg: 2 } };
    expect(differences(before, after)).toEqual([
      { path: 'host', change: 'same', before: '"alice"', after: '"alice"' },
      { path: 'job.path', change: 'changed', before: '"/"', after: '"mailbox"' },
      { path: 'job.leg', change: 'added', before: null, after: '2' },
      { path: 'old', change: 'removed', before: '1', after: null },
    ]);
  });

  it('tell of null as a value: what becomes an object is opened, and null is gone', () => {
    expect(differences({ key: null }, { key: { user: 'bob' } })).toEqual([
      { path: 'key.user', change: 'added', before: null, after: '"bob"' },
      { path: 'key', change: 'removed', before: 'null', after: null },
    ]);
  });

  it('take a list, and an empty object, for one leaf', () => {
    expect(differences({ list: [1, { a: 2 }] }, { list: [1], none: {} })).toEqual([
      { path: 'list', change: 'changed', before: '[1,{"a":2}]', after: '[1]' },
      { path: 'none', change: 'added', before: null, after: '{}' },
    ]);
  });

  it.each([
    [{}, {}, []],
    [undefined, undefined, []],
    [1, 2, [{ path: 'value', change: 'changed', before: '1', after: '2' }]],
  ])('between %j and %j are %j', (before, after, expected) => {
    expect(differences(before, after)).toEqual(expected);
  });
});
