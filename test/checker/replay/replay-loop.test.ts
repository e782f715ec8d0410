/** The replay through XState refuses lassos that are no counterexamples. */
import { describe, expect, it } from 'vitest';
import type { Fairness, Response, Trace } from '../../../checker/model/system.ts';
import { replayLoop } from '../../../checker/replay/replay-loop.ts';
import { search } from '../../../checker/search.ts';
import { alternatingBit } from '../support/alternating-bit.ts';

const arrives = (losing: Fairness, sending: Fairness = 'weak'): Response => ({
  kind: 'response',
  name: 'arrives',
  reads: ['sender'],
  holds: (sender) => sender?.value === 'idle',
  fairness: (_, { type }) =>
    type === 'produce' ? 'free' : type === 'lose' ? losing : type === 'send' ? sending : 'weak',
});

const lossy = arrives('free');
const found = search(alternatingBit, [lossy], { statesMax: 1_000 });
const lasso = found.violated.get('arrives')!;
const start = found.loops.get('arrives')!;
const replayed = (trace: Trace, from: number, response = lossy) =>
  replayLoop(alternatingBit, response, trace, from);

describe('a loop is refused by XState', () => {
  it('unless it is a fair loop: a message sent, lost, and sent again', () => {
    expect(lasso.slice(start).map(({ event }) => event.type)).toContain('lose');
    expect(() => replayed(lasso, start)).not.toThrow();
    expect(() => replayed([...lasso, ...lasso.slice(start)], start)).not.toThrow();
  });

  it('if it does not end in its first state', () => {
    expect(() => replayed(lasso.slice(0, -1), start)).toThrow(/the end of a loop: back is/);
    expect(() => replayed(lasso, start + 1)).toThrow(/the end of a loop/);
  });

  it('if one of its states owes no response', () => {
    const idle = { ...lossy, holds: () => true };
    expect(() => replayed(lasso, start, idle)).toThrow('no response is owed 0 steps into it');
    const full: Response = { ...lossy, reads: ['there'], holds: (wire) => wire?.value === 'full' };
    expect(() => replayed(lasso, start, full)).toThrow('no response is owed 1 steps into it');
  });

  it('if it takes a `finite` offer', () => {
    expect(() => replayed(lasso, start, arrives('finite'))).toThrow('there takes lose for ever');
  });

  it('if it never takes a weak offer that stays enabled', () => {
    const silent = lasso.slice(0, start);
    expect(() => replayed(silent, start)).toThrow('sender can always take send, and never does');
    const acknowledged = 'receiver can always take acknowledge, and never does';
    expect(() => replayed(silent, start, arrives('free', 'free'))).toThrow(acknowledged);
  });

  it('if it never takes an action that stays enabled through different offers', () => {
    const silent = lasso.slice(0, start);
    const moving = { ...arrives('free', 'free'), action: () => 'moves' };
    expect(() => replayed(silent, start, moving)).toThrow(/receiver can always take acknowledge/);
    expect(() => replayed(lasso, start, { ...lossy, action: () => 'moves' })).not.toThrow();
  });

  it('if a step is not enabled, or it starts after the end of the trace', () => {
    expect(() => replayed(lasso.slice(1), 0)).toThrow('step 1 of a lasso: it is not enabled');
    expect(() => replayed(lasso, lasso.length + 1)).toThrow('starts after the end of its trace');
  });
});
