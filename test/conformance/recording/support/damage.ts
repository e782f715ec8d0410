/** What captures suffer, and whether anybody is accused by what is left of them. */
import { recordingOfSegments } from '../../../../conformance/recording/capture/capture.ts';
import type { Segment } from '../../../../conformance/recording/capture/tshark.ts';
import { BadRecording, type Recording } from '../../../../conformance/recording/recording.ts';
import { judge } from '../../../../conformance/trace/trace-validation.ts';
import { SECRETS } from '../../trace/support/making.ts';
import { captured } from './tcp.ts';

type Damage = (segments: readonly Segment[], random: () => number) => readonly Segment[];

const moved: Damage = (segments, random) => {
  const at = segments.map((_, i) => [i + random() * 8, i] as const);
  return at.sort(([one], [other]) => one - other).map(([, i]) => segments[i]!);
};
/** The ways in which a capture is damaged, by name. */
export const DAMAGES: Readonly<Record<string, Damage>> = {
  nothing: (segments) => segments,
  'lost one in ten': (segments, random) => segments.filter(() => random() > 0.1),
  'lost one in a hundred': (segments, random) => segments.filter(() => random() > 0.01),
  'lost all data but some': (segments, random) =>
    segments.filter(({ length }) => length === 0 || random() > 0.7),
  'lost a burst': (segments, random) => {
    const start = Math.floor(random() * segments.length);
    return segments.filter((_, i) => i < start || i > start + random() * 10);
  },
  'in another order': moved,
  twice: (segments, random) =>
    moved(
      segments.flatMap((one) => (random() < 0.3 ? [one, one] : [one])),
      random,
    ),
  'ended early': (segments, random) => segments.slice(0, Math.floor(random() * segments.length)),
  'begun late': (segments, random) => segments.slice(Math.floor(random() * segments.length)),
  'cut off in its frames': (segments, random) => {
    const length = Math.floor(random() * 600);
    return segments.map((one) => ({ ...one, data: one.data.subarray(0, length) }));
  },
  'reset on the way': (segments, random) => {
    const [{ stream }] = segments as readonly [Segment];
    const at = 3 + Math.floor(random() * (segments.length - 3));
    const last = segments.slice(0, at).findLast((one) => one.stream === stream)!;
    const before = segments.slice(0, at);
    const reset = {
      ...last,
      length: 0,
      data: new Uint8Array(),
      flags: { ...last.flags, reset: true },
    };
    return [...before, reset, ...segments.slice(at).filter((one) => one.stream !== stream)];
  },
  'of one side only': (segments, random) => {
    const { from } = segments[Math.floor(random() * segments.length)]!;
    return segments.filter((one) => one.from.address !== from.address || random() < 0.02);
  },
  'damaged in many ways': (segments, random) =>
    moved(
      segments
        .filter(() => random() > 0.02)
        .flatMap((one) => (random() < 0.1 ? [one, one] : [one])),
      random,
    ).slice(Math.floor(random() * 5)),
};

export const judged = (recording: Recording) =>
  judge(recording, { sides: 'both', secrets: SECRETS, divergences: [] });

/** Why it is no behaviour. '': it is one, or nothing is left to judge. */
export function accusation(segments: readonly Segment[]): string {
  try {
    const read = recordingOfSegments({ segments: captured(segments), isCutShort: false });
    return judged(read).why;
  } catch (error) {
    if (error instanceof BadRecording) return '';
    throw error;
  }
}

/** Ordinary traffic may have no sign-in in it. */
export function problemOrWhy(recording: Recording): string {
  try {
    return judged(recording).why;
  } catch (error) {
    if (error instanceof BadRecording && /nothing about signing in/.test(error.message)) return '';
    throw error;
  }
}
