/**
 * Runs of the model as captures, which are then damaged: loss, another order, an early end. A run
 * is a behaviour, and damage makes it no accusation.
 */
import { describe, expect, it } from 'vitest';
import { recordingOfSegments } from '../../../conformance/recording/capture/capture.ts';
import type { Recording } from '../../../conformance/recording/recording.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf } from '../../../machines/system/topology.ts';
import { REFUSALS_BY_403 } from '../../../properties/deployments/mixed-shapes.ts';
import { DEPLOYMENTS, randomFrom, randomTrace } from '../trace/support/model-runs.ts';
import { accusation, DAMAGES, problemOrWhy } from './support/damage.ts';
import { recordingOfRun } from './support/run-traffic.ts';
import { captured } from './support/tcp.ts';
import { trafficOf } from './support/traffic.ts';

const GROUNDS = [...DEPLOYMENTS, ...deploymentsOf(REFUSALS_BY_403)];
const STEPS = 120;

/** A run in which something is sent. */
function runOf(deployment: Deployment, random: () => number): Recording {
  const trace = randomTrace(deployment, MACHINES, STEPS, random);
  const recording = recordingOfRun(trace, deployment);
  return recording.observations.length > 12 ? recording : runOf(deployment, random);
}

const at = (seed: number) => GROUNDS[seed % GROUNDS.length]!;

/** The first accusations that a damage brings on runs of the model, each with its seed. */
const accusations = (name: string, seeds: readonly number[]): readonly string[] =>
  seeds.flatMap((seed) => {
    const random = randomFrom(seed * 6151 + 3);
    const segments = trafficOf(runOf(at(seed), random), { random });
    const why = accusation(DAMAGES[name]!(captured(segments), random));
    return why === '' ? [] : [`seed ${seed}, ${at(seed).name}: ${why}`];
  });

const seeds = (count: number) => Array.from({ length: count }, (_, i) => i);

describe('a run of the model, in bytes', () => {
  it('is a behaviour, as it was sent and as it was captured', () => {
    let judged = 0;
    for (const seed of seeds(4 * GROUNDS.length)) {
      const random = randomFrom(seed);
      const recording = runOf(at(seed), random);
      const segments = captured(trafficOf(recording, { random }));
      for (const one of [recording, recordingOfSegments({ segments, isCutShort: false })]) {
        expect([at(seed).name, seed, problemOrWhy(one)]).toEqual([at(seed).name, seed, '']);
        judged += one.observations.length;
      }
    }
    expect(judged).toBeGreaterThan(1000);
  });

  it.each(Object.keys(DAMAGES))('accuses nobody in a capture that is %s', (name) => {
    expect(accusations(name, seeds(14))).toEqual([]);
  });

  it.each(Object.keys(DAMAGES))(
    'accuses nobody in any of many captures that are %s',
    { tags: ['long'] },
    (name) => {
      expect(accusations(name, seeds(110).slice(14))).toEqual([]);
    },
  );
});
