/** The window of a sequence diagram's rows, against going through all of them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sequenceLayout } from '../../../../inspector/draw/sequence/sequence-layout.ts';
import {
  extentOf,
  middleOf,
  rowsWithin,
  stepAt,
} from '../../../../inspector/page/parts/story/sequence-rows.ts';
import { askedAgain, storyFor } from '../page-stories.ts';

const story = storyFor(askedAgain);
const layout = sequenceLayout(story);
const { rows, height } = layout;
const anywhere = fc.integer({ min: -100, max: Math.ceil(height) + 100 });

describe('rows in sight', () => {
  it('are those that touch the range from top to bottom, and no others', () => {
    fc.assert(
      fc.property(anywhere, fc.nat({ max: 900 }), (top, room) => {
        const { from, to } = rowsWithin(rows, top, top + room);
        const inSight = rows.filter((row) => row.y + row.height > top && row.y < top + room);
        expect(rows.slice(from, to)).toEqual(inSight);
      }),
    );
  });

  it('are none of none', () => {
    expect(rowsWithin([], 0, 500)).toEqual({ from: 0, to: 0 });
    expect([extentOf([], 1), stepAt([], 0)]).toEqual([null, null]);
  });
});

describe('a step', () => {
  it('reaches from the first of its rows to the last', () => {
    for (let step = 1; step <= story.steps.length; step += 1) {
      const own = rows.filter((row) => row.step === step);
      expect(extentOf(rows, step)).toEqual({
        top: own[0]!.y,
        bottom: own.at(-1)!.y + own.at(-1)!.height,
      });
    }
    expect([extentOf(rows, 0), extentOf(rows, story.steps.length + 1)]).toEqual([null, null]);
  });

  it('is found at each place of its rows', () => {
    fc.assert(
      fc.property(anywhere, (y) => {
        const row = rows.find(
          (candidate) => candidate.y <= y && y < candidate.y + candidate.height,
        );
        expect(stepAt(rows, y)).toBe(row?.step ?? null);
      }),
    );
  });

  it('has its middle between the parties that it is about', () => {
    const lane = (party: string) => layout.lanes.find((one) => one.party === party)!.x;
    const challenge = story.steps.findIndex(({ travels }) =>
      travels.some(
        ({ from, to, delivered }) => delivered && from === 'mailbox' && to === 'frontEnd',
      ),
    );
    expect(middleOf(layout, challenge + 1)).toBe((lane('frontEnd') + lane('mailbox')) / 2);
    expect(middleOf(layout, 0)).toBeNull();
  });
});
