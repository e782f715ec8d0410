/**
 * The format of a topology file. What a field means is told here once, in `describe`: editors show
 * it, and `topologies/topology.schema.json` is made of it.
 */
import * as z from 'zod';
import { POLICIES, type PolicyName, STANDARD } from '../machines/ntlm/policy.ts';
import { PARTY_NAME } from '../machines/system/topology.ts';
import { shown } from './bad-input.ts';

const named = z
  .string()
  .max(40)
  .regex(PARTY_NAME, {
    error: ({ input }) =>
      `found ${shown(input)}; it must be a letter, then letters, digits, "_", "." or "-"`,
  });
const mechanism = z.enum(['NTLM', 'Basic']);

const distinct = <List extends z.ZodArray<z.ZodType<string>>>(list: List) =>
  list
    .superRefine((items, { addIssue }) => {
      for (const [i, item] of items.entries()) {
        const message = `found ${shown(item)} again; it must be in the list once`;
        if (items.indexOf(item) < i) addIssue({ code: 'custom', path: [i], message });
      }
    })
    .meta({ uniqueItems: true });

const policy = z.strictObject({
  afterFailure: z
    .enum(['spent', 'reusable', 'poisoned'])
    .default(STANDARD.afterFailure)
    .describe('What a wrong AUTHENTICATE_MESSAGE leaves: its challenge, or a lost connection.'),
  secondNegotiate: z
    .enum(['renew', 'poison'])
    .default(STANDARD.secondNegotiate)
    .describe('What a NEGOTIATE_MESSAGE does while a challenge is outstanding.'),
  requestMidway: z
    .enum(['fail', 'allow'])
    .default(STANDARD.requestMidway)
    .describe('What a request without credentials meets while a challenge is outstanding.'),
  reauthentication: z
    .enum(['restart', 'poison', 'ignore'])
    .default(STANDARD.reauthentication)
    .describe('What an NTLM header does on a connection that is signed in.'),
  otherScheme: z
    .enum(['fail', 'refuse', 'ignore'])
    .default(STANDARD.otherScheme)
    .describe('What a Basic header does on a connection that is signed in.'),
});

const host = z.strictObject({
  name: named.describe('What the host is called. No user may have the same name.'),
  accepts: mechanism
    .optional()
    .describe('How one signs in here. Left out: each mechanism of `compare` in turn.'),
  callsOn: named
    .optional()
    .describe('The host it fetches the mailbox from, as its user. Left out: the mailbox is here.'),
  policy: z
    .union([z.enum(Object.keys(POLICIES) as [PolicyName, ...PolicyName[]]), policy])
    .default('standard')
    .describe(
      'What it does where NTLM over HTTP leaves a choice: as a measured acceptor does, or as ' +
        '`standard` but for what is given here. Matters where it accepts NTLM.',
    ),
  logonMethod: z
    .enum(['ClearText', 'Network'])
    .default('ClearText')
    .describe(
      'What a Basic logon keeps for the next hop: the password (ClearText), or the SIDs only ' +
        '(Network). Matters where it accepts Basic.',
    ),
});

const user = z.strictObject({
  name: named.describe('What the user is called. No host may have the same name.'),
  visits: distinct(z.array(named).min(1))
    .optional()
    .describe('The hosts the user opens in a browser. Left out: the first host.'),
});

const bounds = z.strictObject({
  connections: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Connections from one party to one host. Finite because each adds machines, and multiplies ' +
        'the states. Nothing is proved of what takes more at once: with 1, of one connection of ' +
        'a pair being taken for another.',
    ),
  challenges: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe(
      'Challenges on a connection before their serials repeat. Finite because nonces never run ' +
        'out. Challenges this many handshakes apart look the same, so nothing is proved of ' +
        'replays between those: with 1, of any replay.',
    ),
  pages: distinct(z.array(z.enum(['default', 'logonForm', 'mailbox'])).min(1))
    .default(['mailbox'])
    .describe(
      'What users ask a front end for. Finite because pages differ only in who may see them: ' +
        '`default` and `logonForm` are for everybody, `mailbox` is for a user. Nothing is proved ' +
        'of requests for pages left out.',
    ),
  wrongPasswords: z
    .boolean()
    .default(false)
    .describe(
      'Whether users mistype. Finite because one wrong password stands for all. With false, ' +
        'nothing is proved of users who fail to sign in.',
    ),
  closing: z
    .boolean()
    .default(true)
    .describe(
      'Whether connections close, at any moment. Finite because an opening forgets the one ' +
        'before. With false, nothing is proved of lost replies and of reconnecting.',
    ),
});

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

/** The same as the text of `topologies/topology.schema.json`, formatted as Biome does. */
export function schemaText(): string {
  const text = JSON.stringify(topologyJsonSchema(), null, 2);
  const short = text.replace(/\[\n\s+([^[\]{}]+?)\n\s+\]/g, (_, items: string) => {
    return `[${items.replace(/\n\s+/g, ' ')}]`;
  });
  return `${short}\n`;
}
