/** How each message that is put on a wire is told: the last thing that most steps do. */
import { connectionIn, connectionOf } from './cast.ts';
import { carried, delivered, type Message } from './events.ts';
import type { Clause, Scene } from './teller.ts';

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
  AUTHENTICATE_MESSAGE: ({ response: { user, key } }, { at, cast }) => {
    const on = cast.on(connectionOf(at.from));
    if (user === null) {
      return `has no key to answer the challenge${on} with: it answers as nobody (ANONYMOUS LOGON)`;
    }
    const password = key?.passwordOf === user ? `${user}'s password` : 'the mistyped password';
    return `answers the challenge${on} with a response computed from ${password} (AUTHENTICATE)`;
  },
  'http.ok': (_, { step }) => (delivered(step, 'served') ? null : 'answers 200'),
  'http.unauthorized': (_, scene) => unauthorized(scene),
  CHALLENGE_MESSAGE: ({ challenge }, { step, at, cast, memory }) => {
    const on = cast.onAtHost(connectionOf(at.from));
    const anew = memory.wasChallenged(challenge.connection) ? 'a new challenge' : 'a challenge';
    return step.event.type === 'wire.deliver'
      ? `answers NEGOTIATE${on} with ${anew} for this connection`
      : `issues challenge ${challenge.serial + 1} for this connection`;
  },
};

function unauthorized({ step, at, cast }: Scene): string | null {
  const connection = connectionOf(at.from);
  const arrived = carried(step);
  const isPassedOn = !cast.general && connectionIn(step.component)?.name !== connection.name;
  if (isPassedOn) return `passes the refusal on to ${connection.from}${cast.on(connection)} (401)`;
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
    : [{ who: isClient ? scene.cast.client(connection) : connection.to, does }];
}
