/** The passwords, tokens and outstanding challenges of each party at a position of a story. */
import type { Story } from '../../../story/story.ts';
import { challengeItem, type Item } from './items.ts';
import { contextOf, type Snapshots } from './snapshots.ts';

export type Holdings = Readonly<Record<string, readonly Item[]>>; // by party

/** Users know their own passwords. A host keeps every password that it learns. */
export function holdingsAt(
  story: Story,
  position: number,
  users: readonly string[],
  snapshots: Snapshots,
): Holdings {
  const of = (party: string): readonly Item[] => [
    ...(users.includes(party) ? [{ kind: 'password', user: party } as const] : []),
    ...passwordsLearned(story, position, party),
    ...tokensAndChallenges(story, party, snapshots),
  ];
  return Object.fromEntries(story.parties.map((party) => [party, of(party)]));
}

function passwordsLearned({ steps }: Story, position: number, party: string): readonly Item[] {
  const learned = steps
    .slice(0, position)
    .flatMap(({ credentials }) => credentials)
    .filter((event) => event.party === party && event.did === 'learned')
    .flatMap(({ credential: { kind, user } }) => (kind === 'password' ? [user] : []));
  return [...new Set(learned)].map((user) => ({ kind: 'password', user }));
}

/** A token is an identity without a secret, as long as a component has it. */
function tokensAndChallenges(
  { components }: Story,
  party: string,
  snapshots: Snapshots,
): readonly Item[] {
  const contexts = components
    .filter((component) => component.party === party)
    .map(({ name, role }) => ({ role, ...contextOf(name, snapshots) }));
  const tokens = contexts.flatMap(({ identity }) =>
    identity && identity.secret === null ? [identity.user] : [],
  );
  const challenges = contexts.flatMap(({ role, challenge }) =>
    role === 'server' && challenge ? [challengeItem(challenge)] : [],
  );
  return [...[...new Set(tokens)].map((user) => ({ kind: 'token', user }) as const), ...challenges];
}
