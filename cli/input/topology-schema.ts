/**
 * The format of a topology file. Each field is explained in `describe`: editors show it, and
 * `topologies/topology.schema.json` is generated from it.
 */
import * as z from 'zod';
import { VERDICT_NAMES } from '../../properties/claim.ts';
import { shown } from './bad-input.ts';
import { adversary } from './topology-schema/adversary-schema.ts';
import { bounds } from './topology-schema/bounds-schema.ts';
import { host } from './topology-schema/host-schema.ts';
import { program } from './topology-schema/program-schema.ts';
import { distinct, mechanism } from './topology-schema/schema-words.ts';
import { user } from './topology-schema/user-schema.ts';

const verdict = z.enum(VERDICT_NAMES);

export const format = z
  .strictObject({
    $schema: z
      .string()
      .optional()
      .describe('Where an editor finds this schema. double-hop ignores it.'),
    name: z
      .string()
      .max(80)
      .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, {
        error: ({ input }) => `found ${shown(input)}; it must be one line of visible text`,
      })
      .optional()
      .describe('The name of the topology. Default: the name of the file.'),
    compare: distinct(z.array(mechanism))
      .default([])
      .describe(
        'The mechanisms to compare: the claims are checked once with each of them, which every ' +
          'host without `accepts` then accepts.',
      ),
    hosts: z
      .array(host)
      .min(1)
      .max(100)
      .describe('The servers. Their calls must not form a circle.'),
    users: z.array(user).min(1).max(100).describe('The users who sign in.'),
    programs: z
      .array(program)
      .max(16)
      .default([])
      .describe('Programs that make requests for users over a pool of connections.'),
    adversary: adversary
      .optional()
      .describe('The adversary, and what it is able to do. Default: there is none.'),
    expect: z
      .record(z.string().max(80), z.union([verdict, z.partialRecord(mechanism, verdict)]))
      .default({})
      .describe(
        'The verdicts that you expect, by claim: "violated" where a counterexample is known. ' +
          'check then fails where a verdict differs. With `compare`, one verdict for each ' +
          'mechanism. A claim that is left out must not be violated.',
      ),
    bounds: bounds
      .prefault({})
      .describe('Limits that make the state space finite. Nothing is proved beyond them.'),
  })
  .meta({
    title: 'double-hop topology',
    description:
      'Which user visits which host, which host calls which, and the bounds of the search.',
  });
export type TopologyFile = z.output<typeof format>;

/** The format in JSON Schema 2020-12, for editors. It cannot say which names must match. */
export const topologyJsonSchema = (): object => z.toJSONSchema(format, { io: 'input' });

const COLUMNS_MAX = 100;

/** The text of `topologies/topology.schema.json`, formatted as Biome does. */
export function schemaText(): string {
  const text = JSON.stringify(topologyJsonSchema(), null, 2);
  const short = text.replace(/(.*)\[\n\s+([^[\]{}]+?)\n\s+\](,?)/g, (long, ...parts: string[]) => {
    const [before = '', items = '', comma = ''] = parts;
    const line = `${before}[${items.replace(/\n\s+/g, ' ')}]${comma}`;
    return line.length > COLUMNS_MAX ? long : line;
  });
  return `${short}\n`;
}
