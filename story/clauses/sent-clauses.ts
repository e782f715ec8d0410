/** Clauses for each message that a component puts on a wire: most steps end with one. */
import type { Step } from '../../checker/model/system.ts';
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import { type Connection, connectionIn, connectionOf } from '../component-names.ts';
import type { Participants } from '../participants.ts';
import { carried, delivered, type Message } from '../story-events.ts';
import type { Clause, Scene } from './clause.ts';
import { responseKind } from './words.ts';

type SentTellers = {
  readonly [T in Message['type']]: (
    message: Extract<Message, { type: T }>,
    scene: Scene,
  ) => string | null; // null: another event has the clause
};

/** True where the client repeats a request that was refused. */
const isAgain = ({ step, at }: Scene) =>
  step.event.type === 'user.types' ||
  (connectionOf(at.from).name === connectionIn(step.component)?.name &&
    carried(step)?.type === 'http.unauthorized');

/** Where the user's browser may choose the connection on which it repeats the request. */
const chosen = ({ step: { event }, at, participants }: Scene) =>
  event.type === 'user.types' && event.via !== undefined
    ? participants.on(connectionOf(at.from))
    : '';

/** The challenge arrived in this step, or before it, perhaps on another connection. */
const challengeNamed = (step: Step, participants: Participants): string => {
  if (step.event.type !== 'client.answers') return 'this challenge';
  const moved = delivered(step, 'moved');
  return moved === undefined
    ? 'the challenge'
    : `the challenge that came${participants.on(connectionOf(moved.connection))}`;
};

const SENT: SentTellers = {
  'http.request': (_, scene) =>
    isAgain(scene)
      ? `sends the request again${chosen(scene)}, without credentials`
      : 'sends a request without credentials',
  'http.request.basic': ({ credential }, scene) => {
    const { secret, user } = credential;
    const isRight = secret?.passwordOf === user;
    if (isAgain(scene))
      return `sends the request again, with the ${isRight ? '' : 'mistyped '}password`;
    return `sends a request with ${isRight ? `${user}'s password` : 'the mistyped password'}`;
  },
  NEGOTIATE_MESSAGE: () => 'sends a NEGOTIATE_MESSAGE',
  AUTHENTICATE_MESSAGE: ({ response }, { step, at, participants }) => {
    const { user, key, challenge } = response;
    const on = participants.on(connectionOf(at.from));
    if (user === null)
      return `has no key to answer this challenge${on}, so it sends an anonymous AUTHENTICATE_MESSAGE`;
    const password = key?.passwordOf === user ? `${user}'s password` : 'the mistyped password';
    const meant = delivered(step, 'running')?.server;
    const issuer = isStatic(challenge) ? null : (connectionIn(challenge.connection)?.to ?? null);
    const isForeign = issuer !== null && meant !== undefined && issuer !== meant;
    const sends = `sends ${isForeign ? `${meant} ` : ''}an AUTHENTICATE_MESSAGE${on}`;
    const which = isForeign ? `${issuer}'s challenge` : challengeNamed(step, participants);
    const proof = `${responseKind(response)} computed from ${password}`;
    return `${sends} that answers ${which} with ${proof}`;
  },
  'http.ok': (_, scene) => {
    if (delivered(scene.step, 'served')) return null;
    const { from } = connectionOf(scene.at.from);
    return isPassedOn(scene) ? `forwards it to ${from} (200)` : 'responds 200';
  },
  'http.redirect': ({ to }, scene) => {
    const { from } = connectionOf(scene.at.from);
    return isPassedOn(scene) ? `forwards it to ${from} (302)` : `redirects ${from} to ${to} (302)`;
  },
  'http.forbidden': (_, scene) => refusal(403, scene),
  'http.unauthorized': (_, scene) => refusal(401, scene),
  CHALLENGE_MESSAGE: ({ challenge }, scene) => {
    const { step, at, participants, memory } = scene;
    if (isPassedOn(scene)) return `forwards it to ${connectionOf(at.from).from}`;
    const on = participants.onAtHost(connectionOf(at.from)) || ' on this connection';
    if (isStatic(challenge)) return `sends its static challenge${on}`;
    const anew = memory.wasChallenged(challenge.connection) ? 'a new challenge' : 'a challenge';
    return step.event.type === 'wire.deliver'
      ? `sends ${anew}${on}`
      : `sends challenge ${challenge.serial + 1} on this connection`;
  },
};

/** True where the message came over another connection. */
const isPassedOn = ({ step, at, participants }: Scene) =>
  !participants.general && connectionIn(step.component)?.name !== connectionOf(at.from).name;

function refusal(status: 401 | 403, scene: Scene): string | null {
  const { step, at, participants } = scene;
  const connection = connectionOf(at.from);
  if (isPassedOn(scene)) {
    const what = participants.isProxy(connection.to) ? 'forwards it' : `responds ${status}`;
    return `${what} to ${connection.from}${participants.on(connection)}`;
  }
  if (delivered(step, 'rejected')) return null;
  if (delivered(step, 'learned') && !delivered(step, 'commit')) return null; // Basic has refused
  return responds(status, connection, scene);
}

/** The most general client stands for every client, so its servers name no recipient. */
export const responds = (
  status: 401 | 403,
  { from }: Pick<Connection, 'from'>,
  { participants }: Pick<Scene, 'participants'>,
): string => `responds ${status}${participants.general ? '' : ` to ${from}`}`;

/** A client without keep-alive goes on over another connection, and opens it with its message. */
const anew = ({ step, at }: Scene): string => {
  const isAt = (type: string, end: 'from' | 'to') =>
    step.deliveries.some((other) => other[end] === at.to && other.event.type === type);
  const isReopened = isAt('connection.opened', 'from') && !isAt('wire.open', 'to');
  return isReopened ? ', on a new connection' : '';
};

/** @throws TypeError for a message that has no sentence. */
export function sentClauses(message: Message, scene: Scene): readonly Clause[] {
  const write = SENT[message.type] as ((...of: unknown[]) => string | null) | undefined;
  if (write === undefined) throw new TypeError(`no sentence is known for sending ${message.type}`);
  const does = write(message, scene);
  const connection = connectionOf(scene.at.from);
  const isClient = scene.at.from.endsWith('/client');
  return does === null
    ? []
    : [
        isClient
          ? { who: scene.participants.client(connection), does: `${does}${anew(scene)}` }
          : { who: connection.to, does },
      ];
}
