/** Clauses for the messages between the components of one party. Most need none. */
import type { Step } from '../../checker/model/system.ts';
import {
  browserIn,
  connectionBetween,
  connectionIn,
  connectionOf,
  endIn,
} from '../component-names.ts';
import type { Memory } from '../memory.ts';
import { before, carried, delivered, sentIn } from '../story-events.ts';
import { type ClauseWriters, silent } from './clause.ts';
import { sentClauses } from './sent-clauses.ts';
import { credentialsNamed, PAGES } from './words.ts';

type InsideType =
  | 'downstream.broken'
  | 'connection.opened'
  | 'connection.closed'
  | 'owner.disconnected'
  | 'client.fetch'
  | 'client.takeOver'
  | 'owner.fetched'
  | 'owner.forbidden'
  | 'upstream.forward'
  | 'browser.navigated'
  | 'page.abandoned'
  | 'page.forbidden'
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

/** The step's offer has a clause of its own for the message that is sent. */
const isPassing = ({ event: { type } }: Step) =>
  type === 'proxy.forward' || type.startsWith('adversary.');

/** The client has just chosen the connection, so that no clause before this one names it. */
const hasChosen = ({ event }: Step) =>
  event.type === 'client.answers' || (event.type === 'user.types' && 'via' in event);

const partyAt = (component: string) => connectionIn(component)?.to ?? component;

export const INSIDE: ClauseWriters<InsideType> = {
  'wire.open': (_, { step, at, participants }) => {
    if (isPassing(step)) return [];
    const connection = connectionBetween(at);
    const number = participants.numberOf(connection);
    const which =
      number === null
        ? 'a connection'
        : hasChosen(step)
          ? `connection ${number}`
          : 'that connection';
    return [{ who: participants.client(connection), does: `opens ${which}` }];
  },
  'wire.send': ({ message }, scene) => (isPassing(scene.step) ? [] : sentClauses(message, scene)),
  'connection.opened': silent,
  'connection.closed': (_, { step, at, participants }) => {
    const isAtServer = step.event.type === 'wire.deliver' && at.to.endsWith('/server');
    const isTold = before(step, at).some(
      ({ to, event }) => to === at.from && event.type === 'wire.close',
    );
    if (!isAtServer || isTold) return [];
    const connection = connectionOf(at.from);
    return [
      { who: participants.client(connection), does: 'closes the connection (no keep-alive)' },
    ];
  },
  'client.fetch': (_, { step, at }) => {
    const browser = browserIn(at.from);
    // Only a browser that was refused before its user typed tries once more on its own.
    const isRetry = browser !== null && carried(step)?.type === 'http.unauthorized';
    return isRetry ? [{ who: `${browser.user}'s browser`, does: 'already has the password' }] : [];
  },
  'client.takeOver': silent, // the message that it sends has a clause
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
  'owner.forbidden': (_, { at, memory }) => (isLate(at.to, memory) ? tooLate(at.to) : []),
  'owner.unauthorized': (_, { at, memory }) => (isLate(at.to, memory) ? tooLate(at.to) : []),
  'owner.disconnected': (_, { at, memory }) => {
    const browser = browserIn(at.to);
    if (browser) return [{ who: `${browser.user}'s browser`, does: 'stops loading the page' }];
    if (endIn(at.to) !== 'page') return [{ who: at.to, does: 'receives no answer' }];
    const user = memory.serving(at.to);
    const does = `receives no answer for ${user} and may call again`;
    return user === null ? [] : [{ who: connectionOf(at.to).to, does }];
  },
  'page.requested': ({ identity }, { step, at, participants }) => {
    if (!participants.general || delivered(step, 'commit')) return [];
    const whose = identity === null ? 'anonymous' : `${identity.user}'s`;
    return [{ who: connectionOf(at.from).to, does: `takes the request as ${whose}` }];
  },
  'owner.redirected': (_, { at }) =>
    browserIn(at.to) ? [] : [{ who: partyAt(at.to), does: 'does not follow the redirect' }],
  'browser.navigated': ({ carried }, { at }) => {
    if (carried === null) return [];
    const { user, server } = browserIn(at.to) ?? {};
    const aside = `${user} typed the password for ${browserIn(at.from)?.server} only.`;
    const does = `carries ${credentialsNamed(carried)} over to ${server}`;
    return [{ who: `${user}'s browser`, does, aside }];
  },
  'upstream.forward': silent, // the offer has the clause
  'downstream.returned': (_, { step, at }) => (sentIn(step).length > 0 ? [] : tooLate(at.to)),
  'upstream.release': silent, // the closing of the connection has a clause
  'downstream.broken': silent,
  'page.ready': silent,
  'page.moved': silent,
  'page.forbidden': silent,
  'page.unauthorized': silent,
  'page.abandoned': (_, { at, memory }) => {
    const user = memory.serving(at.to);
    return user === null ? [] : [{ who: connectionOf(at.to).to, does: `drops ${user}'s request` }];
  },
};

/** True of a worker whose client has disconnected. */
const isLate = (owner: string, memory: Memory) =>
  endIn(owner) === 'page' && memory.serving(owner) === null;

const tooLate = (page: string) => [
  { who: connectionOf(page).to, does: 'drops it, because its client has disconnected' },
];
