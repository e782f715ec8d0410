/**
 * A capture that is damaged accuses nobody: whatever segments it lost, repeats or has in another
 * order, wherever it begins and ends, traffic that is a behaviour is one, or is left out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingOfSegments } from '../../../conformance/recording/capture/capture.ts';
import type { Segment } from '../../../conformance/recording/capture/tshark.ts';
import { BadRecording, type Recording } from '../../../conformance/recording/recording.ts';
import { judge } from '../../../conformance/trace/trace-validation.ts';
import { SECRETS } from '../trace/support/making.ts';
import { ordinaryTraffic, randomFrom } from './support/ordinary.ts';
import { captured } from './support/tcp.ts';
import { trafficOf } from './support/traffic.ts';

type Damage = (segments: readonly Segment[], random: () => number) => readonly Segment[];

const moved: Damage = (segments, random) => {
  const at = segments.map((_, i) => [i + random() * 8, i] as const);
  return at.sort(([one], [other]) => one - other).map(([, i]) => segments[i]!);
};
const DAMAGES: Readonly<Record<string, Damage>> = {
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

const judged = (recording: Recording) =>
  judge(recording, { sides: 'both', secrets: SECRETS, divergences: [] });

/** Why it is no behaviour. '': it is one, or nothing is left to judge. */
function accusation(segments: readonly Segment[]): string {
  try {
    const read = recordingOfSegments({ segments: captured(segments), isCutShort: false });
    return judged(read).why;
  } catch (error) {
    if (error instanceof BadRecording) return '';
    throw error;
  }
}

/** The first accusations that damages bring on ordinary traffic, each with its seed. */
function accusations(name: string, seeds: readonly number[]): readonly string[] {
  return seeds.flatMap((seed) => {
    const random = randomFrom(seed * 7919 + 1);
    const segments = trafficOf(ordinaryTraffic(random), { random });
    const why = accusation(DAMAGES[name]!(segments, random));
    return why === '' ? [] : [`seed ${seed}: ${why}`];
  });
}

const seedsUpTo = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('ordinary traffic', () => {
  it('is a behaviour, and is read as it was sent', () => {
    for (const seed of seedsUpTo(60)) {
      const random = randomFrom(seed);
      const recording = ordinaryTraffic(random);
      expect(problemOrWhy(recording)).toBe('');
      const read = recordingOfSegments({
        segments: trafficOf(recording, { random }),
        isCutShort: false,
      });
      expect(read.omissions).toBe(undefined);
      expect(essenceOf(read)).toEqual(essenceOf({ ...recording, ...withoutNames(recording) }));
    }
  });
  it.each(Object.keys(DAMAGES))('accuses nobody in a capture that is %s', (name) => {
    expect(accusations(name, seedsUpTo(40))).toEqual([]);
  });
  it.each(Object.keys(DAMAGES))(
    'accuses nobody in any of many captures that are %s',
    { tags: ['long'] },
    (name) => {
      expect(accusations(name, seedsUpTo(160).slice(40))).toEqual([]);
    },
  );
  it('is damaged so that much is left out, and much is still judged', () => {
    const outcomes = seedsUpTo(40).map((seed) => {
      const random = randomFrom(seed);
      const segments = trafficOf(ordinaryTraffic(random), { random });
      const some = captured(DAMAGES['lost one in a hundred']!(segments, random));
      try {
        const read = recordingOfSegments({ segments: some, isCutShort: false });
        return judged(read).leftOut.length > 0 ? 'in part' : 'whole';
      } catch (error) {
        if (error instanceof BadRecording) return 'nothing';
        throw error;
      }
    });
    expect([...new Set(outcomes)].sort()).toEqual(['in part', 'nothing', 'whole']);
  });
});

/** Ordinary traffic may have no sign-in in it. */
function problemOrWhy(recording: Recording): string {
  try {
    return judged(recording).why;
  } catch (error) {
    if (error instanceof BadRecording && /nothing about signing in/.test(error.message)) return '';
    throw error;
  }
}

/** A capture does not name users without a header for it. */
const withoutNames = ({ observations }: Recording) => ({
  observations: observations.map((one) =>
    one.what === 'reply' ? { ...one, identity: null } : one,
  ),
});

/** By connection, for each its messages and its end. */
function essenceOf({ connections, observations }: Recording) {
  const said = connections.map(({ id }) =>
    observations
      .filter(({ connection, what }) => connection === id && what !== 'opened')
      .map(({ connection: _, ...rest }) => rest),
  );
  return said.map((list) => JSON.stringify(list)).sort();
}

describe('a recording of which the end is missing', () => {
  it('is a behaviour as far as it goes, connection by connection', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (seed, cut) => {
        const random = randomFrom(seed);
        const recording = ordinaryTraffic(random);
        const { observations, connections } = recording;
        const [first] = connections;
        const before = observations.slice(0, cut % (observations.length + 1));
        const early = [...before, { what: 'closed', connection: first!.id } as const];
        const without = observations.filter(({ connection }) => connection !== first!.id);
        for (const some of [before, early, without]) {
          const whole = { ...recording, observations: some };
          expect(whyNot(whole)).toBe('');
        }
      }),
      { numRuns: 40, seed: 20_261_130 },
    );
  });
});

function whyNot(recording: Recording): string {
  try {
    return judged(recording).why;
  } catch (error) {
    if (error instanceof BadRecording) return '';
    throw error;
  }
}
