/**
 * The format of a topology file. What a field means is told here once, in `describe`: editors show
 * it, and `topologies/topology.schema.json` is made of it.
 */
import * as z from 'zod';
import { shown } from './bad-input.ts';
import { adversary } from './topology-schema/adversary-schema.ts';
import { bounds } from './topology-schema/bounds-schema.ts';
import { host } from './topology-schema/host-schema.ts';
import { program } from './topology-schema/program-schema.ts';
import { distinct, mechanism } from './topology-schema/schema-words.ts';
import { user } from './topology-schema/user-schema.ts';

export const format = z
  .strictObject({
    $schema: z.string().optional().describe('Tells an editor where this schema is. Not read.'),
    name: z
      .string()
      .max(80)
      .regex(/^\P{Cc}+$/u, {
        error: ({ input }) => `found ${shown(input)}; it must be one line of text`,
      })
      .optional()
      .describe('What the topology is called. Left out: what its file is called.'),
    compare: distinct(z.array(mechanism))
      .default([])
      .describe(
        'The deployment is judged once with each of these; hosts that do not say what they ' +
          'accept take it in turn.',
      ),
    hosts: z.array(host).min(1).max(100).describe('Where one signs in. Calls make no circle.'),
    users: z.array(user).min(1).max(100).describe('Who signs in.'),
    programs: z
      .array(program)
      .max(16)
      .default([])
      .describe('Programs that make requests for users, each over connections that it keeps.'),
    adversary: adversary
      .optional()
      .describe('Who is not honest, and what that one is able to do. Left out: all are honest.'),
    bounds: bounds
      .prefault({})
      .describe('What makes the state space finite. Each is a limit of what is proved.'),
  })
  .meta({
    title: 'double-hop topology',
    description: 'Who visits which host, which host calls on which, and how far all is explored.',
  });
export type TopologyFile = z.output<typeof format>;

/** The format in JSON Schema 2020-12, for editors. It does not say which names have to match. */
export const topologyJsonSchema = (): object => z.toJSONSchema(format, { io: 'input' });

const COLUMNS_MAX = 100;

/** The same as the text of `topologies/topology.schema.json`, formatted as Biome does. */
export function schemaText(): string {
  const text = JSON.stringify(topologyJsonSchema(), null, 2);
  const short = text.replace(/(.*)\[\n\s+([^[\]{}]+?)\n\s+\](,?)/g, (long, ...parts: string[]) => {
    const [before = '', items = '', comma = ''] = parts;
    const line = `${before}[${items.replace(/\n\s+/g, ' ')}]${comma}`;
    return line.length > COLUMNS_MAX ? long : line;
  });
  return `${short}\n`;
}
