/** What the monitors of kept connections and redirects hear, and the state in which each ends. */

import { POOL_KEY, type Purpose } from '../../../../machines/vocabulary/purpose.ts';
import type { Signal } from '../../../../machines/vocabulary/signals.ts';
import { DIFFERING } from '../../../../properties/deployments/with-pools.ts';
import { standingSignIn } from '../../../../properties/monitors/answers.ts';
import { signedInFor } from '../../../../properties/monitors/signed-in-for.ts';
import { typedFor } from '../../../../properties/monitors/typed-for.ts';
import { followed } from '../../../../properties/monitors/witnesses.ts';
import { hearing, type Row } from './monitor-traces.ts';

const HERE = 'service>mailbox#1';

const acceptedFor = (purpose: Purpose | null): Signal => ({
  type: 'commit',
  user: 'alice',
  server: 'mailbox',
  connection: HERE,
  challenge: null,
  response: null,
  secret: null,
  cause: 'alice',
  purpose,
  run: HERE,
});
const accepted = acceptedFor(null);
const pageFor = (purpose: Purpose | null, user: string | null = 'alice'): Signal => ({
  type: 'served',
  user,
  server: 'mailbox',
  connection: HERE,
  path: 'mailbox',
  cause: 'alice',
  purpose,
});
const actingFor = (purpose: Purpose): Signal => ({
  type: 'acting',
  user: 'alice',
  server: 'mailbox',
  connection: HERE,
  cause: 'alice',
  purpose,
});
const refused: Signal = { type: 'refused', connection: HERE };
const closed: Signal = { type: 'closed', connection: HERE };
const [alices, bobs] = DIFFERING.credentials;

const SIGNED_IN_FOR: readonly Row[] = [
  ['served before any sign-in', 'violated', pageFor(alices)],
  ['served once signed in', 'watching', acceptedFor(alices), pageFor(alices)],
  ['and again, for the same', 'watching', acceptedFor(alices), pageFor(alices), pageFor(alices)],
  ...POOL_KEY.flatMap((part): readonly Row[] => {
    const [one, other] = DIFFERING[part];
    return [
      [`served with another ${part}`, 'violated', acceptedFor(one), pageFor(one), pageFor(other)],
      [`acted on with another ${part}`, 'violated', acceptedFor(one), actingFor(other)],
    ];
  }),
  [
    'signed in anew for another',
    'watching',
    ...[acceptedFor(alices), pageFor(alices)],
    ...[acceptedFor(bobs), pageFor(bobs)],
  ],
  ['acted on for the same', 'watching', acceptedFor(alices), actingFor(alices)],
  ['served without a user', 'watching', acceptedFor(alices), pageFor(bobs, null)],
  ['a request of a browser', 'watching', acceptedFor(alices), pageFor(null)],
  ['signed in for a browser', 'violated', acceptedFor(null), pageFor(alices)],
  [
    'served for the same after the connection closed',
    'violated',
    ...[acceptedFor(alices), pageFor(alices), closed],
    pageFor(alices),
  ],
];

const STANDING_SIGN_INS: readonly Row[] = [
  ['nothing yet', 'signedOut', refused],
  ['signed in', 'signedIn', refused, accepted],
  ['told 401 since', 'signedOut', accepted, refused],
  ['told 401, and signed in again', 'signedIn', accepted, refused, accepted],
  ['closed since', 'signedOut', accepted, closed],
];

const entered = (server: string, passwordOf: string | null = 'alice', user = 'alice'): Signal => ({
  type: 'entered',
  user,
  server,
  secret: { passwordOf },
});
const learned = (by: string, passwordOf: string | null = 'alice'): Signal => ({
  type: 'learned',
  secret: { passwordOf },
  by,
});

const TYPED_FOR: readonly Row[] = [
  ['seen, and never typed', 'violated', learned('mallory')],
  ['typed for its host, then seen', 'typed', entered('evil'), learned('mallory')],
  ['typed for another host of its own', 'typed', entered('worse'), learned('mallory')],
  ["typed for somebody else's", 'violated', entered('frontEnd'), learned('mallory')],
  ['typed after it was seen', 'violated', learned('mallory'), entered('evil')],
  ['mistyped for its host, and seen', 'violated', entered('evil', null), learned('mallory')],
  ["another user's typed", 'violated', entered('evil', 'bob', 'bob'), learned('mallory')],
  ["another's, by another", 'violated', entered('evil', 'alice', 'bob'), learned('mallory')],
  ["another user's seen", 'untyped', learned('mallory', 'bob')],
  ['seen by somebody else', 'untyped', learned('frontEnd')],
];

const follows: Signal = { type: 'followed', user: 'alice', server: 'mailbox' };
const prompted: Signal = { type: 'prompted', user: 'alice', server: 'mailbox' };

const FOLLOWED_AND_ASKED: readonly Row[] = [
  ['asked without a redirect', 'waiting', prompted],
  ['sent there, and asked', 'asked', follows, prompted],
];

export const KEPT_CONNECTIONS = [
  hearing(signedInFor, undefined, SIGNED_IN_FOR),
  hearing(standingSignIn, undefined, STANDING_SIGN_INS),
  hearing(typedFor, { user: 'alice', party: 'mallory', hosts: ['evil', 'worse'] }, TYPED_FOR),
  hearing(followed, undefined, FOLLOWED_AND_ASKED),
] as const;
