/**
 * A capture that is damaged accuses nobody: whatever segments it lost, repeats or has in another
 * order, wherever it begins and ends, traffic that is a behaviour is one, or is left out.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { recordingOfSegments } from '../../../conformance/recording/capture/capture.ts';
import { BadRecording, type Recording } from '../../../conformance/recording/recording.ts';
import { randomFrom } from '../trace/support/model-runs.ts';
import { accusation, DAMAGES, judged, problemOrWhy } from './support/damage.ts';
import { ordinaryTraffic } from './support/ordinary.ts';
import { captured } from './support/tcp.ts';
import { trafficOf } from './support/traffic.ts';

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
