/** How the messages between the components of one party are told. Most go without saying. */
import type { Step } from '../../checker/model/system.ts';
import {
  browserIn,
  connectionBetween,
  connectionIn,
  connectionOf,
  endIn,
} from '../component-names.ts';
import type { Memory } from '../memory.ts';
import { carried, delivered, sentIn } from '../story-events.ts';
import { tellSent } from './sent-messages.ts';
import { silent, type Tellers } from './teller.ts';
import { credentialsNamed, PAGES } from './words.ts';

type InsideType =
  | 'downstream.broken'
  | 'connection.opened'
  | 'connection.closed'
  | 'owner.disconnected'
  | 'client.fetch'
  | 'owner.fetched'
  | 'upstream.forward'
  | 'browser.navigated'
  | 'page.abandoned'
  | 'page.moved'
  | 'page.ready'
  | 'page.requested'
  | 'page.unauthorized'
  | 'owner.redirected'
  | 'upstream.release'
  | 'downstream.returned'
  | 'owner.unauthorized'
  | 'wire.open'
  | 'wire.send';

/** What is sent is told as an offer then. */
const isPassing = ({ event: { type } }: Step) =>
  type === 'proxy.forward' || type.startsWith('adversary.');

const partyAt = (component: string) => connectionIn(component)?.to ?? component;

export const INSIDE: Tellers<InsideType> = {
  'wire.open': (_, { step, at, participants }) => {
    if (isPassing(step)) return [];
    const connection = connectionBetween(at);
    const which = participants.numberOf(connection) === null ? 'a' : 'that';
    return [{ who: participants.client(connection), does: `opens ${which} connection` }];
  },
  'wire.send': ({ message }, scene) => (isPassing(scene.step) ? [] : tellSent(message, scene)),
  'connection.opened': silent,
  'connection.closed': silent,
  'client.fetch': (_, { step, at }) => {
    const browser = browserIn(at.from);
    // Only a browser that was refused before its user typed tries once more on its own.
    const isRetry = browser !== null && carried(step)?.type === 'http.unauthorized';
    return isRetry ? [{ who: `${browser.user}'s browser`, does: 'has a password by now' }] : [];
  },
  'owner.fetched': (_, { at, participants, memory }) => {
    const connection = connectionOf(at.from);
    if (browserIn(at.to)) {
      const path = memory.path(connection.name);
      const owner = path === 'mailbox' ? memory.served(connection.name) : null;
      const page = owner === null || owner === connection.from ? PAGES[path] : `${owner}'s mailbox`;
      return [
        {
          who: participants.client(connection),
          does: `shows ${page}${participants.on(connection)}`,
        },
      ];
    }
    return isLate(at.to, memory) ? tooLate(at.to) : [];
  },
  'owner.unauthorized': (_, { at, memory }) => (isLate(at.to, memory) ? tooLate(at.to) : []),
  'owner.disconnected': (_, { at, memory }) => {
    const browser = browserIn(at.to);
    if (browser) return [{ who: `${browser.user}'s browser`, does: 'gives up on the page' }];
    if (endIn(at.to) !== 'page') return [{ who: at.to, does: 'is left without an answer' }];
    const user = memory.serving(at.to);
    const does = `is left without an answer for ${user}, and may call again`;
    return user === null ? [] : [{ who: connectionOf(at.to).to, does }];
  },
  'page.requested': ({ identity }, { step, at, participants }) => {
    if (!participants.general || delivered(step, 'commit')) return [];
    const whose = identity === null ? "nobody's" : `${identity.user}'s`;
    return [{ who: connectionOf(at.from).to, does: `takes the request for ${whose}` }];
  },
  'owner.redirected': (_, { at }) =>
    browserIn(at.to) ? [] : [{ who: partyAt(at.to), does: 'does not go there' }],
  'browser.navigated': ({ carried }, { at }) => {
    if (carried === null) return [];
    const aside = `The password was typed for ${browserIn(at.from)?.server}, and for nobody else.`;
    const does = `takes ${credentialsNamed(carried)} along`;
    return [{ who: `${browserIn(at.to)?.user}'s browser`, does, aside }];
  },
  'upstream.forward': silent, // told as an offer
  'downstream.returned': (_, { step, at }) => (sentIn(step).length > 0 ? [] : tooLate(at.to)),
  'upstream.release': silent, // that the connection closes is told
  'downstream.broken': silent,
  'page.ready': silent,
  'page.moved': silent,
  'page.unauthorized': silent,
  'page.abandoned': (_, { at, memory }) => {
    const user = memory.serving(at.to);
    return user === null ? [] : [{ who: connectionOf(at.to).to, does: `drops ${user}'s request` }];
  },
};

/** A worker whose client has gone. */
const isLate = (owner: string, memory: Memory) =>
  endIn(owner) === 'page' && memory.serving(owner) === null;

const tooLate = (page: string) => [
  { who: connectionOf(page).to, does: 'has nobody left to pass it on to' },
];
