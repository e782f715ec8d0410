/**
 * Plays a story one step at a time, until its end or until the user selects a step. A loop is
 * played without end.
 */
import { useEffect, useState } from 'preact/hooks';

export type Player = {
  readonly isPlaying: boolean;
  readonly speed: number; // of SPEEDS
  readonly toggle: () => void;
  readonly stop: () => void;
  readonly setSpeed: (speed: number) => void;
};

export const SPEEDS: readonly number[] = [0.5, 1, 2, 4, 8];
const STEP_MS = 1500; // at speed 1: long enough to read a sentence

/** @param next - the position after this one. Null: this is the last. */
export function usePlayer(
  position: number,
  next: number | null,
  onPosition: (position: number) => void,
): Player {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    if (!isPlaying) return;
    if (next === null) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onPosition(next), STEP_MS / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, speed, position, next]);
  return {
    isPlaying,
    speed,
    setSpeed,
    stop: () => setPlaying(false),
    toggle: () => {
      if (!isPlaying && next === null) onPosition(0);
      setPlaying(!isPlaying);
    },
  };
}
