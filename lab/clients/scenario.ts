/**
 * What a client is put through: two servers that the model runs, and visits to them. All of it is
 * plain data, so it can have a name or be drawn at random.
 */
import type { Account } from '../../conformance/codec/initiate.ts';
import type { Closing, Route } from '../../conformance/serve/route.ts';
import { type NtlmPolicy, POLICIES, STANDARD } from '../../machines/ntlm/policy.ts';

export type ServerName = 'one' | 'two';
export type User = 'alice' | 'bob';

export type Stop = {
  readonly at: ServerName;
  readonly user: User;
  readonly types: 'right' | 'wrong' | 'nothing'; // the password for that server
  readonly page: 'serve' | 'refuse' | 'moveOn'; // moves on to a page of the other server
  /** Whether anybody may have it: then no machine is asked, and credentials go unread. */
  readonly isOutside: boolean;
  readonly closing: Closing | null;
};

/** How servers behave: as real ones do, and as one does that has each request sign in. */
export const SERVER_POLICIES = {
  ...POLICIES,
  singleRequest: { ...STANDARD, persistence: 'request' },
} as const satisfies Record<string, NtlmPolicy>;

export type Scenario = {
  readonly policy: keyof typeof SERVER_POLICIES; // of both servers
  readonly offers: 'NTLM' | 'Basic' | 'both';
  /** One account for both servers, or one for each. */
  readonly accounts: 'shared' | 'own';
  readonly stops: readonly Stop[];
};

const PASSWORDS: Readonly<Record<string, string>> = {
  'alice/one': 'Wonderland1!',
  'alice/two': 'Looking2glass?',
  'bob/one': 'Builder2?x',
  'bob/two': 'Hammer3!nails',
};
const DOMAIN = 'LAB';
const WRONG = 'Mistyped9?';

/** What `user` has at a server that is right. */
export function accountOf(user: User, at: ServerName, accounts: Scenario['accounts']): Account {
  const place = accounts === 'shared' ? 'one' : at;
  return { user: `${user}-${place}`, domain: DOMAIN, password: PASSWORDS[`${user}/${place}`]! };
}

/** What `user` types there. Null: nothing. */
export function typedBy({ user, at, types }: Stop, accounts: Scenario['accounts']): Account | null {
  const account = accountOf(user, at, accounts);
  if (types === 'nothing') return null;
  return types === 'right' ? account : { ...account, password: WRONG };
}

export const other = (at: ServerName): ServerName => (at === 'one' ? 'two' : 'one');

/** The target of a stop, or of where it moves on to. Each stop has its own. */
export const targetOf = ({ user }: Stop, i: number, page: 'page' | 'landing'): string =>
  `/${i + 1}/${page}?for=${user}`;

/** What the server at `at` has behind its paths. */
export function routesOf(
  { stops }: Scenario,
  at: ServerName,
  origins: Readonly<Record<ServerName, string>>,
): readonly Route[] {
  return stops.flatMap((stop, i): Route[] => {
    if (stop.at !== at) return [];
    const { page, isOutside, closing } = stop;
    const to = origins[other(at)] + targetOf(stop, i, 'landing');
    return [
      {
        prefix: `/${i + 1}/page`,
        page: page === 'moveOn' ? { does: 'redirect', to } : { does: page },
        isOutside,
        ...(closing === null ? {} : { closing }),
      },
    ];
  });
}
