/** How each message that is put on a wire is told: the last thing that most steps do. */
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import { connectionIn, connectionOf } from '../component-names.ts';
import { carried, delivered, type Message } from '../story-events.ts';
import type { Clause, Scene } from './teller.ts';
import { responseKind } from './words.ts';

type SentTellers = {
  readonly [T in Message['type']]: (
    message: Extract<Message, { type: T }>,
    scene: Scene,
  ) => string | null; // null: told elsewhere
};

/** The browser asks for what it has been refused. */
const isAgain = ({ step, at }: Scene) =>
  step.event.type === 'user.types' ||
  (connectionOf(at.from).name === connectionIn(step.component)?.name &&
    carried(step)?.type === 'http.unauthorized');

const SENT: SentTellers = {
  'http.request': (_, scene) =>
    isAgain(scene)
      ? 'asks again, still without credentials'
      : 'sends the request without credentials',
  'http.request.basic': ({ credential }, scene) => {
    const { secret, user } = credential;
    const isRight = secret?.passwordOf === user;
    if (isAgain(scene))
      return `asks again, this time with the ${isRight ? '' : 'mistyped '}password`;
    return `sends the request with ${isRight ? `${user}'s password` : 'the mistyped password'}`;
  },
  NEGOTIATE_MESSAGE: () => 'opens the handshake with NEGOTIATE',
  AUTHENTICATE_MESSAGE: ({ response }, { step, at, participants }) => {
    const { user, key, challenge } = response;
    const on = participants.on(connectionOf(at.from));
    if (user === null) {
      return `has no key to answer the challenge${on} with: it answers as nobody (ANONYMOUS LOGON)`;
    }
    const password = key?.passwordOf === user ? `${user}'s password` : 'the mistyped password';
    const meant = delivered(step, 'running')?.server;
    const issuer = isStatic(challenge) ? null : (connectionIn(challenge.connection)?.to ?? null);
    const isForeign = issuer !== null && meant !== undefined && issuer !== meant;
    const which = isForeign ? `, which means ${meant}, answers ${issuer}'s` : 'answers the';
    const proof = `${responseKind(response)} computed from ${password}`;
    return `${which} challenge${on} with ${proof} (AUTHENTICATE)`;
  },
  'http.ok': (_, scene) => {
    if (delivered(scene.step, 'served')) return null;
    const { from } = connectionOf(scene.at.from);
    return isPassedOn(scene) ? `passes it on to ${from} (200)` : 'answers 200';
  },
  'http.redirect': ({ to }, scene) => {
    const { from } = connectionOf(scene.at.from);
    return isPassedOn(scene) ? `passes it on to ${from} (302)` : `sends ${from} on to ${to} (302)`;
  },
  'http.unauthorized': (_, scene) => unauthorized(scene),
  CHALLENGE_MESSAGE: ({ challenge }, scene) => {
    const { step, at, participants, memory } = scene;
    if (isPassedOn(scene)) return `passes it on to ${connectionOf(at.from).from}`;
    const on = participants.onAtHost(connectionOf(at.from));
    if (isStatic(challenge))
      return `answers NEGOTIATE${on} with the challenge that it always gives`;
    const anew = memory.wasChallenged(challenge.connection) ? 'a new challenge' : 'a challenge';
    return step.event.type === 'wire.deliver'
      ? `answers NEGOTIATE${on} with ${anew} for this connection`
      : `issues challenge ${challenge.serial + 1} for this connection`;
  },
};

/** It came by another connection. */
const isPassedOn = ({ step, at, participants }: Scene) =>
  !participants.general && connectionIn(step.component)?.name !== connectionOf(at.from).name;

function unauthorized(scene: Scene): string | null {
  const { step, at, participants } = scene;
  const connection = connectionOf(at.from);
  const arrived = carried(step);
  if (isPassedOn(scene))
    return `passes the refusal on to ${connection.from}${participants.on(connection)} (401)`;
  if (delivered(step, 'rejected')) return null;
  if (delivered(step, 'learned') && !delivered(step, 'commit')) return null; // Basic has refused
  return arrived?.type === 'http.request' && delivered(step, 'page.requested')
    ? 'asks for a sign-in (401)'
    : 'answers 401';
}

/** @throws TypeError for a message that has no sentence. */
export function tellSent(message: Message, scene: Scene): readonly Clause[] {
  const teller = SENT[message.type] as ((...of: unknown[]) => string | null) | undefined;
  if (teller === undefined) throw new TypeError(`no sentence is known for sending ${message.type}`);
  const does = teller(message, scene);
  const connection = connectionOf(scene.at.from);
  const isClient = scene.at.from.endsWith('/client');
  return does === null
    ? []
    : [{ who: isClient ? scene.participants.client(connection) : connection.to, does }];
}
