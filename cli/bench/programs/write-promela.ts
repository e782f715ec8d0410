/**
 * `node promela.js SYSTEM`: prints one system of the bench as a model for SPIN. A process of its
 * own, since it visits every state first, and the bench has to hear when it is to stop.
 */
import { promelaOf } from '../../../checker/promela/promela.ts';
import { tabulate } from '../../../checker/promela/tabulate.ts';
import { build, isSystemKey, SYSTEMS } from '../bench-systems.ts';

const [, , key] = process.argv;
if (!isSystemKey(key)) throw new TypeError(`the bench has no system ${key}`);
const { system, properties } = build(SYSTEMS[key]);
const { model } = tabulate(system, properties);
process.stdout.write(promelaOf(model, [SYSTEMS[key].name]));
