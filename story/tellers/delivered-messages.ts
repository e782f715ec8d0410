/** How each message that arrives over a wire is told, and what the ends of a wire do about it. */

import { connectionIn, connectionOf } from '../component-names.ts';
import { carried, delivered, type Message, sends } from '../story-events.ts';
import type { Clause, Scene, Tellers } from './teller.ts';
import { arrivedAtAdversary, hostNamed } from './told-schemes.ts';
import { credentialsNamed, parcelNamed } from './words.ts';

/** The host that hears it. The most general client has told already what it said. */
const hears = (
  { step, at, participants }: Scene,
  does: (place: string) => string | null,
): Clause[] => {
  if (participants.general) return [];
  const told = does(participants.onAtHost(connectionOf(step.component)));
  return told === null ? [] : [{ who: connectionOf(at.to).to, does: told }];
};

/** An authentication header where none was due: without effect, or the end of the handshake. */
const outOfTurn = (what: string, scene: Scene) =>
  hears(scene, (on) => {
    const user = delivered(scene.step, 'page.requested')?.identity?.user;
    return user === undefined
      ? `receives ${what} out of turn${on}`
      : `ignores ${what}${on} and takes the request for ${user}'s`;
  });

/** By those who sign in, and whoever serves them. */
const HONEST: Tellers<Message['type']> = {
  'http.request': (_, scene) =>
    hears(scene, (on) => {
      const request = delivered(scene.step, 'page.requested');
      if (request === undefined)
        return `receives a request without credentials in mid-handshake${on}`;
      if (delivered(scene.step, 'served')?.user === null) return null;
      if (request.identity === null) return `sees no credentials${on}`;
      return `finds ${request.identity.user} signed in${on || ' on this connection'}`;
    }),
  'http.request.basic': ({ credential }, scene) => {
    if (delivered(scene.step, 'commit')) return [];
    if (delivered(scene.step, 'learned') === undefined) {
      return outOfTurn(credentialsNamed(credential), scene);
    }
    return hears(scene, (on) => `refuses${on} (401): that is not ${credential.user}'s password`);
  },
  NEGOTIATE_MESSAGE: (_, scene) =>
    sends(scene.step, 'CHALLENGE_MESSAGE') ? [] : outOfTurn('NEGOTIATE', scene),
  AUTHENTICATE_MESSAGE: (_, scene) =>
    delivered(scene.step, 'commit') || delivered(scene.step, 'rejected')
      ? []
      : outOfTurn('a response', scene),

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
    const does = `is sent on to ${where} by ${connection.to}${scene.participants.on(connection)} (302)`;
    return [{ who: scene.participants.client(connection), does }];
  },
  'http.unauthorized': (_, { at, participants }) => {
    const connection = connectionOf(at.to);
    const does = `is told 401 by ${connection.to}${participants.on(connection)}`;
    return [{ who: participants.client(connection), does }];
  },
  CHALLENGE_MESSAGE: (message, { step, at, participants }) => {
    if (sends(step, 'AUTHENTICATE_MESSAGE')) return [];
    const connection = connectionOf(at.to);
    const isPassedOn = participants.isProxy(connection.from) && sends(step, message.type);
    const turn = isPassedOn ? '' : ' out of turn';
    const does = `receives a challenge${turn} from ${connection.to}${participants.on(connection)}`;
    return [{ who: participants.client(connection), does }];
  },
};

/** A proxy takes a request as it is, and what becomes of it is another step. */
function arrivedAtProxy(message: Message, { at, participants }: Scene): readonly Clause[] {
  const connection = connectionOf(at.to);
  const what = parcelNamed(message, connection).replace(/,$/, '');
  return [{ who: connection.to, does: `receives ${what}${participants.on(connection)}` }];
}

type Told = (message: Message, scene: Scene) => readonly Clause[];

const isAtProxy = ({ at, participants }: Scene) =>
  at.to.endsWith('/server') && participants.isProxy(connectionOf(at.to).to);

/** To whom it comes decides how it is told. What a step says at its start came over no wire. */
const told =
  (honest: Told): Told =>
  (message, scene) => {
    const isPlayed = connectionIn(scene.at.to) === null && connectionIn(scene.at.from) !== null;
    if (isPlayed && carried(scene.step) !== null) return arrivedAtAdversary(message, scene);
    return isAtProxy(scene) ? arrivedAtProxy(message, scene) : honest(message, scene);
  };

export const ARRIVALS = Object.fromEntries(
  Object.entries(HONEST).map(([type, honest]) => [type, told(honest as Told)]),
) as Tellers<Message['type']>; // the same types, each with its teller
