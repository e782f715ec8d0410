/** What a trace cost: who came to hold which password, response or token, and in which order. */
import type { Delivery, Step, Trace } from '../checker/model/system.ts';
import type { Deployment } from '../machines/system/topology.ts';
import type { UserName } from '../machines/vocabulary/terms.ts';
import { browserIn, connectionBetween, connectionOf } from './component-names.ts';
import { MOST_GENERAL_CLIENT, type Participants, participantsOf } from './participants.ts';
import type { Message, Named, StoryEvent } from './story-events.ts';
import { listed } from './tellers/words.ts';

/** `user` is whose password it is, or whom it is for. Null: nobody's, a mistyped one; anonymous. */
export type CredentialTold = {
  readonly kind: 'password' | 'response' | 'token';
  readonly user: UserName | null;
};

export type Telling = {
  readonly party: string; // a user, a host, the adversary, or the most general client
  readonly credential: CredentialTold;
  /** Served: as that user, who it is not. */
  readonly did: 'typed' | 'sent' | 'received' | 'accepted' | 'learned' | 'refused' | 'served';
};

/** In the order of the trace. An answer's `learned` follows its `accepted` or `refused`. */
export function credentialsTold(
  trace: Trace,
  participants = participantsOf(trace),
): readonly Telling[] {
  return trace.flatMap((step) => credentialsToldIn(step, participants));
}

export function credentialsToldIn(step: Step, participants: Participants): readonly Telling[] {
  const offer = tellingsOfOffer(step.component, step.event as StoryEvent);
  const said = step.deliveries.flatMap((delivery) =>
    tellingsOfDelivery(delivery, step, participants),
  );
  return [...offer, ...said];
}

/** One line: which hosts have whose password now or, where none has any, what they have instead. */
export const costOf = (trace: Trace, deployment: Deployment | null = null): string =>
  costOfAll(credentialsTold(trace, participantsOf(trace, deployment)));

/** The same, of what was told. */
export function costOfAll(tellings: readonly Telling[]): string {
  const learned = tellings.filter(({ did }) => did === 'learned');
  const passwords = holdings(learned, 'password', 'now ', (user) => `${user}'s password`);
  const served = servedAs(tellings);
  if (passwords.length > 0) return `${[...passwords, ...served].join('; ')}.`;
  const tokens = holdings(
    learned,
    'token',
    '',
    (user) => `a token for ${user}, which proves nothing elsewhere`,
  );
  return `${['No host learned a password', ...tokens, ...served].join('; ')}.`;
}

/** A clause a user of whom some host holds a credential of this kind. */
function holdings(
  learned: readonly Telling[],
  kind: CredentialTold['kind'],
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

/** Who was served as somebody else. */
const servedAs = (tellings: readonly Telling[]): readonly string[] => [
  ...new Set(
    tellings.flatMap(({ did, party, credential: { user } }) =>
      did === 'served' ? [`${party} was served as ${user}`] : [],
    ),
  ),
];

const have = (count: number) => ['', 'has', 'both have'][count] ?? 'all have';

function tellingsOfOffer(component: string, event: StoryEvent): readonly Telling[] {
  if (event.type === 'user.types') {
    const party = browserIn(component)?.user ?? component;
    const credential = { kind: 'password', user: event.secret.passwordOf } as const;
    return [{ party, credential, did: 'typed' }];
  }
  if (event.type !== 'client.says') return [];
  return carrying(event.event as Message, MOST_GENERAL_CLIENT, 'sent');
}

function tellingsOfDelivery(
  delivery: Delivery,
  step: Step,
  participants: Participants,
): readonly Telling[] {
  const told = delivery.event as StoryEvent; // the only ones there are
  if (told.type === 'wire.send' && !participants.general) {
    return carrying(
      told.message,
      participants.party(connectionBetween(delivery), 'client'),
      'sent',
    );
  }
  if (told.type === 'http.request.basic' || told.type === 'AUTHENTICATE_MESSAGE') {
    return carrying(told, participants.party(connectionBetween(delivery), 'server'), 'received');
  }
  if (told.type === 'wire.overheard') return carrying(told.message, delivery.to, 'received');
  if (told.type === 'served') return serving(told, participants);
  if (told.type === 'learned') return learning(told, step, participants);
  if (told.type === 'rejected') {
    const credential = { kind: 'response', user: told.response.user } as const;
    return [{ party: connectionOf(told.connection).to, credential, did: 'refused' }];
  }
  return told.type === 'commit' && told.challenge !== null ? [accepting(told)] : [];
}

/** Worth a word where it is the adversary that gets what is another's. */
function serving(
  { user, connection }: Named<'served'>,
  participants: Participants,
): readonly Telling[] {
  const here = connectionOf(connection);
  const party = participants.adversaryAt(here, 'client');
  return party === null || user === null || user === here.from
    ? []
    : [{ party, credential: { kind: 'token', user }, did: 'served' }];
}

/**
 * With Basic the host has the password before it has decided, so both verdicts stand here. The
 * adversary decides nothing.
 */
function learning(
  { secret, by }: Named<'learned'>,
  step: Step,
  participants: Participants,
): readonly Telling[] {
  const commit = step.deliveries.find(({ event }) => event.type === 'commit')?.event as
    | Named<'commit'>
    | undefined;
  const credential: CredentialTold =
    secret === null
      ? { kind: 'token', user: commit?.user ?? null }
      : { kind: 'password', user: secret.passwordOf };
  const learned: Telling = { party: by, credential, did: 'learned' };
  if (by === participants.adversary) return [learned];
  if (commit === undefined) return [{ ...learned, did: 'refused' }, learned];
  return commit.challenge === null ? [accepting(commit), learned] : [learned];
}

const accepting = ({ server, user, challenge }: Named<'commit'>): Telling => ({
  party: server,
  credential: { kind: challenge === null ? 'password' : 'response', user },
  did: 'accepted',
});

function carrying(message: Message, party: string, did: 'sent' | 'received'): Telling[] {
  if (message.type === 'http.request.basic') {
    const user = message.credential.secret?.passwordOf ?? null;
    return [{ party, credential: { kind: 'password', user }, did }];
  }
  return message.type === 'AUTHENTICATE_MESSAGE'
    ? [{ party, credential: { kind: 'response', user: message.response.user }, did }]
    : [];
}
