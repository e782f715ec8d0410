/**
 * One run, twice: by the model in symbolic terms, and in bytes, through the header fields of HTTP,
 * by a dictionary and an acceptor that decides by cryptography. What differs is told in words.
 */
import { isDeepStrictEqual } from 'node:util';
import { initialTransition, transition } from 'xstate';
import { effectsOf } from '../../../checker/model/effects.ts';
import type { HandshakeMessages } from '../../../conformance/codec/crypto/mic.ts';
import { decode } from '../../../conformance/codec/messages/message.ts';
import type { Bytes } from '../../../conformance/codec/messages/message-types.ts';
import { encodeBasic } from '../../../conformance/http/basic.ts';
import { ntlmToken, parseCredentials } from '../../../conformance/http/challenges.ts';
import { fromBase64, toBase64 } from '../../../conformance/http/field-value.ts';
import {
  type AcceptorDecision,
  type AcceptorSelf,
  decide,
} from '../../../conformance/terms/concrete-acceptor.ts';
import { concretise, type Spelling } from '../../../conformance/terms/concretise.ts';
import {
  Dictionary,
  type DictionaryOptions,
  type Secrets,
} from '../../../conformance/terms/dictionary.ts';
import {
  bindingNamed,
  challengeBytes,
  computerNameOf,
  machineIdOf,
  NEGOTIATE,
  namesIn,
  passwordOf,
} from '../../../conformance/terms/interpretation.ts';
import { type SentChallenges, visible } from '../../../conformance/terms/visible.ts';
import { ntlmServerConnection } from '../../../machines/ntlm/ntlm-server.ts';
import { CONNECTIONS } from '../../../machines/system/most-general-system.ts';
import type { Reply, ServerEvent } from '../../../machines/vocabulary/messages.ts';
import type { Challenge } from '../../../machines/vocabulary/terms.ts';
import { SERVER, type TermMessage, type TermRun, WORLD } from './runs.ts';

/** A response on its way to an acceptor of bytes, and what the model says of it. */
export type Case = {
  readonly self: AcceptorSelf;
  readonly messages: HandshakeMessages;
  readonly bytes: Bytes;
  readonly model: AcceptorDecision;
};

/** What reads the bytes, and what it is told. */
export type Reader = {
  readonly secrets: Secrets;
  readonly options: (run: TermRun) => DictionaryOptions;
  readonly negotiate: Bytes | null;
};

export const READER: Reader = {
  secrets: WORLD.secrets,
  options: ({ defences }) => ({ names: namesIn(WORLD), challenges: defences.challenges }),
  negotiate: NEGOTIATE,
};

type Snapshot = ReturnType<typeof initialTransition<typeof ntlmServerConnection>>[0];

/** Everything that differs, or nothing; and every response that the model waited for. */
export function both(run: TermRun, reader = READER) {
  const { policy, defences, certificate } = run;
  const dictionary = new Dictionary(reader.secrets, reader.options(run));
  const self: AcceptorSelf = {
    secrets: WORLD.secrets,
    computer: computerNameOf(SERVER),
    hosts: [SERVER],
    binding: certificate === null ? null : bindingNamed(certificate),
    machine: machineIdOf(SERVER),
    defences,
  };
  const own = { computer: SERVER, timestamp: defences.timestamp === 'sent', flags: false };
  const issued: Challenge[] = [];
  const seen: SentChallenges = {
    infoOf: (challenge) => (issued.some((each) => isDeepStrictEqual(each, challenge)) ? own : null),
  };
  const states = new Map<string, Snapshot>(
    CONNECTIONS.map((connection) => {
      const challenges = { max: 100, restart: false };
      const names = [SERVER];
      const input = {
        server: SERVER,
        names,
        connection,
        policy,
        defences,
        certificate,
        challenges,
      };
      return [connection, initialTransition(ntlmServerConnection, input)[0]];
    }),
  );
  const found: string[] = [];
  const cases: Case[] = [];
  const compare = (what: string, model: unknown, bytes: unknown) => {
    if (!isDeepStrictEqual(model, bytes))
      found.push(
        `${what}: ${JSON.stringify(model)} in the model, ${JSON.stringify(bytes)} in bytes`,
      );
  };

  for (const said of run.said) {
    const { to, spelling } = said;
    const before = states.get(to)!;
    const event = addressed(said, before.context.challenge);
    const again = abstracted(event, spelling, to, dictionary, reader);
    compare('event', shown(event, seen), again === null ? null : shown(again, seen));
    const [after, actions] = transition(ntlmServerConnection, before, event);
    if (again !== null)
      compare(
        'next state',
        seenOf(after),
        seenOf(transition(ntlmServerConnection, before, again)[0]),
      );
    states.set(to, after);
    const effects = effectsOf(actions);
    if (event.type === 'AUTHENTICATE_MESSAGE' && before.context.challenge !== null) {
      const messages = {
        negotiate: NEGOTIATE,
        challenge: challengeBytes(WORLD, before.context.challenge, own),
      };
      const bytes = concretise(WORLD, event.response, spelling);
      const model = decision(after, effects, event.response.user);
      compare('decision', model, decide(self, messages, bytes));
      cases.push({ self, messages, bytes, model });
    } else if (event.type === 'AUTHENTICATE_MESSAGE' && !before.matches('authenticated'))
      compare('accepted without a challenge', false, after.matches('authenticated'));
    for (const effect of effects)
      if ('event' in effect && effect.event.type === 'wire.send') {
        const { message } = effect.event as unknown as { message: Reply };
        if (message.type !== 'CHALLENGE_MESSAGE') continue;
        issued.push(message.challenge);
        const bytes = challengeBytes(WORLD, message.challenge, message.info);
        const sent = ntlmToken(['Negotiate', `NTLM ${toBase64(bytes)}`]);
        compare('challenge', message, dictionary.challenge(to, SERVER, sent ?? new Uint8Array()));
      }
  }
  return { differences: found, cases };
}

const addressed = (
  { event, toOutstanding }: TermMessage,
  challenge: Challenge | null,
): ServerEvent =>
  event.type === 'AUTHENTICATE_MESSAGE' && toOutstanding && challenge !== null
    ? { ...event, response: { ...event.response, challenge } }
    : event;

const seenOf = ({ value, context }: Snapshot) => ({ value, context });

const shown = (event: ServerEvent, seen: SentChallenges): ServerEvent =>
  event.type === 'AUTHENTICATE_MESSAGE'
    ? { ...event, response: visible(event.response, seen) }
    : event;

function decision(
  after: Snapshot,
  effects: ReturnType<typeof effectsOf>,
  user: string | null,
): AcceptorDecision {
  if (after.matches('authenticated')) return { user: user ?? '' };
  const [refused] = effects.flatMap((effect) =>
    'signal' in effect && effect.signal.type === 'rejected'
      ? [(effect.signal as unknown as { why: 'isUnproven' }).why]
      : [],
  );
  return { refused: refused! };
}

/** The event as its header field says it. Null: it has none of its own. */
function abstracted(
  event: ServerEvent,
  spelling: Spelling,
  connection: string,
  dictionary: Dictionary,
  reader: Reader,
): ServerEvent | null {
  switch (event.type) {
    case 'NEGOTIATE_MESSAGE':
      return requestIn(`NTLM ${toBase64(NEGOTIATE)}`, connection, dictionary, reader);
    case 'AUTHENTICATE_MESSAGE': {
      const bytes = concretise(WORLD, event.response, spelling);
      const scheme = spelling.zeroes ? 'NTLM' : 'ntlm';
      return requestIn(`${scheme} ${toBase64(bytes)}`, connection, dictionary, reader);
    }
    case 'http.request.basic': {
      const { user, secret } = event.credential;
      const name = spelling.raisesCase ? `LAB\\${user.toUpperCase()}` : user;
      const token = encodeBasic(name, passwordOf(WORLD, secret!));
      return requestIn(`Basic ${token}`, connection, dictionary, reader);
    }
    default:
      return event;
  }
}

function requestIn(
  field: string,
  connection: string,
  dictionary: Dictionary,
  { negotiate }: Reader,
): ServerEvent | null {
  const { scheme, token } = parseCredentials(field);
  if (token === null) return null;
  const path = 'mailbox';
  const readings =
    scheme === 'basic'
      ? dictionary.basic(path, token)
      : decode(fromBase64(token)).type === 'NEGOTIATE_MESSAGE'
        ? [{ type: 'NEGOTIATE_MESSAGE', path } as const]
        : dictionary.authenticate(connection, path, negotiate, fromBase64(token));
  return readings.length === 1 ? readings[0]! : null;
}
