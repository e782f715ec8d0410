/**
 * Scenarios for clients: two servers that the model runs, and visits to them. Plain data, so a
 * scenario can have a name or be drawn at random.
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
  /** Whether the page is public: then no machine receives the request or its credentials. */
  readonly isOutside: boolean;
  readonly closing: Closing | null;
};

/** Policies of real servers, and of a server where each request signs in. */
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

/** The right account of `user` at a server. */
export function accountOf(user: User, at: ServerName, accounts: Scenario['accounts']): Account {
  const place = accounts === 'shared' ? 'one' : at;
  return { user: `${user}-${place}`, domain: DOMAIN, password: PASSWORDS[`${user}/${place}`]! };
}

/** The account that `user` types there. Null: none. */
export function typedBy({ user, at, types }: Stop, accounts: Scenario['accounts']): Account | null {
  const account = accountOf(user, at, accounts);
  if (types === 'nothing') return null;
  return types === 'right' ? account : { ...account, password: WRONG };
}

export const other = (at: ServerName): ServerName => (at === 'one' ? 'two' : 'one');

/** The target of a stop, or of its redirect. Each stop has its own. */
export const targetOf = ({ user }: Stop, i: number, page: 'page' | 'landing'): string =>
  `/${i + 1}/${page}?for=${user}`;

/** The routes of the server at `at`. */
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
