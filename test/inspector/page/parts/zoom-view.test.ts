/** How a drawing is placed in its frame: whole in the middle, or what matters large enough. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { viewOf } from '../../../../inspector/page/parts/controls/zoom-view.ts';

const length = fc.integer({ min: 80, max: 3000 });
const size = fc.record({ width: length, height: length });
const box = size.chain((whole) =>
  fc.record({
    whole: fc.constant(whole),
    x: fc.integer({ min: 0, max: whole.width - 40 }),
    y: fc.integer({ min: 0, max: whole.height - 20 }),
  }),
);

describe('the whole drawing', () => {
  it('is inside of its frame, in the middle, and not larger than it should be', () => {
    fc.assert(
      fc.property(size, size, (frame, whole) => {
        const { scale, x, y } = viewOf(frame, whole, null);
        expect(scale).toBeLessThanOrEqual(1.25);
        expect(x * scale + (whole.width * scale) / 2).toBeCloseTo(frame.width / 2);
        expect(y * scale + (whole.height * scale) / 2).toBeCloseTo(frame.height / 2);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(0);
      }),
    );
  });
});

describe('what matters', () => {
  it('is in sight, and can be read', () => {
    fc.assert(
      fc.property(size, box, (frame, { whole, x, y }) => {
        const focus = { x, y, width: 40, height: 20 };
        const view = viewOf(frame, whole, focus);
        const left = (view.x + x) * view.scale;
        const top = (view.y + y) * view.scale;
        expect(view.scale).toBeGreaterThanOrEqual(0.8);
        expect(
          [left, top, frame.width - left - 32, frame.height - top - 16].every((room) => room >= -1),
        ).toBe(true);
      }),
    );
  });

  it('does not move a drawing that is whole in sight', () => {
    const [frame, whole] = [
      { width: 600, height: 400 },
      { width: 300, height: 200 },
    ];
    const focus = { x: 0, y: 0, width: 10, height: 10 };
    expect(viewOf(frame, whole, focus)).toEqual(viewOf(frame, whole, null));
  });
});
