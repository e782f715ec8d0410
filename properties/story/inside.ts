/** How the messages between the components of one party are told. Most go without saying. */
import { browserIn, connectionOf } from './cast.ts';
import { carried, delivered } from './events.ts';
import { tellSent } from './sent.ts';
import { silent, type Tellers } from './teller.ts';
import { PAGES } from './words.ts';

type InsideType =
  | 'connection.opened'
  | 'connection.closed'
  | 'disconnected'
  | 'fetch'
  | 'fetched'
  | 'page.abandoned'
  | 'page.ready'
  | 'page.requested'
  | 'page.unauthorized'
  | 'unauthorized'
  | 'wire.open'
  | 'wire.send';

export const INSIDE: Tellers<InsideType> = {
  'wire.open': (_, { at, cast }) => {
    const connection = connectionOf(at.from);
    const which = cast.numberOf(connection) === null ? 'a' : 'that';
    return [{ who: cast.client(connection), does: `opens ${which} connection` }];
  },
  'wire.send': ({ message }, scene) => tellSent(message, scene),
  'connection.opened': silent,
  'connection.closed': silent,
  fetch: (_, { step, at }) => {
    const browser = browserIn(at.from);
    // Only a browser that was refused before its user typed tries once more on its own.
    const isRetry = browser !== null && carried(step) !== null;
    return isRetry ? [{ who: `${browser.user}'s browser`, does: 'has a password by now' }] : [];
  },
  fetched: (_, { at, cast, memory }) => {
    const connection = connectionOf(at.from);
    if (browserIn(at.to)) {
      const page = PAGES[memory.path(connection.name)];
      return [{ who: cast.client(connection), does: `shows ${page}${cast.on(connection)}` }];
    }
    return memory.serving(at.to) === null ? tooLate(at.to) : [];
  },
  unauthorized: (_, { at, memory }) =>
    browserIn(at.to) || memory.serving(at.to) !== null ? [] : tooLate(at.to),
  disconnected: (_, { at, memory }) => {
    const browser = browserIn(at.to);
    if (browser) return [{ who: `${browser.user}'s browser`, does: 'gives up on the page' }];
    const user = memory.serving(at.to);
    const does = `is left without an answer for ${user}, and may call again`;
    return user === null ? [] : [{ who: connectionOf(at.to).to, does }];
  },
  'page.requested': ({ identity }, { step, at, cast }) => {
    if (!cast.general || delivered(step, 'commit')) return [];
    const whose = identity === null ? "nobody's" : `${identity.user}'s`;
    return [{ who: connectionOf(at.from).to, does: `takes the request for ${whose}` }];
  },
  'page.ready': silent,
  'page.unauthorized': silent,
  'page.abandoned': (_, { at, memory }) => {
    const user = memory.serving(at.to);
    return user === null ? [] : [{ who: connectionOf(at.to).to, does: `drops ${user}'s request` }];
  },
};

const tooLate = (page: string) => [
  { who: connectionOf(page).to, does: 'has nobody left to pass it on to' },
];
