/** How what the adversary does is told: what it sends of its own accord, and what it overhears. */

import type { Injected, Stripped } from '../../machines/adversary/knowledge.ts';
import type { Scheme } from '../../machines/adversary/schemes.ts';
import { type Connection, connectionBetween, connectionOf } from '../component-names.ts';
import type { Participants } from '../participants.ts';
import { delivered, isReply, type Message, type Named, sentIn } from '../story-events.ts';
import type { Clause, Scene, Tellers } from './teller.ts';
import { parcelNamed, passwordNamed, responseKind } from './words.ts';

/** What it does at one end of a connection, under whose name it does it. */
export function asAdversary(
  connection: Connection,
  end: 'client' | 'server',
  does: string,
  { participants, memory }: Pick<Scene, 'participants' | 'memory'>,
): Clause {
  const who = participants.adversary ?? '';
  const { from, to } = connection;
  if (end === 'client') return { who, does: from === who ? does : `, as ${from}, ${does}` };
  if (participants.owns(to)) return { who, does: `, as ${to}, ${does}` };
  const isFirst = !memory.wasReached(from, to);
  return { who, does: isFirst ? `, who sits between ${from} and ${to}, ${does}` : does };
}

/** A host, and whose it is where the user now goes to it for the first time. */
export const hostNamed = (
  host: string,
  { participants, memory }: Pick<Scene, 'participants' | 'memory'>,
) =>
  participants.owns(host) && !memory.wasOpened(host)
    ? `${host} (which is ${participants.adversary}'s)`
    : host;

/** Who gets a message at the client end: "alice's browser", or a host. */
const receiver = (connection: Connection, participants: Participants) =>
  `${participants.client(connection)}${participants.on(connection)}`;

const TAKEN_OUT: { readonly [P in Stripped]: string } = {
  computer: "without the server's name (MsvAvNbComputerName)",
  timestamp: 'without its timestamp',
  binding: 'without its channel binding',
  mic: 'without its MIC',
};
const BECAUSE_OUT: { readonly [P in Stripped]: string } = {
  computer: 'A response to it names no server that a domain controller could compare.',
  timestamp: 'A client that sees none sends no MIC.',
  binding: 'The NT response was computed with it, and no longer fits.',
  mic: 'Nothing then covers the three messages as a whole.',
};

const putIn = (part: Injected) =>
  part === 'flags'
    ? 'with MsvAvFlags put into it'
    : `with the AV pairs that ${part.computer} wants to see written into it`;
const becauseIn = (part: Injected) =>
  part === 'flags'
    ? 'A client that copies them has them twice, and a server may not read that there is a MIC.'
    : 'The NT response was computed with others, and no longer fits.';

type Passing = Extract<Scheme, { from: string }>;

/** "passes alice's response on to mailbox", with what was done to it. */
function pass({ from, to }: Passing, scene: Scene, how = ''): Clause {
  const [source, target] = [connectionOf(from), connectionOf(to)];
  const [message] = sentIn(scene.step);
  if (message === undefined) return asAdversary(target, 'client', 'passes nothing on', scene);
  const isCall = !isReply(message);
  const what = parcelNamed(message, source);
  const where = isCall
    ? `${target.to}${scene.participants.on(target)}`
    : receiver(target, scene.participants);
  const opens = delivered(scene.step, 'wire.open') ? `opens a connection to ${target.to} and ` : '';
  const does = `${opens}passes ${what} on to ${opens === '' ? where : 'it'}${how}`;
  return asAdversary(target, isCall ? 'client' : 'server', does, scene);
}

/** Something of its own, at the client end of `on`. */
function call(on: string, scene: Scene, does: (server: string) => string): readonly Clause[] {
  const connection = connectionOf(on);
  const server = `${connection.to}${scene.participants.on(connection)}`;
  const opens = delivered(scene.step, 'wire.open') ? `opens a connection to ${server} and ` : '';
  return [
    asAdversary(connection, 'client', `${opens}${does(opens === '' ? server : 'it')}`, scene),
  ];
}

const proofIn = (scene: Scene) => {
  const [message] = sentIn(scene.step);
  return message?.type === 'AUTHENTICATE_MESSAGE' ? message.response : null;
};

export const SCHEMES: Tellers<Scheme['type'] | 'wire.overheard'> = {
  'adversary.unauthorized': ({ on }, scene) => [
    asAdversary(connectionOf(on), 'server', 'asks for a sign-in (401)', scene),
  ],
  'adversary.challenge': ({ on, computer }, scene) => {
    const name = computer === null ? 'and names no server' : `and names ${computer} as the server`;
    const does = `answers NEGOTIATE with the challenge that servers without nonces give, ${name}`;
    return [asAdversary(connectionOf(on), 'server', does, scene)];
  },
  'adversary.redirect': ({ on, to }, scene) => {
    const connection = connectionOf(on);
    const does = `sends ${receiver(connection, scene.participants)} on to ${to} (302)`;
    return [asAdversary(connection, 'server', does, scene)];
  },
  'adversary.ask': ({ on }, scene) =>
    call(on, scene, (server) => `sends ${server} a request without credentials`),
  'adversary.negotiate': ({ on }, scene) =>
    call(on, scene, (server) => `opens the handshake with ${server} (NEGOTIATE)`),
  'adversary.answer': ({ on, as }, scene) => {
    const response = proofIn(scene);
    const secret = `${as}'s password, which it has`;
    return call(on, scene, (server) =>
      response === null
        ? `sends ${server} a request with ${secret}`
        : `answers the challenge of ${server} with ${responseKind(response)} computed from ${secret}`,
    );
  },
  'adversary.replay': ({ on }, scene) =>
    call(
      on,
      scene,
      (server) => `sends ${server} ${proofIn(scene)?.user ?? 'nobody'}'s response, as it was heard`,
    ),
  'adversary.relay': (event, scene) => [pass(event, scene)],
  'adversary.reflect': (event, scene) => {
    const [message] = sentIn(scene.step);
    const isCall = message !== undefined && !isReply(message);
    return [pass(event, scene, isCall ? ', back to the machine it comes from' : '')];
  },
  'adversary.strip': (event, scene) => [
    { ...pass(event, scene, `, ${TAKEN_OUT[event.part]}`), aside: BECAUSE_OUT[event.part] },
  ],
  'adversary.inject': (event, scene) => [
    { ...pass(event, scene, `, ${putIn(event.part)}`), aside: becauseIn(event.part) },
  ],
  'wire.overheard': ({ message }, { step, at, participants }) => {
    const { from, to } = connectionBetween(at);
    const heard = overheardIn(message, { from, to }, delivered(step, 'learned'));
    const who = participants.adversary ?? at.to;
    return heard === null
      ? []
      : [{ who, does: `, who listens between ${from} and ${to}, ${heard}` }];
  },
};

/** Null: nothing that is of use to whoever listens. */
function overheardIn(
  message: Message,
  ends: Pick<Connection, 'from' | 'to'>,
  learned: Named<'learned'> | undefined,
): string | null {
  if (message.type === 'http.request.basic')
    return `hears ${passwordNamed(message.credential.secret)}`;
  if (message.type !== 'AUTHENTICATE_MESSAGE' || message.response.user === null) return null;
  return `hears ${parcelNamed(message, ends)}${guessing(learned)}`;
}

/** What a weak password's response gives away. */
export const guessing = (learned: Named<'learned'> | undefined): string => {
  const owner = learned?.secret?.passwordOf;
  return owner ? ` and guesses ${owner}'s password from it` : '';
};

/** What arrives at an end that the adversary plays. */
export function arrivedAtAdversary(message: Message, scene: Scene): readonly Clause[] {
  const { step, at, memory } = scene;
  const connection = connectionBetween(at);
  if (isReply(message)) {
    const does = `receives ${returned(message, connection, memory.served(connection.name))}`;
    return [asAdversary(connection, 'client', does, scene)];
  }
  const what = parcelNamed(message, connection).replace(/,$/, '');
  const isGuess = message.type === 'AUTHENTICATE_MESSAGE';
  const does = `receives ${what}${isGuess ? guessing(delivered(step, 'learned')) : ''}`;
  return [asAdversary(connection, 'server', does, scene)];
}

function returned(message: Message, connection: Connection, user: string | null): string {
  return message.type === 'http.ok' && user !== null
    ? `what ${connection.to} serves ${user} (200)`
    : parcelNamed(message, connection);
}
