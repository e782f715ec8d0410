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
  isUndone,
  promptsWithoutEnd,
  tabsWait,
  workersCompete,
} from './endless-prompts.ts';
import {
  exposed,
  hasAdversary,
  impersonates,
  isDeceived,
  isHijacked,
  isTampered,
} from './exposed-servers.ts';
import { refusalsAreTold, whereTold } from './forbidden-refusals.ts';
import { all, type Predicate, unless, whereCut, within } from './hypotheses.ts';
import {
  actsForAnother,
  isHeldUp,
  isMixed,
  sendsPasswords,
  sendsPasswordsOn,
} from './mixed-connections.ts';
import { answersStay, answersStayForFlags, answersStayForProxies } from './moving-handshakes.ts';
import {
  areTasksToldApart,
  firstHops,
  hasRedirects,
  isDirect,
  isPlain,
  isPooled,
  isReached,
  passes,
  passingHops,
} from './passing-hops.ts';

/** Of plain deployments the one, of proxied ones the other. */
const eitherWay = (plain: Given, proxied: Given, coversProxied: Predicate): Given => ({
  says: `without a proxy: ${plain.says}. Behind a proxy: ${proxied.says}`,
  is: (deployment) =>
    isProxied(deployment)
      ? within(coversProxied, proxied).is(deployment)
      : within(isPlain, plain).is(deployment),
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
const mistypingIsHarmless = whereTold(
  unless(
    canBeSpoilt,
    'no mistyped password, and no response on another connection than its challenge, leaves an ' +
      'NTLM connection to the mailbox server useless',
  ),
);
const tabsDoNotWait = unless(
  tabsWait,
  'no second tab of a user waits behind a prompt that may never end',
);
const lapsesAreSeen = unless(
  isLapseHidden,
  'no client that takes its sign-in to last loses it without a sign',
);

const isHonest: Predicate = ({ adversary }) => adversary === null;
const isPlainOrAttacked: Predicate = (deployment) =>
  isPlain(deployment) || hasAdversary(deployment);

const undeceived = whereCut(
  isPlainOrAttacked,
  unless(
    isDeceived,
    'no adversary can make a server accept a password given to another, a response computed for ' +
      'another server, or a replayed response',
  ),
  isHonest,
);

/** None: the claim holds wherever it applies. */
const none: Given = { says: 'none', is: () => true };
const noneWhereTold = whereTold(none);
/** Theory does not say what a client that closes each connection hears of a refusal. */
const isKeptAlive: Predicate = ({ users }) => users.every(({ keepAlive }) => keepAlive);

export const given = {
  none,
  noneWhereTold,
  noneWhereKept: within(isKeptAlive, noneWhereTold),

  honestOrBound: whereCut(
    (deployment) =>
      isPlainOrAttacked(deployment) &&
      passingHops(deployment).every((link) => isReached(deployment, link)),
    all(
      unless(
        (deployment) => passingHops(deployment).length > 0,
        'no server holds a password that the next one accepts',
      ),
      unless(impersonates, "no adversary can sign in with another user's secret"),
      undeceived,
    ),
    (deployment) => isHonest(deployment) && !sendsPasswordsOn(deployment),
  ),

  undeceived,

  connectionsAreOnesOwn: whereCut(
    (deployment) => isPlainOrAttacked(deployment) || isProxied(deployment),
    all(
      unless(isHijacked, 'no adversary can have its own connection signed in as another user'),
      unless(
        (deployment) => isProxied(deployment) && isInherited(deployment),
        "no proxy or program sends a user's request over a connection signed in as another user",
      ),
      unless(
        (deployment) => isPlain(deployment) && actsForAnother(deployment),
        'no middle tier of several users calls on another that keeps a sign-in it refuses',
      ),
    ),
    (deployment) => isHonest(deployment) && !isMixed(deployment),
  ),

  workersCanGoOn: within(
    ({ bounds }) => bounds.closing,
    none,
    (one) => isHonest(one) && !workersCompete(one),
  ),

  freshChallenges: unless(
    ({ hosts }) => hosts.some(isStatic),
    'every NTLM server issues fresh challenges',
  ),

  nothingToHear: within(
    hasAdversary,
    unless(
      (deployment) => exposed(deployment).length > 0,
      'no user signs in within hearing of the adversary by Basic or with a weak password',
    ),
  ),

  changesAreRefused: unless(
    isTampered,
    'a check of the server refuses every response sent with a MIC that the adversary can change ' +
      'or whose challenge it can change',
  ),

  noPasswordsSent: within(
    isHonest,
    unless(sendsPasswords, 'no client sends a password to a host that accepts Basic'),
    ({ hosts }) => hosts.every(isChallenging),
  ),

  tasksToldApart: within(isPooled, {
    says:
      "each program's pool key tells apart all its tasks that differ, or a sign-in at its server " +
      'lasts for one request only, or the program cannot sign in',
    is: areTasksToldApart,
  }),

  programsCanSignIn: within(isPooled, {
    says:
      'each program can sign in: it keeps its connections alive, and the server accepts its ' +
      'binding and one of the names that it asks for, or it sends the password',
    is: (deployment) =>
      firstHops(deployment)
        .filter((link) => programOf(deployment, link) !== undefined)
        .every((link) => passes(deployment, link)),
  }),

  signInsAreKnown: all(within(isDirect, all(lapsesAreKnown, answersStayForFlags)), refusalsAreTold),

  mistypingIsHarmless,

  reuseIsHarmless: all(
    mistypingIsHarmless,
    unless(
      isUndone,
      'no such response poisons an NTLM connection to the mailbox server that is signed in',
    ),
    unless(
      isHeldUp,
      'each user whom a middle tier signs in at the mailbox server can reach that tier over ' +
        "connections that carry no other user's requests",
    ),
  ),

  eachIsServed: within(isProxied, {
    says:
      'each connection to a proxy can sign in at the server behind it (by Basic, or over a path ' +
      'that does not close and with a response that the server accepts), or can share a ' +
      'connection that is signed in',
    is: isEachServed,
  }),

  signInsEnd: whereTold(
    eitherWay(
      all(promptsEnd, answersStay, workersAreAlone, lapsesAreKnown),
      all(
        answersStay,
        unless(isRotated, 'each NTLM handshake can be completed over one undisturbed connection'),
        lapsesAreSeen,
        unless(isCutOff, 'no connections compete for one upstream connection, or none closes'),
      ),
      ({ bounds, hosts }) => !bounds.wrongPasswords && hosts.every(isChallenging),
    ),
  ),

  requestsEnd: whereTold(
    eitherWay(
      all(tabsDoNotWait, workersAreAlone, lapsesAreKnown),
      all(
        answersStayForProxies,
        unless(
          (deployment) => isRotated(deployment) && deployment.bounds.connections > 1,
          'each pair has one connection, or each NTLM handshake one that is undisturbed',
        ),
        lapsesAreSeen,
        unless(downstreamsCompete, 'no connections compete for one upstream connection'),
      ),
      isEachServed,
    ),
  ),

  redirectsAlone: within(hasRedirects, none),

  tabsDoNotWait: whereTold(within((one) => isPlain(one) && isKeptAlive(one), tabsDoNotWait)),
} satisfies Readonly<Record<string, Given>>;
