/**
 * Deployments in a line: the users, the hosts that they visit and call on, and the bounds. Default
 * settings (no adversary, no TLS) are left out.
 */

import { DEFENCES, type Defences, HARDENED } from '../../machines/ntlm/acceptor.ts';
import { INITIATOR, type Initiator } from '../../machines/ntlm/initiator.ts';
import { isChallenging } from '../../machines/system/mechanisms.ts';
import type {
  AcceptingHost,
  Adversary,
  Bounds,
  Deployment,
  Program,
  User,
} from '../../machines/system/topology.ts';
import { POOL_KEY } from '../../machines/vocabulary/purpose.ts';

/**
 * "alice, bob -> frontEnd (NTLM) -> mailbox (NTLM)": users, the hosts that they visit and call on,
 * then programs and the adversary. The traits of a party stand at its first mention.
 */
export function summaryOf({ users, hosts, programs, adversary }: Deployment): string {
  const mentioned = new Set<string>();
  const isNew = (name: string) => !mentioned.has(name) && mentioned.add(name).has(name);
  const from = (name: string): string => {
    const host = hosts.find((candidate) => candidate.name === name)!;
    const traits = isNew(name) ? traitsOf(host, hosts) : [roleOf(host)];
    const next = host.callsOn === null ? '' : from(host.callsOn);
    return ` -> ${name} (${[...traits].join(', ')})${next}`;
  };
  const visitors = (door: string) =>
    users
      .filter(({ visits }) => visits.includes(door))
      .map((user) => (isNew(user.name) ? visitor(user) : user.name))
      .join(', ');
  const doors = [...new Set(users.flatMap(({ visits }) => visits))];
  return [
    ...doors.map((door) => `${visitors(door)}${from(door)}`),
    ...programs.map((program) => `${poolOf(program)}${from(program.connectsTo)}`),
    ...(adversary === null ? [] : [powersOf(adversary)]),
  ].join('; ');
}

const roleOf = ({ accepts, paths }: AcceptingHost) => (paths.length > 0 ? 'proxy' : accepts);

function* traitsOf(host: AcceptingHost, hosts: readonly AcceptingHost[]): Iterable<string> {
  const { accepts, paths, certificate, redirectsTo, defences, policy, names } = host;
  yield roleOf(host);
  if (paths.length > 0) yield paths.join(' and ');
  const isShared = hosts.filter((other) => other.certificate === certificate).length > 1;
  if (certificate !== null) yield isShared ? `TLS as "${certificate}"` : 'TLS';
  if (names.length > 1 || names[0] !== host.name) yield `known as ${names.join(', ')}`;
  if (redirectsTo !== null) yield `redirects to ${redirectsTo}`;
  if (paths.length > 0 || !isChallenging({ accepts })) return;
  yield* checksOf(defences);
  if (policy.persistence === 'request') yield 'each request anew';
  if (policy.failureReply === 'forbidden') yield 'refuses with 403';
  if (policy.onPageRefusal === 'keep') yield 'keeps a sign-in that its page refuses';
}

type Words<Of> = { readonly [Field in keyof Of]: (value: Of[Field]) => string };
const CHECK = { ignored: 'ignored', checkedIfPresent: 'checked if present', required: 'required' };

/** The words for each setting that is not the default. */
const RESPONSE_CHECKS: Words<Defences> = {
  challenges: (value) => `${value} challenges`,
  timestamp: (value) => (value === 'sent' ? 'timestamp' : 'no timestamp'),
  ntlmv1: (value) => `NTLMv1 ${value}`,
  lmResponse: (value) => `LM response ${value}`,
  serverName: (value) => `server name ${CHECK[value]}`,
  channelBinding: (value) => `channel binding ${CHECK[value]}`,
  targetName: (value) => `target name ${value}`,
  mic: (value) => (value === 'ignored' ? 'MIC ignored' : 'MIC checked'),
  loopback: (value) => `loopback ${value}`,
};

/** The words for each setting of a client that is not the default. */
const CLIENTS: Words<Initiator> = {
  version: (value) => value,
  bindsChannel: (value) => `binds ${value ? 'its' : 'no'} channel`,
  withoutChannel: (value) => `${value === 'zeroes' ? 'all-zero' : 'no'} binding without TLS`,
  sendsMic: (value) => `sends ${value ? 'a' : 'no'} MIC`,
  trustsTarget: (value) => `target ${value ? 'trusted' : 'unverified'}`,
  dropsFlags: (value) => `${value ? 'drops' : 'keeps'} flags`,
  afterLapse: (value) => (value === 'repeats' ? 'takes a sign-in to last' : 'signs in again'),
};

/** In words, each field in which `found` differs from `usual`. */
function unusual<Of extends object>(words: Words<Of>, usual: Of, found: Of): readonly string[] {
  const inWords = <Field extends keyof Of>(field: Field) => words[field](found[field]);
  return (Object.keys(usual) as (keyof Of)[])
    .filter((field) => found[field] !== usual[field])
    .map(inWords);
}

const checksOf = (defences: Defences): readonly string[] =>
  unusual(RESPONSE_CHECKS, HARDENED, defences).length === 0
    ? ['hardened']
    : unusual(RESPONSE_CHECKS, DEFENCES, defences);

const PER_HOST = 'handshakes per host';

function visitor({ name, at, password, initiator, keepAlive, handshake }: User): string {
  const { afterLapse } = initiator;
  const bare = { ...INITIATOR, version: initiator.version, afterLapse }; // NTLMv1 has no more
  const traits = [
    ...(at === null ? [] : [`at ${at}`]),
    ...(password === 'weak' ? ['weak password'] : []),
    ...(keepAlive ? [] : ['no keep-alive']),
    ...(handshake === 'host' ? [PER_HOST] : []),
    ...unusual(CLIENTS, INITIATOR, initiator.version === 'NTLMv1' ? bare : initiator),
  ];
  return traits.length === 0 ? name : `${name} (${traits.join(', ')})`;
}

function poolOf({ name, poolKey, tasks, keepAlive, handshake }: Program): string {
  const missing = POOL_KEY.filter((part) => !poolKey.includes(part));
  const key = missing.length === 0 ? 'full pool key' : `pool key without ${missing.join(', ')}`;
  const traits = [
    'program',
    `${tasks.length} task${tasks.length === 1 ? '' : 's'}`,
    key,
    ...(keepAlive ? [] : ['no keep-alive']),
    ...(handshake === 'host' ? [PER_HOST] : []),
  ];
  return `${name} (${traits.join(', ')})`;
}

const powersOf = ({ name, controls, may, knows }: Adversary): string =>
  `${name}, the adversary, controls ${controls.join(', ')}` +
  (knows.length === 0 ? '' : `, knows the password of ${knows.join(', ')}`) +
  (may.length === 0 ? '' : `, may ${may.join(', ')}`);

/** A sentence. */
export const boundsOf = ({
  connections,
  challenges,
  pages,
  wrongPasswords,
  closing,
}: Bounds): string =>
  `Bounds: ${connections} connection${connections === 1 ? '' : 's'} a pair, ${challenges} ` +
  `${challenges === 1 ? 'challenge before it repeats' : 'challenges before they repeat'}, ` +
  `pages ${pages.join(', ')}, ` +
  `${wrongPasswords ? '' : 'no '}wrong passwords, ` +
  `connections ${closing ? 'close' : 'stay open'}.`;
