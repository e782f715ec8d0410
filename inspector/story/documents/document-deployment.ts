/** The shape of a deployment in a document, and its unknown or repeated names. */
import * as z from 'zod';
import { INITIATOR } from '../../../machines/ntlm/initiator.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';
import { MECHANISM_NAMES } from '../../../machines/system/mechanisms.ts';
import { CAPABILITIES, type Deployment, PARTY_NAME } from '../../../machines/system/topology.ts';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { BadDocument } from './bad-document.ts';

const record = <Shape extends z.core.$ZodLooseShape>(shape: Shape) =>
  z.strictObject(shape).readonly();
/** As many as a topology file may have. */
const several = <Item extends z.ZodType>(item: Item, min = 0) =>
  z.array(item).min(min).max(100).readonly();

const party = z.string().max(40).regex(PARTY_NAME);
const controlled = z
  .string()
  .max(81)
  .regex(/^[^>]+(?:>[^>]+)?$/);
const line = z.string().min(1).max(1000);
const few = z.int().min(1).max(16); // as in a topology file

const handshake = z.enum(['connection', 'host']).default('connection');

const initiator = record({
  version: z.enum(['NTLMv2', 'NTLMv1']),
  bindsChannel: z.boolean(),
  withoutChannel: z.enum(['leavesOut', 'zeroes']).default(INITIATOR.withoutChannel),
  sendsMic: z.boolean(),
  trustsTarget: z.boolean(),
  dropsFlags: z.boolean(),
  afterLapse: z.enum(['authenticates', 'repeats']),
});

const user = record({
  name: party,
  visits: several(party),
  at: party.nullable(),
  password: z.enum(['strong', 'weak']),
  initiator,
  keepAlive: z.boolean().default(true),
  handshake,
});

const policy = record({
  afterFailure: z.enum(['spent', 'reusable', 'poisoned']),
  failureReply: z.enum(['unauthorized', 'forbidden']).default(STANDARD.failureReply),
  secondNegotiate: z.enum(['renew', 'poison']),
  requestMidway: z.enum(['fail', 'allow']),
  reauthentication: z.enum(['restart', 'poison', 'ignore']),
  otherScheme: z.enum(['fail', 'refuse', 'ignore']),
  persistence: z.enum(['connection', 'request']),
  onPageRefusal: z.enum(['end', 'keep']).default(STANDARD.onPageRefusal),
});

const check = z.enum(['ignored', 'checkedIfPresent', 'required']);
const defences = record({
  challenges: z.enum(['fresh', 'static']),
  timestamp: z.enum(['sent', 'leftOut']),
  ntlmv1: z.enum(['refused', 'allowed']),
  lmResponse: z.enum(['ignored', 'accepted']),
  serverName: check,
  channelBinding: check,
  targetName: z.enum(['unchecked', 'checked']),
  mic: z.enum(['ignored', 'checkedIfFlagged']),
  loopback: z.enum(['unchecked', 'checked']),
});

/** A document from before hosts had names has none. */
const host = record({
  name: party,
  accepts: z.enum(MECHANISM_NAMES),
  callsOn: party.nullable(),
  policy,
  defences,
  logonMethod: z.enum(['ClearText', 'Network']),
  certificate: party.nullable(),
  redirectsTo: party.nullable(),
  paths: z
    .array(z.enum(['pinned', 'pooled', 'closing']))
    .max(16)
    .readonly(),
  names: z.array(party).min(1).max(16).readonly().optional(),
}).transform((host) => ({ ...host, names: host.names ?? [host.name] }));

const purpose = record({
  credentials: party.nullable(),
  ambientIdentity: party,
  origin: party,
  proxyCredentials: party.nullable(),
  delegation: z.enum(['none', 'policy', 'always']),
});

const program = record({
  name: party,
  connectsTo: party,
  poolKey: z.array(z.enum(POOL_KEY)).readonly(),
  tasks: z.array(purpose).min(1).max(16).readonly(),
  keepAlive: z.boolean().default(true),
  handshake,
});

const adversary = record({
  name: party,
  controls: several(controlled, 1),
  may: z.array(z.enum(CAPABILITIES)).readonly(),
  knows: several(party),
});

export const deployment = record({
  name: line,
  users: several(user, 1),
  hosts: several(host, 1),
  programs: z.array(program).max(16).readonly(),
  adversary: adversary.nullable(),
  bounds: record({
    connections: few,
    challenges: few,
    pages: z.array(z.enum(['default', 'logonForm', 'mailbox'])).readonly(),
    wrongPasswords: z.boolean(),
    closing: z.boolean(),
  }),
});

/** @throws BadDocument where a name is given twice, or belongs to no host or party. */
export function refuseBadNames(
  { users, hosts, programs, adversary }: Deployment,
  at: string,
): void {
  const refuse = (what: string) => {
    throw new BadDocument(`${at}: ${what}`);
  };
  const parties = [...users, ...hosts, ...programs].map(({ name }) => name);
  const hostNames = hosts.map(({ name }) => name);
  for (const [i, name] of parties.entries())
    if (parties.indexOf(name) < i) refuse(`"${name}" is named twice`);
  const used = [
    ...users.flatMap(({ visits, at }) => [...visits, at]),
    ...hosts.flatMap(({ callsOn, redirectsTo }) => [callsOn, redirectsTo]),
    ...programs.map(({ connectsTo }) => connectsTo),
  ];
  for (const name of used)
    if (name !== null && !hostNames.includes(name)) refuse(`no host is named ${name}`);
  for (const { name, redirectsTo } of hosts)
    for (const { name: user, visits } of users)
      if (redirectsTo !== null && visits.includes(name) && !visits.includes(redirectsTo))
        refuse(`"${user}" could not follow "${name}" to "${redirectsTo}"`);
  for (const { name, paths, callsOn } of hosts)
    if (paths.length > 0 && callsOn === null)
      refuse(`"${name}" is a proxy without a host behind it`);
  if (adversary === null) return;
  const { name, controls } = adversary;
  const isAccount = controls.includes(name) && users.some((user) => user.name === name);
  if (parties.includes(name) && !isAccount) refuse(`"${name}" is named twice`);
  for (const part of controls.flatMap((controlled) => controlled.split('>')))
    if (!parties.includes(part)) refuse(`no party is named ${part}`);
}
