/** Clauses for each message that arrives over a wire, by the party that receives it. */

import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { Response } from '../../machines/vocabulary/terms.ts';
import { connectionIn, connectionOf } from '../component-names.ts';
import { carried, delivered, type Message, sends } from '../story-events.ts';
import { arrivedAtAdversary, hostNamed } from './adversary-clauses.ts';
import type { Clause, ClauseWriters, Scene } from './clause.ts';
import { responds } from './sent-clauses.ts';
import { credentialsNamed, parcelNamed } from './words.ts';

/** A clause of the receiving host. The most general client's own clause names its message. */
const receives = (
  { step, at, participants }: Scene,
  does: (place: string) => string | null,
): Clause[] => {
  if (participants.general) return [];
  const predicate = does(participants.onAtHost(connectionOf(step.component)));
  return predicate === null ? [] : [{ who: connectionOf(at.to).to, does: predicate }];
};

/** An authentication header that is not due: without effect, or the end of the handshake. */
const outOfTurn = (what: string, scene: Scene, why = '') =>
  receives(scene, (on) => {
    const user = delivered(scene.step, 'page.requested')?.identity?.user;
    return user === undefined
      ? `receives ${what} out of turn${on}${why}`
      : `ignores ${what}${on} and takes the request as ${user}'s`;
  });

/** In most cases its challenge was sent on a connection before this one, or beside it. */
function whyOutOfTurn({ challenge }: Response, { at, participants, memory }: Scene): string {
  const here = connectionOf(at.to);
  if (isStatic(challenge)) return '';
  const other = connectionIn(challenge.connection);
  if (other !== null && other.name !== here.name && other.from === here.from)
    return ` (its challenge was sent${participants.on(other)})`;
  return memory.wasChallenged(here.name) ? '' : ' (this connection has no challenge)';
}

/** For parties that the adversary does not play, and that are no proxies. */
const HONEST: ClauseWriters<Message['type']> = {
  'http.request': (_, scene) =>
    receives(scene, (on) => {
      const request = delivered(scene.step, 'page.requested');
      if (request === undefined)
        return `receives a request without credentials in the middle of the handshake${on}`;
      if (delivered(scene.step, 'served')?.user === null) return null;
      if (request.identity === null) return `receives a request without credentials${on}`;
      return `has authenticated ${request.identity.user}${on || ' on this connection'}`;
    }),
  'http.request.basic': ({ credential }, scene) => {
    if (delivered(scene.step, 'commit')) return [];
    if (delivered(scene.step, 'learned') === undefined) {
      return outOfTurn(credentialsNamed(credential), scene);
    }
    const { user } = credential;
    const refuses = responds(401, connectionOf(scene.at.to), scene);
    return receives(scene, (on) => `${refuses}${on}: the password is not ${user}'s`);
  },
  NEGOTIATE_MESSAGE: (_, scene) =>
    sends(scene.step, 'CHALLENGE_MESSAGE') ? [] : outOfTurn('a NEGOTIATE_MESSAGE', scene),
  AUTHENTICATE_MESSAGE: ({ response }, scene) =>
    delivered(scene.step, 'commit') || delivered(scene.step, 'rejected')
      ? []
      : outOfTurn('an AUTHENTICATE_MESSAGE', scene, whyOutOfTurn(response, scene)),

  'http.ok': (_, { step, at, participants, memory }) => {
    const connection = connectionOf(at.to);
    const { from, to } = connection;
    if (participants.client(connection) !== from) return []; // the browser shows the page
    const isForWorker = step.deliveries.some(({ to }) => to.endsWith('/page'));
    const user = isForWorker ? null : memory.served(connection.name);
    const page = user === null ? 'the page' : `${user}'s page`;
    return [{ who: from, does: `receives ${page} from ${to}${participants.on(connection)}` }];
  },
  'http.redirect': ({ to: place }, scene) => {
    const connection = connectionOf(scene.at.to);
    const where = hostNamed(place, scene);
    const from = `${connection.to}${scene.participants.on(connection)}`;
    const does = `receives a redirect to ${where} from ${from} (302)`;
    return [{ who: scene.participants.client(connection), does }];
  },
  'http.forbidden': (_, scene) => receivesStatus(403, scene),
  'http.unauthorized': (_, scene) => receivesStatus(401, scene),
  CHALLENGE_MESSAGE: (message, { step, at, participants }) => {
    if (sends(step, 'AUTHENTICATE_MESSAGE')) return [];
    const connection = connectionOf(at.to);
    const isPassedOn = participants.isProxy(connection.from) && sends(step, message.type);
    const isDue = isPassedOn || !delivered(step, 'answered'); // or the request ends at once
    const turn = isDue ? '' : ' out of turn';
    const does = `receives a challenge${turn} from ${connection.to}${participants.on(connection)}`;
    return [{ who: participants.client(connection), does }];
  },
};

function receivesStatus(status: number, { at, participants }: Scene): readonly Clause[] {
  const connection = connectionOf(at.to);
  const does = `receives ${status} from ${connection.to}${participants.on(connection)}`;
  return [{ who: participants.client(connection), does }];
}

/** A proxy queues a request unchanged; to forward it is another step. */
function arrivedAtProxy(message: Message, { at, participants }: Scene): readonly Clause[] {
  const connection = connectionOf(at.to);
  const what = parcelNamed(message, connection).replace(/,$/, '');
  return [{ who: connection.to, does: `receives ${what}${participants.on(connection)}` }];
}

type Writer = (message: Message, scene: Scene) => readonly Clause[];

const isAtProxy = ({ at, participants }: Scene) =>
  at.to.endsWith('/server') && participants.isProxy(connectionOf(at.to).to);

/** The receiver decides the clause. The event that starts a step came over no wire. */
const byReceiver =
  (honest: Writer): Writer =>
  (message, scene) => {
    const isPlayed = connectionIn(scene.at.to) === null && connectionIn(scene.at.from) !== null;
    if (isPlayed && carried(scene.step) !== null) return arrivedAtAdversary(message, scene);
    return isAtProxy(scene) ? arrivedAtProxy(message, scene) : honest(message, scene);
  };

export const ARRIVALS = Object.fromEntries(
  Object.entries(HONEST).map(([type, honest]) => [type, byReceiver(honest as Writer)]),
) as ClauseWriters<Message['type']>; // the same types
