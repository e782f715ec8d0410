/** Clauses for a program's requests: as which user, and in what else its connections differ. */
import {
  POOL_KEY,
  type PoolKeyComponent,
  type Purpose,
} from '../../machines/vocabulary/purpose.ts';
import { connectionOf } from '../component-names.ts';
import type { ClauseWriters } from './clause.ts';
import { listed } from './words.ts';

const DELEGATION: { readonly [L in Purpose['delegation']]: string } = {
  none: 'no delegation',
  policy: 'delegation where policy allows it',
  always: 'unconditional delegation',
};

type InWords = { readonly [P in PoolKeyComponent]: (value: Purpose[P]) => string };

const IN_WORDS: InWords = {
  credentials: (user) => (user === null ? 'no credentials of its own' : `${user}'s credentials`),
  ambientIdentity: (user) => `the ambient identity ${user}`,
  origin: (host) => `the origin ${host}`,
  proxyCredentials: (user) =>
    user === null ? 'nothing for the proxy' : `${user}'s credentials for the proxy`,
  delegation: (level) => DELEGATION[level],
};

const inWords = (purpose: Purpose, part: PoolKeyComponent): string =>
  (IN_WORDS[part] as (value: unknown) => string)(purpose[part]); // of the same part

/** The user of the request, and each attribute that is not the default. */
export function purposeNamed(purpose: Purpose, server: string): string {
  const { credentials, origin, proxyCredentials, delegation } = purpose;
  const parts: readonly PoolKeyComponent[] = [
    credentials === null ? 'ambientIdentity' : 'credentials',
    ...(origin === server ? [] : ['origin' as const]),
    ...(proxyCredentials === null ? [] : ['proxyCredentials' as const]),
    ...(delegation === 'none' ? [] : ['delegation' as const]),
  ];
  return listed(parts.map((part) => inWords(purpose, part)));
}

/** The attributes in which the connection's earlier request differs; its user, where none does. */
function signedInNamed(before: Purpose, now: Purpose): string {
  const others = POOL_KEY.filter((part) => before[part] !== now[part]);
  const who: PoolKeyComponent = before.credentials === null ? 'ambientIdentity' : 'credentials';
  return listed((others.length > 0 ? others : [who]).map((part) => inWords(before, part)));
}

export const PROGRAMS: ClauseWriters<'program.requests'> = {
  'program.requests': ({ purpose, via }, { participants, memory }) => {
    const connection = connectionOf(via);
    const { from, to } = connection;
    const before = memory.signedInFor(via);
    const over =
      before === null
        ? participants.on(connection)
        : ` over a connection that was authenticated with ${signedInNamed(before, purpose)}`;
    return [
      {
        who: from,
        does: `requests the mailbox page from ${to} with ${purposeNamed(purpose, to)}${over}`,
      },
    ];
  },
};
