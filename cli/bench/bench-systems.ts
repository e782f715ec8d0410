/**
 * The systems on which the bench runs: the article's deployment with NTLM, in wider bounds. A
 * contestant that does not find the counts written here has not searched the same system.
 */
import type { Property, System } from '../../checker/model/system.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import type { Bounds } from '../../machines/system/topology.ts';
import { deploymentsOf } from '../../machines/system/topology.ts';
import { confinement } from '../../properties/claims/agreement.ts';
import { deadlockFree } from '../../properties/claims/reachable.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';

export type BenchSystem = {
  readonly name: string; // for people
  readonly claim: typeof deadlockFree; // the claim that is checked
  readonly bounds: Pick<Bounds, 'connections' | 'challenges' | 'wrongPasswords'>;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number; // steps
};

const wide = (challenges: number, wrongPasswords: boolean): BenchSystem['bounds'] => ({
  connections: 2,
  challenges,
  wrongPasswords,
});

/** By key, which is the argument of the programs. */
export const SYSTEMS = {
  '63k': {
    name: '62,688 states',
    claim: deadlockFree,
    bounds: wide(2, false),
    states: 62_688,
    transitions: 338_176,
    depth: 71,
  },
  '287k': {
    name: '287,064 states',
    claim: deadlockFree,
    bounds: wide(3, false),
    states: 287_064,
    transitions: 1_541_592,
    depth: 99,
  },
  '1M': {
    name: '860,544 states',
    claim: deadlockFree,
    bounds: wide(4, false),
    states: 860_544,
    transitions: 4_609_792,
    depth: 127,
  },
  '4M': {
    name: '3,991,500 states',
    claim: deadlockFree,
    bounds: wide(5, true),
    states: 3_991_500,
    transitions: 21_400_500,
    depth: 156,
  },
  '4M-confinement': {
    name: '3,991,500 states, confinement checked by monitors',
    claim: confinement,
    bounds: wide(5, true),
    states: 3_991_500,
    transitions: 21_400_500,
    depth: 156,
  },
  '16M': {
    name: '14,724,108 states',
    claim: deadlockFree,
    bounds: wide(7, true),
    states: 14_724_108,
    transitions: 78_791_412,
    depth: 212,
  },
} as const satisfies Readonly<Record<string, BenchSystem>>;

export type SystemKey = keyof typeof SYSTEMS;

export const isSystemKey = (key: string | undefined): key is SystemKey =>
  key !== undefined && Object.hasOwn(SYSTEMS, key);

/** A new copy of the claim's one system. */
export function build({ claim, bounds }: BenchSystem): {
  readonly system: System;
  readonly properties: readonly Property[];
} {
  const topology = { ...ARTICLE, bounds: { ...ARTICLE.bounds, ...bounds } };
  const deployment = deploymentsOf(topology)[ARTICLE.compare.indexOf('NTLM')]!;
  return claim.subjects(deployment, MACHINES)[0]!;
}
