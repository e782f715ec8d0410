/**
 * What a reader of a verdict should know beside it, one sentence each: handshakes that were cut,
 * challenges without a name or sent twice, NTLM that a server does not take, right responses that
 * were refused.
 *
 * @source MS-NLMP 3.2.5.1.1 (the challenge is a nonce), 2.2.1.2 (TargetInfo), 3.2.5.1.2; RFC 4559
 *   4.1, 6 (a sign-in is of one connection)
 */
import { hex } from '../codec/bytes.ts';
import type { ChallengeMessage } from '../codec/messages/message-types.ts';
import { hostIn } from './observation-sentences.ts';
import type { Observations, Observed, ObservedReply, ObservedRequest } from './observations.ts';
import type { JudgedConnection } from './scope.ts';
import {
  challengeSent,
  credentialsSent,
  isNameless,
  partsOf,
  responseSent,
} from './sent-messages.ts';

const LISTED_MAX = 5; // connections in a sentence

type Facts = {
  readonly seen: readonly Observed[];
  readonly connection: (id: string) => JudgedConnection;
};

/** Sentences in lower case, without their full stops. */
export function notesOf({
  connections,
  seen,
}: Pick<Observations, 'connections' | 'seen'>): readonly string[] {
  const byId = new Map(connections.map((connection) => [connection.id, connection]));
  const facts: Facts = { seen, connection: (id) => byId.get(id)! };
  return [
    ...cutHandshakes(facts),
    ...namelessChallenges(facts),
    ...repeatedChallenges(facts),
    ...untakenNtlm(facts),
    ...refusedResponses(facts),
  ];
}

/** Each request with the reply to it. */
function exchangesOf({ seen }: Facts) {
  const asked = new Map<string, ObservedRequest>();
  return seen.flatMap((one): readonly (readonly [ObservedRequest, ObservedReply])[] => {
    if (one.what === 'request') asked.set(one.connection, one);
    const request = asked.get(one.connection);
    if (one.what !== 'reply' || request === undefined) return [];
    asked.delete(one.connection);
    return [[request, one]];
  });
}

const isRefused = ({ reply }: ObservedReply) =>
  reply.type === 'http.unauthorized' || reply.type === 'CHALLENGE_MESSAGE';

const signsIn = ([{ readings }, answer]: readonly [ObservedRequest, ObservedReply]) =>
  !isRefused(answer) &&
  answer.status < 400 &&
  readings.some(({ type }) => type === 'AUTHENTICATE_MESSAGE' || type === 'http.request.basic');

/** Of each server at which no connection was signed in, the connections that were cut. */
function cutHandshakes(facts: Facts): readonly string[] {
  const serverOf = (id: string) => hostIn(facts.connection(id).server);
  const signedIn = new Set(
    exchangesOf(facts).flatMap((exchange) =>
      signsIn(exchange) ? [serverOf(exchange[0].connection)] : [],
    ),
  );
  const last = new Map<string, Cut['after']>();
  const cut = new Map<string, Cut>();
  for (const one of facts.seen) {
    if (one.what === 'request' && one.readings[0]?.type === 'NEGOTIATE_MESSAGE')
      last.set(one.connection, 'NEGOTIATE');
    else if (one.what === 'reply' && one.reply.type === 'CHALLENGE_MESSAGE')
      last.set(one.connection, 'challenge');
    else if (one.what !== 'closed') last.delete(one.connection);
    const after = last.get(one.connection);
    const server = serverOf(one.connection);
    if (one.what !== 'closed' || after === undefined || signedIn.has(server)) continue;
    const none = signedIn.size === 0 ? 'no connection' : `no connection to ${server}`;
    const key = `${after} ${none}`;
    const same = cut.get(key) ?? { after, none, numbers: [] };
    cut.set(key, same);
    same.numbers.push(facts.connection(one.connection).number);
  }
  return [...cut.values()].map(
    ({ after, none, numbers }) =>
      `${none} was signed in: ${listed(numbers)} closed after the ${after}, ` +
      'and NTLM needs both messages on one connection',
  );
}

type Cut = {
  readonly after: 'challenge' | 'NEGOTIATE'; // the last message
  readonly none: string; // "no connection"
  readonly numbers: number[]; // of connections
};

/** "connection 1", "connections 1, 2 and 3". */
function listed(numbers: readonly number[]): string {
  const some = [...new Set(numbers)].slice(0, LISTED_MAX).map(String);
  const more = new Set(numbers).size - some.length;
  const all = more > 0 ? [...some, `${more} more`] : some;
  return all.length === 1
    ? `connection ${all[0]}`
    : `connections ${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** By server, the challenges that it sent. */
function challengesOf({ seen, connection }: Facts) {
  const byServer = new Map<string, { number: number; message: ChallengeMessage }[]>();
  for (const one of seen) {
    const message = one.what === 'reply' ? challengeSent(one.observation) : null;
    if (message === null) continue;
    const { server, number } = connection(one.connection);
    const sent = byServer.get(hostIn(server)) ?? [];
    byServer.set(hostIn(server), sent);
    sent.push({ number, message });
  }
  return [...byServer];
}

const namelessChallenges = (facts: Facts): readonly string[] =>
  challengesOf(facts).flatMap(([server, all]) => {
    const nameless = all.filter(({ message }) => isNameless(message));
    if (nameless.length === 0) return [];
    const lacks = nameless.every(({ message }) => message.targetInfo === null)
      ? 'it has no TargetInfo'
      : 'its TargetInfo has no computer name';
    const where = listed(nameless.map(({ number }) => number));
    return [`the challenge of ${server} on ${where} names no server: ${lacks}`];
  });

const repeatedChallenges = (facts: Facts): readonly string[] =>
  challengesOf(facts).flatMap(([server, all]) => {
    const byNonce = new Map<string, number[]>();
    for (const { message, number } of all) {
      const nonce = hex(message.serverChallenge);
      const numbers = byNonce.get(nonce) ?? [];
      byNonce.set(nonce, numbers);
      numbers.push(number);
    }
    return [...byNonce.values()]
      .filter(({ length }) => length > 1)
      .map(
        (numbers) =>
          `${server} sends the same ServerChallenge ${numbers.length} times, on ` +
          `${listed(numbers)}: it has to be a nonce (MS-NLMP 3.2.5.1.1), or a response can be replayed`,
      );
  });

function untakenNtlm({ seen, connection }: Facts): readonly string[] {
  const untaken = new Map<string, Set<number>>();
  for (const one of seen) {
    if (one.what !== 'request') continue;
    if (!one.isUnheard && one.readings[0]?.type !== 'http.request') continue;
    const sent = credentialsSent(one.observation);
    if (!sent?.message) continue;
    const { server, number } = connection(one.connection);
    const host = hostIn(server);
    const key =
      sent.scheme === 'ntlm'
        ? `${host} never offers NTLM, so it may ignore the NTLM of`
        : `${host} takes no NTLM in scheme Negotiate (RFC 4559 4.1), so it may refuse the NTLM of`;
    untaken.set(key, (untaken.get(key) ?? new Set()).add(number));
  }
  return [...untaken].map(([text, numbers]) => `${text} ${listed([...numbers])}`);
}

function refusedResponses(facts: Facts): readonly string[] {
  const refused = exchangesOf(facts).flatMap(([{ readings, observation, connection }, answer]) => {
    const [request, other] = readings;
    const message = responseSent(observation);
    if (message === null || request?.type !== 'AUTHENTICATE_MESSAGE') return [];
    const { user, key, altered } = request.response;
    const isRight = other === undefined && user !== null && key?.passwordOf === user && !altered;
    if (!isRight || !isRefused(answer) || request.response.challenge.connection !== connection)
      return [];
    const { number } = facts.connection(connection);
    return [
      `on connection ${number}, a response with the right password of ${user} is refused; ` +
        `it ${partsOf(message)}`,
    ];
  });
  return [...new Set(refused)];
}
