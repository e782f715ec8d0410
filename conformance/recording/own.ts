/** The project's own form of a recording, `double-hop-recording/1`: what `recording.ts` says. */
import * as z from 'zod';
import { parseAs } from './json.ts';
import { BadRecording, OMISSION_REASONS, type Recording } from './recording.ts';

const ID = z.string().min(1);
const SERVER = z
  .string()
  .refine((text) => /^https?:\/\/[^/?#@\\]+$/.test(text) && URL.canParse(text), {
    error: 'it must be an origin, as "http://127.0.0.5:8081"',
  });

const CONNECTION = z.strictObject({
  id: ID,
  client: z.string(),
  server: SERVER,
  isProxy: z.boolean(),
});

const OBSERVATION = z.discriminatedUnion('what', [
  z.strictObject({ what: z.enum(['opened', 'closed']), connection: ID }),
  z.strictObject({
    what: z.literal('request'),
    connection: ID,
    method: z.string(),
    target: z.string(),
    authorization: z.string().nullable(),
    user: z.string().nullable(),
  }),
  z.strictObject({
    what: z.literal('reply'),
    connection: ID,
    status: z.number().int().min(100).max(999),
    authenticate: z.array(z.string()),
    location: z.string().nullable(),
    identity: z.string().nullable(),
  }),
]);

const OMISSION = z.strictObject({
  connection: ID,
  reason: z.enum(OMISSION_REASONS),
  frame: z.number().int().min(1).nullable(),
});

const RECORDING = z.strictObject({
  format: z.literal('double-hop-recording/1'),
  source: z.string(),
  connections: z.array(CONNECTION),
  observations: z.array(OBSERVATION),
  omissions: z.array(OMISSION).exactOptional(),
});

/** "observation 3, status": counted from 1, as people count. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path
    .map((step) => (typeof step === 'number' ? `${step + 1}` : String(step)))
    .join(', ')
    .replace(/^(connection|observation|omission)s, (\d+)/, '$1 $2');

/** @throws BadRecording for data that is no recording, and says where */
export function ownRecording(data: unknown): Recording {
  const recording = parseAs(RECORDING, data, placeOf);
  const known = new Set<string>();
  for (const [i, { id }] of recording.connections.entries()) {
    if (known.has(id)) throw new BadRecording(`connection ${i + 1}`, `${id} is there twice`);
    known.add(id);
  }
  for (const [i, { connection }] of recording.observations.entries())
    if (!known.has(connection))
      throw new BadRecording(`observation ${i + 1}`, `there is no connection ${connection}`);
  for (const [i, { connection }] of (recording.omissions ?? []).entries())
    if (!known.has(connection))
      throw new BadRecording(`omission ${i + 1}`, `there is no connection ${connection}`);
  return recording;
}
