/**
 * Four claims about clients, checked in a recording of servers. Each is about sent requests, so no
 * reply of a server can make a correct client break one.
 *
 * @source MS-NLMP 3.1.5.1.2 (a response is to the challenge received); MS-NTHT 3.1.5.1 (one
 *   connection, one handshake); RFC 7617 2.2 (a protection space); RFC 4559 6 (no sharing)
 */
import type { Account } from '../codec/initiate.ts';
import type { Bytes } from '../codec/messages/message-types.ts';
import type { Connection, ConnectionId, Observation, Recording } from '../recording/recording.ts';
import { type Credentials, credentialsIn, nonceIn, provesWith } from './credentials.ts';

export const CLIENT_CLAIMS = {
  ownChallenge: 'Every response is to the last challenge of its own connection, and only once.',
  ownOrigin: 'No credential that a user has for an origin goes to another.',
  ownConnection: 'No request goes out on a connection that another user is signed in on.',
  oneHandshake: 'No second handshake begins for a request that a handshake has got a reply for.',
} as const;

export type ClientClaim = keyof typeof CLIENT_CLAIMS;

/** The account that a user types for an origin, right or wrong. */
export type Given = { readonly user: string; readonly origin: string; readonly account: Account };

export type Breach = {
  readonly claim: ClientClaim;
  readonly at: number; // index of the request among the observations
  readonly why: string; // without secrets
};

type Request = Extract<Observation, { readonly what: 'request' }>;
type Answered = { readonly request: Request; readonly credentials: Credentials };

/** The state of one connection so far. */
type Slot = {
  readonly connection: Connection;
  readonly nonces: Bytes[];
  outstanding: Bytes | null; // the last nonce, until it is answered or its handshake ends
  pending: Answered | null; // the request without a reply
  holder: string | null; // the user who is signed in on it
};
type ClientHistory = {
  readonly given: readonly Given[];
  readonly slots: ReadonlyMap<ConnectionId, Slot>;
  readonly done: Set<string>; // origins and targets that a handshake has got a reply for
};
type ObservedRequest = Answered & { readonly slot: Slot };

/**
 * The breaches of claims, in the order of time.
 *
 * @param given - all credentials of its users. Other credentials may go anywhere.
 * @throws CodecError or HeaderError for credentials that cannot be read
 */
export function breachesOf(recording: Recording, given: readonly Given[]): readonly Breach[] {
  const interpretation: ClientHistory = {
    given,
    slots: new Map(recording.connections.map((connection) => [connection.id, slotOf(connection)])),
    done: new Set(),
  };
  return recording.observations.flatMap((observation, at) => {
    const slot = interpretation.slots.get(observation.connection)!;
    if (observation.what === 'reply') noteReply(observation, slot, interpretation);
    if (observation.what !== 'request') return [];
    const seen = { request: observation, credentials: credentialsIn(observation), slot };
    const found = Object.entries(BREACHES).flatMap(([claim, why]): Breach[] => {
      const problem = why(seen, interpretation);
      return problem === null ? [] : [{ claim: claim as ClientClaim, at, why: problem }];
    });
    if (seen.credentials.type === 'AUTHENTICATE_MESSAGE') slot.outstanding = null;
    slot.pending = seen;
    return found;
  });
}

const slotOf = (connection: Connection): Slot => ({
  connection,
  nonces: [],
  outstanding: null,
  pending: null,
  holder: null,
});

function noteReply(
  reply: Extract<Observation, { what: 'reply' }>,
  slot: Slot,
  { done }: ClientHistory,
): void {
  const { pending, connection } = slot;
  slot.pending = null;
  const isRefusal = reply.status === (connection.isProxy ? 407 : 401);
  const nonce = isRefusal ? nonceIn(reply.authenticate) : null;
  if (nonce !== null) slot.nonces.push(nonce);
  if (isRefusal) slot.outstanding = nonce; // a 401 without a challenge ends the handshake
  if (isRefusal) slot.holder = null; // MS-N2HT 3.2.5: a 401 ends the persistent sign-in
  if (pending === null) return;
  const { type } = pending.credentials;
  if (nonce === null && type !== 'none') done.add(keyOf(pending.request, slot));
  if (!isRefusal && type === 'AUTHENTICATE_MESSAGE') slot.holder = pending.request.user;
}

const keyOf = ({ target, user }: Request, { connection }: Slot) =>
  `${connection.server} ${target} ${user}`;

/** The breach of a claim by a request. Null: none. */
const BREACHES: Readonly<
  Record<ClientClaim, (seen: ObservedRequest, interpretation: ClientHistory) => string | null>
> = {
  ownChallenge: ({ credentials, slot }, { given, slots }) => {
    if (credentials.type !== 'AUTHENTICATE_MESSAGE' || credentials.user === null) return null;
    const answers = (nonce: Bytes) =>
      given.some(({ account }) => provesWith(account, credentials, nonce));
    if (slot.outstanding !== null && answers(slot.outstanding)) return null;
    if (slot.nonces.some(answers)) return 'it answers a challenge that is no longer outstanding';
    const others = [...slots.values()].flatMap(({ nonces }) => nonces);
    if (others.some(answers)) return 'it answers a challenge of another connection';
    return 'it answers no challenge that any server has sent';
  },
  ownOrigin: ({ request: { user }, credentials, slot }, interpretation) => {
    const owners = ownersOf(credentials, interpretation);
    const { server } = slot.connection;
    const isHere = (one: Given) => one.origin === server && (user === null || one.user === user);
    const [owner] = owners;
    if (owner === undefined || owners.some(isHere)) return null;
    const kind = credentials.type === 'basic' ? 'the password' : 'a response by the password';
    return `${kind} that ${owner.user} has for ${owner.origin} goes to ${server}`;
  },
  ownConnection: ({ request: { user }, slot: { holder } }) =>
    holder === null || user === null || user === holder
      ? null
      : `a request of ${user} goes out on a connection that ${holder} is signed in on`,
  oneHandshake: ({ request, credentials: { type }, slot }, { done }) =>
    type === 'NEGOTIATE_MESSAGE' && request.user !== null && done.has(keyOf(request, slot))
      ? 'it begins another handshake for a request that has been answered'
      : null,
};

/** The possible owners of credentials: by the password, else by the name. */
function ownersOf(credentials: Credentials, { given, slots }: ClientHistory): readonly Given[] {
  if (credentials.type === 'none' || credentials.type === 'NEGOTIATE_MESSAGE') return [];
  const nonces = [...slots.values()].flatMap((slot) => slot.nonces);
  const named = given.filter(({ account }) => account.user.toLowerCase() === credentials.user);
  if (credentials.type === 'basic')
    return named.filter(({ account: { password } }) => password === credentials.password);
  const proving = given.filter(({ account }) =>
    nonces.some((nonce) => provesWith(account, credentials, nonce)),
  );
  return proving.length > 0 ? proving : named;
}
