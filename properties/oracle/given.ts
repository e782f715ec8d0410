/**
 * The hypotheses of the claims. Each is words and the predicate that they describe, computed from
 * the deployment alone. Claims that rest on the same hypothesis share one object.
 */
import { isChallenging } from '../../machines/system/mechanisms.ts';
import { programOf } from '../../machines/system/programs.ts';
import type { Given } from '../claim.ts';
import {
  downstreamsCompete,
  isCutOff,
  isEachServed,
  isInherited,
  isLapseHidden,
  isProxied,
  isRotated,
} from './behind-proxies.ts';
import { isStatic } from './delivered-responses.ts';
import {
  assumesPersistence,
  canBeSpoilt,
  promptsWithoutEnd,
  tabsWait,
  workersCompete,
} from './endless-prompts.ts';
import { exposed, impersonates, isDeceived, isHijacked, isTampered } from './exposed-servers.ts';
import { areTasksToldApart, firstHops, passes, passingHops } from './passing-hops.ts';

/** Words that say the opposite of `isBroken`. */
const unless = (isBroken: Given['is'], says: string): Given => ({
  says,
  is: (deployment) => !isBroken(deployment),
});

const all = (...parts: readonly Given[]): Given => ({
  says: parts.map(({ says }) => says).join('; '),
  is: (deployment) => parts.every((part) => part.is(deployment)),
});

const eitherWay = (direct: Given, proxied: Given): Given => ({
  says: `without a proxy: ${direct.says}. Behind a proxy: ${proxied.says}`,
  is: (deployment) => (isProxied(deployment) ? proxied : direct).is(deployment),
});

const promptsEnd = unless(
  promptsWithoutEnd,
  'every hop lets the user through and no mistyped password leaves the connection useless',
);
const workersAreAlone = unless(
  workersCompete,
  'no two workers of a host share a connection to the next one',
);
const lapsesAreKnown = unless(
  assumesPersistence,
  'no client takes a sign-in that is good for one request to last',
);
const tabsDoNotWait = unless(
  tabsWait,
  'no second tab of a user waits behind a prompt that may never end',
);
const lapsesAreSeen = unless(
  isLapseHidden,
  'no client that takes its sign-in to last loses it without a sign',
);

const undeceived = unless(
  isDeceived,
  'no adversary can deliver to a server a password given to another, or a response that it ' +
    'accepts but that was computed for another server or for a repeated challenge',
);

/** Where claims apply, in words: see `isPlain`, `isDirect` and `isProxied`. */
export const scopes = {
  plain: 'there is no adversary, proxy, pool or redirect',
  direct: 'there is no proxy, pool or redirect',
  stopping:
    'a user can sign in to a host that calls on another and is left no password, and there is no ' +
    'adversary, proxy, pool or redirect',
  proxied: 'each user reaches the mailbox server through one reverse proxy',
} as const;

/** None: the claim holds wherever it applies. */
const none: Given = { says: 'none', is: () => true };

export const given = {
  none,

  honestOrBound: all(
    unless(
      (deployment) => passingHops(deployment).length > 0,
      'no server holds a password that the next one accepts',
    ),
    unless(impersonates, "no adversary can sign in with another user's secret"),
    undeceived,
  ),

  undeceived,

  connectionsAreOnesOwn: all(
    unless(isHijacked, 'no adversary can have its own connection signed in as another user'),
    unless(
      (deployment) => isProxied(deployment) && isInherited(deployment),
      "no proxy sends a user's request over a connection signed in as another user",
    ),
  ),

  freshChallenges: unless(
    ({ hosts }) => hosts.some(isStatic),
    'every NTLM server issues fresh challenges',
  ),

  nothingToHear: unless(
    (deployment) => exposed(deployment).length > 0,
    'no user signs in within hearing of the adversary by Basic or with a weak password',
  ),

  changesAreRefused: unless(
    isTampered,
    'a check of the server refuses every response sent with a MIC that the adversary can change ' +
      'or whose challenge it can change',
  ),

  onlyNtlm: {
    says: 'every host accepts NTLM',
    is: ({ hosts }) => hosts.every(isChallenging),
  },

  tasksToldApart: {
    says:
      "each program's pool key tells apart all its tasks that differ, or a sign-in at its server " +
      'lasts for one request only, or the program cannot sign in',
    is: areTasksToldApart,
  },

  programsCanSignIn: {
    says:
      'each program can sign in: it keeps its connections alive, and the server accepts its ' +
      'binding and one of the names that it asks for, or it sends the password',
    is: (deployment) =>
      firstHops(deployment)
        .filter((link) => programOf(deployment, link) !== undefined)
        .every((link) => passes(deployment, link)),
  },

  lapsesAreKnown,

  mistypingIsHarmless: unless(
    canBeSpoilt,
    'no mistyped password leaves an NTLM connection to the mailbox server useless',
  ),

  eachIsServed: {
    says:
      'each connection to a proxy can sign in at the server behind it (by Basic, or over a path ' +
      'that does not close and with a response that the server accepts), or can share a ' +
      'connection that is signed in',
    is: isEachServed,
  },

  signInsEnd: eitherWay(
    all(promptsEnd, workersAreAlone, lapsesAreKnown),
    all(
      unless(isRotated, 'each NTLM handshake can be completed over one undisturbed connection'),
      lapsesAreSeen,
      unless(isCutOff, 'no connections compete for one upstream connection, or none closes'),
    ),
  ),

  requestsEnd: eitherWay(
    all(tabsDoNotWait, workersAreAlone, lapsesAreKnown),
    all(
      unless(
        (deployment) => isRotated(deployment) && deployment.bounds.connections > 1,
        'each pair has one connection, or each NTLM handshake one that is undisturbed',
      ),
      lapsesAreSeen,
      unless(downstreamsCompete, 'no connections compete for one upstream connection'),
    ),
  ),

  tabsDoNotWait,
} satisfies Readonly<Record<string, Given>>;
