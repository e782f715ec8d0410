/**
 * The machines of proofs without bounds, and their monitors, compare names through `same` alone.
 * Any other use of an opaque name throws when a proof runs; what cannot throw is looked for here.
 */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NEXT as CHECKERS_NEXT, SAME as CHECKERS_SAME } from '../../checker/unbounded/names.ts';
import { packageRoot } from '../../cli/package.ts';
import { following, NEXT, SAME, same } from '../../machines/vocabulary/names.ts';
import { networkOf } from '../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../properties/unbounded/theorems.ts';
import { allPaths, findIn, offenders, sourceOf } from '../support/sources.ts';

const ROOMS = /^machines\/(?:vocabulary|http|ntlm|basic|parties|proxy)\//;
const ADVERSARY = ['most-general-adversary', 'changes'];
const MONITORS = [
  ...[
    'accepted-once',
    'agreement',
    'nothing-passes',
    'own-challenge',
    'passwords',
    'served-as-owner',
  ],
  ...['signed-in-for', 'typed-for'],
];

const PATHS = allPaths().filter(
  (path) =>
    (ROOMS.test(path) && path !== 'machines/vocabulary/names.ts') ||
    ADVERSARY.some((name) => path === `machines/adversary/${name}.ts`) ||
    MONITORS.some((name) => path === `properties/monitors/${name}.ts`),
);

/** What is compared with a text of the program by `===`, and is no name: fields of closed types. */
const CLOSED = [
  ...[
    'afterFailure',
    'failureReply',
    'handshake',
    'secondNegotiate',
    'requestMidway',
    'reauthentication',
    'otherScheme',
  ],
  ...['persistence', 'onPageRefusal', 'challenges', 'timestamp', 'ntlmv1', 'lmResponse'],
  ...['serverName', 'targetName', 'loopback', 'mic', 'check', 'version', 'withoutChannel'],
  ...['afterLapse', 'logonMethod', 'upstream', 'type', 'from', 'to', 'typeof name'],
  ...['part', 'change'], // of a message, by the adversary
];

/** The code of a file, with its texts and without its comments. */
const codeOf = (path: string) =>
  sourceOf(path)
    .filter(({ kind }) => kind !== 'comment')
    .map(({ text }) => text)
    .join('');

/** Each comparison by an operator: its sides, as far as they are written without a blank. */
const comparisonsIn = (path: string) =>
  [...codeOf(path).matchAll(/([\w.?!)\]]+)\s*[!=]==?\s*([^\s;,)]+)/g)].map(
    ([, left = '', right = '']) => ({ left, right }),
  );

const isConstant = (text: string) => /^(?:null|undefined|true|false|\d+)$/.test(text);

describe('a machine of a proof', () => {
  it('is in a file that is looked through here', async () => {
    const looked = await Promise.all(PATHS.map(async (path) => import(join(packageRoot, path))));
    const machines = new Set(looked.flatMap((exported) => Object.values(exported as object)));
    const strays = THEOREMS.flatMap((theorem) =>
      networkOf(theorem).kinds.kinds.flatMap(({ parts }) =>
        parts.flatMap(({ rules: { machine } }) => (machines.has(machine) ? [] : [machine.id])),
      ),
    );
    expect(strays).toEqual([]);
  });
});

describe('a name', () => {
  it('is compared by no operator: one side is a constant, or a text and the other no name', () => {
    const strays = PATHS.flatMap((path) =>
      comparisonsIn(path)
        .filter(({ right }) => !isConstant(right))
        .filter(({ left, right }) => {
          const field = left.replace(/^.*[.]/, '');
          return !(/^'[\w.]+'$/.test(right) && CLOSED.includes(field));
        })
        .map(({ left, right }) => `${path}: ${left} with ${right}`),
    );
    expect(strays).toEqual([]);
    expect(PATHS.flatMap(comparisonsIn).length).toBeGreaterThan(70);
  });

  it('is looked up, sorted, matched and switched on nowhere', () => {
    const names = [
      ...['includes', 'indexOf', 'lastIndexOf', 'has', 'get', 'set', 'sort', 'toSorted', 'find'],
      ...['findIndex', 'startsWith', 'endsWith', 'localeCompare', 'match', 'test', 'at'],
    ];
    const methods = new RegExp(`[.](?:${names.join('|')})[(]|\\b(?:switch|instanceof)\\b|\\bin `);
    const find = (path: string) => findIn(sourceOf(path), ['code'], methods);
    expect(offenders(PATHS, find)).toEqual([]);
  });

  it('is the key of no field', () => {
    const find = (path: string) => findIn(sourceOf(path), ['code'], /\w\[(?!\d|'|\])\w+\]/);
    const files = offenders(PATHS, find).map((where) => where.replace(/:.*$/, ''));
    expect([...new Set(files)]).toEqual([
      'machines/vocabulary/purpose.ts', // a component of the pool key
      'machines/vocabulary/reading.ts', // a field of the context, by its name
    ]);
  });
});

describe('same', () => {
  it('compares plain names as they are', () => {
    expect(same('alice', 'alice')).toBe(true);
    expect(same('alice', 'bob')).toBe(false);
    expect(same(0, 0)).toBe(true);
    expect(same(null, null)).toBe(true);
    expect(same('alice', undefined)).toBe(false);
  });

  it('asks an opaque name, whichever side it stands on', () => {
    const asked: unknown[] = [];
    const name = { [SAME]: (other: unknown) => asked.push(other) > 0 } as never;
    expect(same(name, 'alice')).toBe(true);
    expect(same(null, name)).toBe(true);
    expect(asked).toEqual(['alice', null]);
  });

  it('knows opaque names by the symbols that the checker gives them', () => {
    expect([SAME, NEXT]).toEqual([CHECKERS_SAME, CHECKERS_NEXT]);
  });
});

describe('following', () => {
  it('counts from 0, and begins again after as many as there are', () => {
    expect([0, 1, 2].map((serial) => following(serial, 3))).toEqual([1, 2, 0]);
  });
});
