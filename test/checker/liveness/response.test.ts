/** Response under fairness, on systems whose answers are known. */
import { describe, expect, it } from 'vitest';
import type { Fairness, Response } from '../../../checker/model/system.ts';
import { alternatingBit } from '../support/alternating-bit.ts';
import { allWeak, lassoOf, response } from '../support/lassos.ts';
import { memory, other, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';
import { ring } from '../support/token-ring.ts';

describe("Peterson's algorithm", () => {
  const entersAt = (fairness: Response['fairness']) =>
    response('a', ['raised', 'waiting'], fairness);

  it('lets every waiting process in, if both processes continue', () => {
    expect(lassoOf(peterson(), entersAt(allWeak))).toBeNull();
    expect(lassoOf(peterson(), response('b', ['raised', 'waiting'], allWeak))).toBeNull();
  });

  it('keeps the other waiting, and nothing moves, when one may stop while it has the turn', () => {
    const mayStop = (name: string) => (name === 'b' ? 'free' : 'weak');
    const lasso = lassoOf(peterson(), entersAt(mayStop));
    expect(lasso?.loop).toEqual([]);
    expect(lasso?.prefix).toHaveLength(3);
    expect(lasso?.prefix.filter((step) => step === 'a go')).toHaveLength(2);
  });

  it('blocks both for ever when the turn is ignored, each waiting for the other to give up', () => {
    const turnIgnored = memory.provide({
      guards: { mayPass: ({ context }, { from }) => !context[other(from)] },
    });
    expect(lassoOf(peterson(turnIgnored), entersAt(allWeak))).toEqual({
      prefix: ['a go', 'a go', 'b go', 'b go'],
      loop: [],
    });
  });

  it('owes nothing to a process that takes its step only finitely often', () => {
    const lasso = lassoOf(
      peterson(),
      entersAt(() => 'finite'),
    );
    expect(lasso).toEqual({ prefix: ['a go'], loop: [] });
  });
});

describe('dining philosophers', () => {
  const eats = response('philosopher0', ['holding'], allWeak);

  it('may wait for ever with a fork in hand, each of them: nothing can move', () => {
    for (const seats of [2, 3, 4]) {
      const lasso = lassoOf(table(seats), eats);
      expect(lasso?.loop, `${seats}`).toEqual([]);
      expect(lasso?.prefix, `${seats}`).toHaveLength(seats);
    }
  });

  it('may starve with one left-handed: weak fairness guarantees no intermittent fork', () => {
    expect(lassoOf(table(2, 1), eats)).toBeNull();
    const three = lassoOf(table(3, 1), response('philosopher1', ['holding'], allWeak));
    expect(three?.loop).toEqual(['philosopher2 reach', 'philosopher2 reach', 'philosopher2 leave']);
  });
});

describe('a token ring', () => {
  const worksAt = (fairness: Response['fairness']) => response('station1', ['waiting'], fairness);
  const wantIsFree = (_: string, { type }: { type: string }) => (type === 'want' ? 'free' : 'weak');

  it.each([2, 3, 5])('of %i serves every waiting station', (stations) => {
    expect(lassoOf(ring(stations), worksAt(wantIsFree))).toBeNull();
  });

  it('starves the others if a station may take the token again before it passes it on', () => {
    expect(lassoOf(ring(3, true), worksAt(wantIsFree))).toEqual({
      prefix: ['station1 want'],
      loop: ['station0 want', 'station0 work'],
    });
  });

  it('starves the others if a station may keep the token', () => {
    const keeps = (name: string, event: { type: string }) =>
      name === 'station2' && event.type === 'pass' ? 'free' : wantIsFree(name, event);
    expect(lassoOf(ring(3), worksAt(keeps))).toEqual({
      prefix: ['station0 pass', 'station1 pass', 'station1 want'],
      loop: [],
    });
  });
});

describe('the alternating bit protocol', () => {
  const arrives = (losing: Fairness) =>
    response('sender', ['sending'], (_, { type }) =>
      type === 'produce' ? 'free' : type === 'lose' ? losing : 'weak',
    );

  it('gets every message acknowledged over wires that lose only finitely often', () => {
    expect(lassoOf(alternatingBit, arrives('finite'))).toBeNull();
  });

  it('sends for ever over a wire that may lose everything', () => {
    const lasso = lassoOf(alternatingBit, arrives('free'));
    expect(lasso).toEqual({
      prefix: ['sender produce'],
      loop: ['sender send', 'receiver acknowledge', 'there lose', 'back deliver'],
    });
  });
});
