/** What a trace cost: who came to hold which password, response or token, and in which order. */
import type { Delivery, Step, Trace } from '../../checker/system.ts';
import type { UserName } from '../../machines/terms.ts';
import { browserIn, connectionOf, MOST_GENERAL_CLIENT } from './cast.ts';
import type { Message, Named, StoryEvent } from './events.ts';

/** `user` is whose password it is, or whom it is for. Null: nobody's, a mistyped one; anonymous. */
export type CredentialTold = {
  readonly kind: 'password' | 'response' | 'token';
  readonly user: UserName | null;
};

export type Telling = {
  readonly party: string; // a user, a host, or the most general client
  readonly credential: CredentialTold;
  readonly did: 'typed' | 'sent' | 'received' | 'accepted' | 'learned' | 'refused';
};

/** In the order of the trace. An answer's `learned` follows its `accepted` or `refused`. */
export function credentialsTold(trace: Trace): readonly Telling[] {
  return trace.flatMap(credentialsToldIn);
}

export function credentialsToldIn(step: Step): readonly Telling[] {
  const offer = tellingsOfOffer(step.component, step.event as StoryEvent);
  const said = step.deliveries.flatMap((delivery) => tellingsOfDelivery(delivery, step));
  return [...offer, ...said];
}

/** One line: which hosts have whose password now or, where none has any, what they have instead. */
export const costOf = (trace: Trace): string => costOfAll(credentialsTold(trace));

/** The same, of what was told. */
export function costOfAll(tellings: readonly Telling[]): string {
  const learned = tellings.filter(({ did }) => did === 'learned');
  const passwords = holdings(learned, 'password', 'now ', (user) => `${user}'s password`);
  if (passwords.length > 0) return `${passwords.join('; ')}.`;
  const tokens = holdings(
    learned,
    'token',
    '',
    (user) => `a token for ${user}, which proves nothing elsewhere`,
  );
  return `${['No host learned a password', ...tokens].join('; ')}.`;
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
    ([user, hosts]) => `${named([...hosts])} ${now}${have(hosts.size)} ${object(user)}`,
  );
}

const named = (hosts: readonly string[]) =>
  hosts.length < 2 ? hosts.join('') : `${hosts.slice(0, -1).join(', ')} and ${hosts.at(-1)}`;

const have = (count: number) => ['', 'has', 'both have'][count] ?? 'all have';

function tellingsOfOffer(component: string, event: StoryEvent): readonly Telling[] {
  if (event.type === 'user.types') {
    const party = browserIn(component)?.user ?? component;
    const credential = { kind: 'password', user: event.secret.passwordOf } as const;
    return [{ party, credential, did: 'typed' }];
  }
  if (event.type !== 'says') return [];
  return carrying(event.event as Message, MOST_GENERAL_CLIENT, 'sent');
}

function tellingsOfDelivery({ from, to, event }: Delivery, step: Step): readonly Telling[] {
  const told = event as StoryEvent; // the only ones there are
  if (told.type === 'wire.send') {
    const isClient = from.endsWith('/client');
    return isClient ? carrying(told.message, connectionOf(from).from, 'sent') : [];
  }
  if (told.type === 'http.request.basic' || told.type === 'AUTHENTICATE_MESSAGE') {
    return carrying(told, connectionOf(to).to, 'received');
  }
  if (told.type === 'learned') return learning(told, step);
  if (told.type === 'rejected') {
    const credential = { kind: 'response', user: told.response.user } as const;
    return [{ party: connectionOf(told.connection).to, credential, did: 'refused' }];
  }
  return told.type === 'commit' && told.challenge !== null ? [accepting(told)] : [];
}

/** With Basic the host has the password before it has decided, so both verdicts stand here. */
function learning({ secret, by }: Named<'learned'>, step: Step): readonly Telling[] {
  const commit = step.deliveries.find(({ event }) => event.type === 'commit')?.event as
    | Named<'commit'>
    | undefined;
  const credential: CredentialTold =
    secret === null
      ? { kind: 'token', user: commit?.user ?? null }
      : { kind: 'password', user: secret.passwordOf };
  const learned: Telling = { party: by, credential, did: 'learned' };
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
