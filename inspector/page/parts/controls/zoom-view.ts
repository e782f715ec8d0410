/** How large a drawing is shown, and which part of it. */
import type { Box } from '../../../draw/chart/layout.ts';

export type Size = { readonly width: number; readonly height: number }; // pixels

/** Offsets are in pixels of the drawing, and are scaled with it. */
export type ZoomView = { readonly scale: number; readonly x: number; readonly y: number };

export const SCALE_MIN = 0.02; // of a drawing in a frame that is hardly there
const FITTED_MAX = 1.25;
const READABLE = 0.8; // the text of a drawing is some twelve pixels high
const MARGIN_PX = 12;

/**
 * All of the drawing in the middle of the frame. Where that would be too small to be read and
 * something has the focus: that in the middle, as far as the drawing's edges allow.
 */
export function viewOf(frame: Size, size: Size, focus: Box | null): ZoomView {
  const room = { width: frame.width - 2 * MARGIN_PX, height: frame.height - 2 * MARGIN_PX };
  const fitted = Math.min(room.width / size.width, room.height / size.height, FITTED_MAX);
  const scale = focus === null ? Math.max(fitted, SCALE_MIN) : Math.max(fitted, READABLE);
  const middle = focus ?? { x: 0, y: 0, ...size };
  return {
    scale,
    x: offset(room.width, size.width * scale, (middle.x + middle.width / 2) * scale) / scale,
    y: offset(room.height, size.height * scale, (middle.y + middle.height / 2) * scale) / scale,
  };
}

/** Along one axis. A drawing that is smaller than the room is centred. */
function offset(room: number, length: number, middle: number): number {
  if (length <= room) return MARGIN_PX + (room - length) / 2;
  const wanted = room / 2 - middle;
  return MARGIN_PX + Math.min(Math.max(wanted, room - length), 0);
}
