/**
 * `node write-promela.js SYSTEM`: prints one system of the bench as a model for SPIN. It is a
 * separate process, because it visits every state first, and the bench must be able to stop.
 */
import { promelaOf } from '../../../checker/promela/promela.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import { build, isSystemKey, SYSTEMS } from '../bench-systems.ts';

const [, , key] = process.argv;
if (!isSystemKey(key)) throw new TypeError(`the bench has no system ${key}`);
const { system, properties } = build(SYSTEMS[key]);
const { model } = tabulate(system, properties);
process.stdout.write(promelaOf(model, [SYSTEMS[key].name]));
