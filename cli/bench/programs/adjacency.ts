/**
 * `node adjacency.js SYSTEM`: searches one system of the bench with `getAdjacencyMap` of
 * xstate/graph, and prints its counts as one line of JSON.
 */

import { build, isSystemKey, SYSTEMS } from '../bench-systems.ts';
import { countsBy } from './graph-search.ts';

const [, , key] = process.argv;
if (!isSystemKey(key)) throw new TypeError(`the bench has no system ${key}`);
process.stdout.write(`${JSON.stringify(countsBy(build(SYSTEMS[key]).system))}\n`);
