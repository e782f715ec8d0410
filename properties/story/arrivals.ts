/** How each message that arrives over a wire is told, and what the ends of a wire do about it. */
import { connectionOf } from './cast.ts';
import { delivered, type Message, sends } from './events.ts';
import type { Clause, Scene, Tellers } from './teller.ts';
import { credentialsNamed } from './words.ts';

/** The host that hears it. The most general client has told already what it said. */
const hears = ({ step, at, cast }: Scene, does: (place: string) => string | null): Clause[] => {
  if (cast.general) return [];
  const told = does(cast.onAtHost(connectionOf(step.component)));
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

export const ARRIVALS: Tellers<Message['type']> = {
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

  'http.ok': (_, { at, cast }) => {
    const connection = connectionOf(at.to);
    if (!cast.isHost(connection.from)) return []; // the browser shows the page
    const does = `receives the page from ${connection.to}${cast.on(connection)}`;
    return [{ who: connection.from, does }];
  },
  'http.unauthorized': (_, { at, cast }) => {
    const connection = connectionOf(at.to);
    const does = `is told 401 by ${connection.to}${cast.on(connection)}`;
    return [{ who: cast.client(connection), does }];
  },
  CHALLENGE_MESSAGE: (_, { step, at, cast }) => {
    if (sends(step, 'AUTHENTICATE_MESSAGE')) return [];
    const connection = connectionOf(at.to);
    const does = `receives a challenge out of turn from ${connection.to}${cast.on(connection)}`;
    return [{ who: cast.client(connection), does }];
  },
};
