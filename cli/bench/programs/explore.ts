/**
 * `node explore.js SYSTEM`: searches one system of the bench, and prints its result as one line of
 * JSON. It is a separate process, so that its start and every call of XState count.
 */
import { search } from '../../../checker/search.ts';
import { build, isSystemKey, SYSTEMS } from '../bench-systems.ts';
import type { ExploreOutput } from './found.ts';

const BYTES_MAX = 2 ** 34; // no limit in practice

const [, , key] = process.argv;
if (!isSystemKey(key)) throw new TypeError(`the bench has no system ${key}`);
const { system, properties } = build(SYSTEMS[key]);
const found = search(system, properties, { statesMax: 10 ** 8, bytesMax: BYTES_MAX });
const explored: ExploreOutput = {
  states: found.states,
  transitions: found.transitions,
  depth: found.depth,
  milliseconds: found.milliseconds,
  bytes: found.bytes,
  against: [...found.violated.keys(), ...(found.deadlock === null ? [] : ['deadlock'])],
};
process.stdout.write(`${JSON.stringify(explored)}\n`);
