/** Clauses for the adversary: the messages that it sends, and those that it overhears. */

import type { Injected, Stripped } from '../../machines/adversary/changes.ts';
import type { Scheme } from '../../machines/adversary/schemes.ts';
import { type Connection, connectionBetween, connectionOf } from '../component-names.ts';
import type { Participants } from '../participants.ts';
import { delivered, isReply, type Message, type Named, sentIn } from '../story-events.ts';
import type { Clause, ClauseWriters, Scene } from './clause.ts';
import { responds } from './sent-clauses.ts';
import { parcelNamed, passwordNamed, responseKind } from './words.ts';

/** What the adversary does at one end of a connection, and under whose name. */
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
    ? `${host} (${participants.adversary}'s host)`
    : host;

/** The receiver of a message at the client end: "alice's browser", or a host. */
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
  timestamp: 'A client that receives no timestamp sends no MIC.',
  binding: 'The NT response was computed with the binding and no longer verifies.',
  mic: 'Without a MIC, nothing protects the three messages as a whole.',
};

const putIn = (part: Injected) =>
  part === 'flags' ? 'with MsvAvFlags added' : `with the AV pairs that ${part.computer} expects`;
const becauseIn = (part: Injected) =>
  part === 'flags'
    ? 'A client that copies them sends the flags twice, and a server may overlook the MIC flag.'
    : 'The NT response was computed with other AV pairs and no longer verifies.';

type Passing = Extract<Scheme, { from: string }>;

/** "forwards alice's response to mailbox", and how the adversary changed it. */
function pass({ from, to }: Passing, scene: Scene, how = ''): Clause {
  const [source, target] = [connectionOf(from), connectionOf(to)];
  const [message] = sentIn(scene.step);
  if (message === undefined) return asAdversary(target, 'client', 'forwards nothing', scene);
  const isCall = !isReply(message);
  const what = parcelNamed(message, source);
  const where = isCall
    ? `${target.to}${scene.participants.on(target)}`
    : receiver(target, scene.participants);
  const opens = delivered(scene.step, 'wire.open') ? `opens a connection to ${target.to} and ` : '';
  const does = `${opens}forwards ${what} to ${opens === '' ? where : 'it'}${how}`;
  return asAdversary(target, isCall ? 'client' : 'server', does, scene);
}

/** A message of the adversary's own, at the client end of `on`. */
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

export const SCHEMES: ClauseWriters<Scheme['type'] | 'wire.overheard'> = {
  'adversary.unauthorized': ({ on }, scene) => [
    asAdversary(connectionOf(on), 'server', responds(401, connectionOf(on), scene), scene),
  ],
  'adversary.challenge': ({ on, computer }, scene) => {
    const name = computer === null ? 'names no server' : `names ${computer} as the server`;
    const does = `sends a static challenge that ${name}`;
    return [asAdversary(connectionOf(on), 'server', does, scene)];
  },
  'adversary.redirect': ({ on, to }, scene) => {
    const connection = connectionOf(on);
    const does = `redirects ${receiver(connection, scene.participants)} to ${to} (302)`;
    return [asAdversary(connection, 'server', does, scene)];
  },
  'adversary.ask': ({ on }, scene) =>
    call(on, scene, (server) => `sends ${server} a request without credentials`),
  'adversary.negotiate': ({ on }, scene) =>
    call(on, scene, (server) => `sends ${server} a NEGOTIATE_MESSAGE`),
  'adversary.answer': ({ on, as }, scene) => {
    const response = proofIn(scene);
    const secret = `${as}'s password, which it knows`;
    return call(on, scene, (server) =>
      response === null
        ? `sends ${server} a request with ${secret}`
        : `sends ${server} ${responseKind(response)} computed from ${secret}`,
    );
  },
  'adversary.replay': ({ on }, scene) =>
    call(
      on,
      scene,
      (server) => `sends ${server} the response of ${proofIn(scene)?.user} that it overheard`,
    ),
  'adversary.relay': (event, scene) => [pass(event, scene)],
  'adversary.reflect': (event, scene) => {
    const [message] = sentIn(scene.step);
    const isCall = message !== undefined && !isReply(message);
    return [pass(event, scene, isCall ? ', back to the machine that sent it' : '')];
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

/** Null: the message holds nothing that the adversary can use. */
function overheardIn(
  message: Message,
  ends: Pick<Connection, 'from' | 'to'>,
  learned: Named<'learned'> | undefined,
): string | null {
  if (message.type === 'http.request.basic')
    return `overhears ${passwordNamed(message.credential.secret)}`;
  if (message.type !== 'AUTHENTICATE_MESSAGE' || message.response.user === null) return null;
  return `overhears ${parcelNamed(message, ends)}${guessing(learned)}`;
}

/** A weak password can be guessed from a response that was computed from it. */
export const guessing = (learned: Named<'learned'> | undefined): string => {
  const owner = learned?.secret?.passwordOf;
  return owner ? ` and guesses ${owner}'s password from it` : '';
};

/** A message arrives at an end that the adversary plays. */
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
