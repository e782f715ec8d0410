/** Plays a story: a step at a time, until its end, or until someone else takes a step. */
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

export function usePlayer(
  position: number,
  end: number,
  onPosition: (position: number) => void,
): Player {
  const [isPlaying, setPlaying] = useState(false);
  const [speed, setSpeed] = useState(1);
  useEffect(() => {
    if (!isPlaying) return;
    if (position >= end) {
      setPlaying(false);
      return;
    }
    const timer = setTimeout(() => onPosition(position + 1), STEP_MS / speed);
    return () => clearTimeout(timer);
  }, [isPlaying, speed, position, end]);
  return {
    isPlaying,
    speed,
    setSpeed,
    stop: () => setPlaying(false),
    toggle: () => {
      if (!isPlaying && position >= end) onPosition(0);
      setPlaying(!isPlaying);
    },
  };
}
