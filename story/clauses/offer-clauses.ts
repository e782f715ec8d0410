/** Clauses for offers: the spontaneous actions of components. */
import type { Delivery, Step } from '../../checker/model/system.ts';
import { isStatic } from '../../machines/ntlm/acceptor.ts';
import type { ServerEvent } from '../../machines/vocabulary/messages.ts';
import { browserIn, connectionOf } from '../component-names.ts';
import { MOST_GENERAL_CLIENT, type Participants } from '../participants.ts';
import { before, delivered } from '../story-events.ts';
import { hostNamed } from './adversary-clauses.ts';
import { type Clause, type ClauseWriters, type Scene, silent } from './clause.ts';
import { credentialsNamed, LOST, PAGES, parcelNamed, responseNamed } from './words.ts';

type OfferType =
  | 'user.visits'
  | 'user.types'
  | 'user.cancels'
  | 'page.call'
  | 'proxy.forward'
  | 'wire.deliver'
  | 'wire.close'
  | 'client.answers'
  | 'client.says'
  | 'client.negotiates';

/** The most general client's actions, by the event that it sends. `place`: the connection. */
const UTTERANCES: {
  readonly [T in ServerEvent['type']]: (
    event: Extract<ServerEvent, { type: T }>,
    place: string,
    participants: Participants,
  ) => string;
} = {
  'connection.opened': (_, place) => `opens ${place}`,
  'connection.closed': (_, place) => `closes ${place}`,
  'http.request': (_, place) => `sends a request without credentials on ${place}`,
  'http.request.basic': ({ credential }, place) =>
    `sends a request with ${credentialsNamed(credential)} on ${place}`,
  NEGOTIATE_MESSAGE: (_, place) => `sends a NEGOTIATE_MESSAGE on ${place}`,
  AUTHENTICATE_MESSAGE({ response }, place, participants) {
    const { connection, serial } = response.challenge;
    const challenge = isStatic(response.challenge)
      ? 'the static challenge'
      : `challenge ${serial + 1} of ${participants.owned(connectionOf(connection))}`;
    return `sends ${responseNamed(response)}, to ${challenge}, on ${place}`;
  },
  'page.ready': (_, place) => `reports that the page behind ${place} is ready`,
  'page.moved': ({ to }, place) => `reports that the page behind ${place} has moved to ${to}`,
  'page.forbidden': (_, place) => `reports that the page behind ${place} is forbidden`,
  'page.unauthorized': (_, place) => `reports that the page behind ${place} was refused`,
};

function utter(event: ServerEvent, to: string, { step, participants }: Scene): readonly Clause[] {
  const write = UTTERANCES[event.type] as ((...of: unknown[]) => string) | undefined;
  if (write === undefined) throw new TypeError(`no sentence is known for saying ${event.type}`);
  const connection = connectionOf(to);
  const does = write(event, participants.owned(connection), participants);
  const isIgnored = step.deliveries.length === 1 && event.type !== 'connection.opened';
  return [
    { who: MOST_GENERAL_CLIENT, does },
    ...(isIgnored ? [{ who: connection.to, does: 'ignores it' }] : []),
  ];
}

function userOf({ step: { component } }: Scene): { user: string; server: string } {
  const browser = browserIn(component);
  if (browser === null) throw new TypeError(`no user is behind ${component}`);
  return browser;
}

/** One end closes the connection on purpose. */
const hasClosed = (step: Step, at: Delivery): boolean =>
  before(step, at).some(({ from, event }) => from === at.to && event.type === 'connection.closed');

function hangsUp({ from, to }: Delivery, participants: Participants): readonly Clause[] {
  const connection = connectionOf(to);
  return from.endsWith('/client')
    ? [{ who: participants.client(connection), does: `closes its connection to ${connection.to}` }]
    : [{ who: connection.to, does: `closes ${participants.owned(connection)}` }];
}

export const OFFERS: ClauseWriters<OfferType> = {
  'user.visits': ({ path, via }, scene) => {
    const { user, server } = userOf(scene);
    const on = scene.participants.on(connectionOf(via));
    return [
      { who: user, does: `opens ${pageAt(PAGES[path])} at ${hostNamed(server, scene)}${on}` },
    ];
  },
  'user.types': ({ secret }, scene) => {
    const { user } = userOf(scene);
    const isRight = secret.passwordOf === user;
    return [{ who: user, does: isRight ? 'types their password' : 'mistypes their password' }];
  },
  'user.cancels': (_, scene) => [{ who: userOf(scene).user, does: 'cancels the prompt' }],
  'page.call': ({ via }, { step, participants }) => {
    const out = connectionOf(via);
    const user = delivered(step, 'client.fetch')?.credential?.user ?? 'no user';
    const on = participants.on(connectionOf(step.component));
    const own = participants.numberOf(out) === null ? '' : ` on its own connection ${out.number}`;
    return [{ who: out.from, does: `, impersonating ${user}${on}, calls ${out.to}${own}` }];
  },
  'proxy.forward': ({ via }, { step, participants, memory }) => {
    const [inbound, out] = [connectionOf(step.component), connectionOf(via)];
    const request = delivered(step, 'upstream.forward')?.message;
    const what = request ? parcelNamed(request, inbound).replace(/,$/, '') : 'nothing';
    const user = memory.signedIn(via);
    const opens = delivered(step, 'wire.open') ? `opens a connection to ${out.to} and ` : '';
    const over = user === null ? '' : `, over the connection on which ${user} is authenticated`;
    return [
      {
        who: out.from,
        does: `${opens}forwards ${what} to ${out.to}${participants.on(out)}${over}`,
      },
    ];
  },
  'wire.deliver': silent, // the message that arrives has a clause
  'wire.close': (_, { step, at, participants, memory }) => {
    const connection = connectionOf(at.to);
    if (hasClosed(step, at)) return []; // it keeps none alive, and has said so
    if (at.from !== at.to) return hangsUp(at, participants);
    const number = participants.numberOf(connection);
    const which = number === null ? 'The connection' : `Connection ${number}`;
    const lost = memory.inTransit(connection.name);
    return [
      { who: `${which} from ${connection.from} to ${connection.to}`, does: 'closes' },
      ...(lost === null ? [] : [{ who: LOST[lost.type], does: 'is lost' }]),
    ];
  },
  'client.answers': silent, // the message that it sends has a clause
  'client.says': ({ to, event }, scene) => utter(event, to, scene),
  'client.negotiates': ({ to, path }, scene) =>
    utter({ type: 'NEGOTIATE_MESSAGE', path }, to, scene),
};

const pageAt = (page: string) => (page === PAGES.mailbox ? 'the mailbox page' : page);
