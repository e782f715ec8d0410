/** A drawing that can be zoomed and moved: by wheel with control, by dragging, buttons and keys. */
import createPanzoom, { type PanzoomObject } from '@panzoom/panzoom';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Box } from '../../../draw/chart/layout.ts';
import { px, scroller } from './attributes.ts';
import { Button } from './button.tsx';
import { SCALE_MIN, type Size, viewOf } from './zoom-view.ts';

type ZoomableProps = Size & {
  readonly name: string; // of the drawing; a new name is a new drawing
  readonly focus: Box | null; // what matters now
  readonly children: ComponentChildren;
};

/**
 * - `focus`: as large as can be read, with what matters in the middle. - `whole`: all of it.
 * - `own`: as the user left it.
 */
type Mode = 'focus' | 'whole' | 'own';

const OPTIONS = {
  ...{ minScale: SCALE_MIN, maxScale: 4, step: 0.25 },
  ...{ canvas: true, origin: '0 0', touchAction: 'pan-y', animate: false },
} as const;
const PAN_PX = 60; // by a key

export function Zoomable({ name, width, height, focus, children }: ZoomableProps) {
  const frame = useRef<HTMLDivElement>(null);
  const sheet = useRef<HTMLDivElement>(null);
  const zoom = useRef<PanzoomObject>(null);
  const [mode, setMode] = useState<Mode>('focus');
  const room = useRef<Size>({ width: 0, height: 0 }); // asked for once: that takes a layout
  const viewIn = (how: Mode) =>
    viewOf(room.current, { width, height }, how === 'whole' ? null : focus);
  const show = (how: Mode) => {
    if (how === 'own' || zoom.current === null || room.current.width === 0) return;
    const { scale, x, y } = viewIn(how);
    zoom.current.zoom(scale, { force: true });
    zoom.current.pan(x, y, { force: true });
  };
  const latest = useRef(show);
  latest.current = show;
  const shown = useRef(mode);
  shown.current = mode;
  const act = (command: Command) => {
    if (zoom.current === null) return;
    const left = obey(command, frame.current!, zoom.current);
    setMode(left);
    latest.current(left);
  };
  useLayoutEffect(() => {
    const outer = frame.current!;
    room.current = sizeOf(outer);
    const { scale, x, y } = viewIn(shown.current);
    const start = { startScale: scale, startX: x, startY: y };
    const created = createPanzoom(sheet.current!, { ...OPTIONS, ...start });
    zoom.current = created;
    if (shown.current === 'own') setMode('focus');
    const listening = new AbortController();
    const on = { signal: listening.signal, passive: false };
    outer.addEventListener('wheel', (event) => zoomByWheel(event, created, setMode), on);
    outer.addEventListener('keydown', (event) => obeyKey(event, act), on);
    sheet.current!.addEventListener('panzoomstart', () => setMode('own'), on);
    const resized = new ResizeObserver(() => {
      room.current = sizeOf(outer);
      latest.current(shown.current);
    });
    resized.observe(outer);
    return () => {
      resized.disconnect();
      listening.abort();
      created.destroy();
    };
  }, [name, width, height]);
  useLayoutEffect(() => latest.current(mode), [focus?.x, focus?.y, focus?.width, focus?.height]);
  return (
    <div class="zoomable">
      <div
        class="frame"
        ref={frame}
        {...scroller(`${name}: + and − zoom, 0 shows all, shift and arrows move`)}
      >
        <div class="sheet" ref={sheet} style={{ width: px(width), height: px(height) }}>
          {children}
        </div>
      </div>
      <div class="zoom-buttons">
        <Button
          name="Follow the active states"
          icon="focus"
          isIconOnly
          isPressed={mode === 'focus'}
          onPress={() => act('focus')}
        />
        <Button
          name="Show all"
          icon="fit"
          isIconOnly
          isPressed={mode === 'whole'}
          onPress={() => act('whole')}
        />
        <Button name="Zoom in" icon="plus" isIconOnly onPress={() => act('zoomIn')} />
        <Button name="Zoom out" icon="minus" isIconOnly onPress={() => act('zoomOut')} />
      </div>
    </div>
  );
}

const sizeOf = ({ clientWidth, clientHeight }: HTMLElement): Size => ({
  width: clientWidth,
  height: clientHeight,
});

type Command = 'focus' | 'whole' | 'zoomIn' | 'zoomOut' | 'left' | 'right' | 'up' | 'down';

const MOVES = { left: [1, 0], right: [-1, 0], up: [0, 1], down: [0, -1] } as const;

/** @returns in which mode that leaves it. */
function obey(command: Command, frame: HTMLElement, zoom: PanzoomObject): Mode {
  if (command === 'focus' || command === 'whole') return command;
  const scale = zoom.getScale();
  if (command === 'zoomIn' || command === 'zoomOut') {
    const { left, top } = frame.getBoundingClientRect();
    const middle = { clientX: left + frame.clientWidth / 2, clientY: top + frame.clientHeight / 2 };
    zoom.zoomToPoint(scale * (command === 'zoomIn' ? 1.25 : 0.8), middle);
  } else {
    const [x, y] = MOVES[command];
    zoom.pan((x * PAN_PX) / scale, (y * PAN_PX) / scale, { relative: true });
  }
  return 'own';
}

function zoomByWheel(event: WheelEvent, zoom: PanzoomObject, onMode: (mode: Mode) => void): void {
  if (!event.ctrlKey && !event.metaKey) return;
  zoom.zoomWithWheel(event);
  onMode('own');
}

const KEYS: Readonly<Record<string, Command>> = {
  ...{ '+': 'zoomIn', '=': 'zoomIn', '-': 'zoomOut', '0': 'whole' },
};
const SHIFTED: Readonly<Record<string, Command>> = {
  ...KEYS,
  ...{ ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' },
};

function obeyKey(event: KeyboardEvent, act: (command: Command) => void): void {
  const command = (event.shiftKey ? SHIFTED : KEYS)[event.key];
  if (command === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  act(command);
  event.preventDefault(); // and it is no step of the story
}
