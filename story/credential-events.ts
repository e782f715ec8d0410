/** The credentials in a trace: which party typed, sent or learned which one, in order. */
import type { Delivery, Step, Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import type { UserName } from '../machines/vocabulary/terms.ts';
import { listed } from './clauses/words.ts';
import { browserIn, connectionBetween, connectionOf } from './component-names.ts';
import { MOST_GENERAL_CLIENT, type Participants, participantsOf } from './participants.ts';
import type { Message, Named, StoryEvent } from './story-events.ts';

/** `user`: its owner. Null: of a password, that it was mistyped; else, that it is anonymous. */
export type TracedCredential = {
  readonly kind: 'password' | 'response' | 'token';
  readonly user: UserName | null;
};

export type CredentialEvent = {
  readonly party: string; // a user, a host, the adversary, or the most general client
  readonly credential: TracedCredential;
  /** Served: the adversary received a page of that user. */
  readonly did: 'typed' | 'sent' | 'received' | 'accepted' | 'learned' | 'refused' | 'served';
};

/** In the order of the trace. In a step, `learned` follows `accepted` or `refused`. */
export function credentialEvents(
  trace: Trace,
  participants = participantsOf(trace),
): readonly CredentialEvent[] {
  return trace.flatMap((step) => credentialEventsIn(step, participants));
}

export function credentialEventsIn(
  step: Step,
  participants: Participants,
): readonly CredentialEvent[] {
  const offer = eventsOfOffer(step.component, step.event as StoryEvent);
  const said = step.deliveries.flatMap((delivery) =>
    eventsOfDelivery(delivery, step, participants),
  );
  return [...offer, ...said];
}

/** One line: the hosts that now have a password; where none has one, those that have a token. */
export const costOf = (trace: Trace, deployment: Deployment | null = null): string =>
  costOfAll(credentialEvents(trace, participantsOf(trace, deployment)));

/** The same, from the events. */
export function costOfAll(events: readonly CredentialEvent[]): string {
  const learned = events.filter(({ did }) => did === 'learned');
  const passwords = holdings(learned, 'password', 'now ', (user) => `${user}'s password`);
  const served = servedAs(events);
  if (passwords.length > 0) return `${[...passwords, ...served].join('; ')}.`;
  const tokens = holdings(
    learned,
    'token',
    '',
    (user) => `a token for ${user}, which authenticates ${user} to no other host`,
  );
  return `${['No host learned a password', ...tokens, ...served].join('; ')}.`;
}

/** A clause for each user of whom some host holds a credential of this kind. */
function holdings(
  learned: readonly CredentialEvent[],
  kind: TracedCredential['kind'],
  now: string,
  object: (user: UserName) => string,
): readonly string[] {
  const holders = new Map<UserName, Set<string>>();
  for (const { party, credential } of learned) {
    if (credential.kind !== kind || credential.user === null) continue;
    holders.set(credential.user, (holders.get(credential.user) ?? new Set()).add(party));
  }
  return [...holders].map(
    ([user, hosts]) => `${listed([...hosts])} ${now}${have(hosts.size)} ${object(user)}`,
  );
}

/** "mallory was served as alice" */
const servedAs = (events: readonly CredentialEvent[]): readonly string[] => [
  ...new Set(
    events.flatMap(({ did, party, credential: { user } }) =>
      did === 'served' ? [`${party} was served as ${user}`] : [],
    ),
  ),
];

const have = (count: number) => ['', 'has', 'both have'][count] ?? 'all have';

function eventsOfOffer(component: string, event: StoryEvent): readonly CredentialEvent[] {
  if (event.type === 'user.types') {
    const party = browserIn(component)?.user ?? component;
    const credential = { kind: 'password', user: event.secret.passwordOf } as const;
    return [{ party, credential, did: 'typed' }];
  }
  if (event.type !== 'client.says') return [];
  return carrying(event.event as Message, MOST_GENERAL_CLIENT, 'sent');
}

function eventsOfDelivery(
  delivery: Delivery,
  step: Step,
  participants: Participants,
): readonly CredentialEvent[] {
  const event = delivery.event as StoryEvent; // the only ones there are
  if (event.type === 'wire.send' && !participants.general) {
    return carrying(
      event.message,
      participants.party(connectionBetween(delivery), 'client'),
      'sent',
    );
  }
  if (event.type === 'http.request.basic' || event.type === 'AUTHENTICATE_MESSAGE') {
    return carrying(event, participants.party(connectionBetween(delivery), 'server'), 'received');
  }
  if (event.type === 'wire.overheard') return carrying(event.message, delivery.to, 'received');
  if (event.type === 'served') return serving(event, participants);
  if (event.type === 'learned') return learning(event, step, participants);
  if (event.type === 'rejected') {
    const credential = { kind: 'response', user: event.response.user } as const;
    return [{ party: connectionOf(event.connection).to, credential, did: 'refused' }];
  }
  return event.type === 'commit' && event.challenge !== null ? [accepting(event)] : [];
}

/** An event only where the adversary is served as another user. */
function serving(
  { user, connection }: Named<'served'>,
  participants: Participants,
): readonly CredentialEvent[] {
  const here = connectionOf(connection);
  const party = participants.adversaryAt(here, 'client');
  return party === null || user === null || user === here.from
    ? []
    : [{ party, credential: { kind: 'token', user }, did: 'served' }];
}

/**
 * With Basic the host has the password before it decides, so both decisions are possible here. The
 * adversary makes no decision.
 */
function learning(
  { secret, by }: Named<'learned'>,
  step: Step,
  participants: Participants,
): readonly CredentialEvent[] {
  const commit = step.deliveries.find(({ event }) => event.type === 'commit')?.event as
    | Named<'commit'>
    | undefined;
  const credential: TracedCredential =
    secret === null
      ? { kind: 'token', user: commit?.user ?? null }
      : { kind: 'password', user: secret.passwordOf };
  const learned: CredentialEvent = { party: by, credential, did: 'learned' };
  if (by === participants.adversary) return [learned];
  if (commit === undefined) return [{ ...learned, did: 'refused' }, learned];
  return commit.challenge === null ? [accepting(commit), learned] : [learned];
}

const accepting = ({ server, user, challenge }: Named<'commit'>): CredentialEvent => ({
  party: server,
  credential: { kind: challenge === null ? 'password' : 'response', user },
  did: 'accepted',
});

function carrying(message: Message, party: string, did: 'sent' | 'received'): CredentialEvent[] {
  if (message.type === 'http.request.basic') {
    const user = message.credential.secret?.passwordOf ?? null;
    return [{ party, credential: { kind: 'password', user }, did }];
  }
  return message.type === 'AUTHENTICATE_MESSAGE'
    ? [{ party, credential: { kind: 'response', user: message.response.user }, did }]
    : [];
}
