/** Every claim of the project, in the order in which they are printed. */
import type { Claim } from './claim.ts';
import {
  adversaryHears,
  attackIsRefused,
  micProtects,
  secretStaysWithItsUser,
} from './claims/against-adversary.ts';
import {
  agreementWithHolder,
  confinement,
  servedAsTheConnectionsIdentity,
} from './claims/agreement.ts';
import { challengeAcceptedOnce, ownChallengeOnly, serverAccepts } from './claims/challenges.ts';
import {
  basicHandsThePasswordOver,
  doubleHopStops,
  passwordStaysSecret,
} from './claims/double-hop.ts';
import {
  everyRequestCompletes,
  refusalIsReported,
  retriesAreBounded,
  signInCompletes,
} from './claims/liveness.ts';
import {
  flagIsSet,
  persistentAuthFlag,
  reusedWhileOpen,
  upgradedWhileOpen,
} from './claims/persistence.ts';
import { poolKeepsApart, poolServes } from './claims/pools.ts';
import {
  canSignIn,
  deadlockFree,
  mailboxCanBeRead,
  safeConnectionIsReused,
  threeMessagesAtMost,
} from './claims/reachable.ts';
import { passwordStaysInItsSpace, redirectIsFollowed } from './claims/redirects.ts';
import { pinIsMutual, proxyLetsThrough, proxyServes } from './claims/through-proxies.ts';
import {
  askedAgain,
  basicAccepts,
  mailboxIsRead,
  nextHopIsTriedAndRefused,
  ntlmAccepts,
  passwordPassesOn,
  promptLoopHappens,
} from './claims/witnesses.ts';

export const CLAIMS: readonly Claim[] = [
  confinement,
  doubleHopStops,
  passwordStaysSecret,
  basicHandsThePasswordOver,
  agreementWithHolder,
  servedAsTheConnectionsIdentity,
  ownChallengeOnly,
  challengeAcceptedOnce,
  serverAccepts,
  secretStaysWithItsUser,
  micProtects,
  poolKeepsApart,
  passwordStaysInItsSpace,
  persistentAuthFlag,
  threeMessagesAtMost,
  deadlockFree,
  canSignIn,
  mailboxCanBeRead,
  safeConnectionIsReused,
  reusedWhileOpen,
  upgradedWhileOpen,
  signInCompletes,
  everyRequestCompletes,
  retriesAreBounded,
  pinIsMutual,
  proxyLetsThrough,
  proxyServes,
  ntlmAccepts,
  basicAccepts,
  passwordPassesOn,
  mailboxIsRead,
  nextHopIsTriedAndRefused,
  askedAgain,
  promptLoopHappens,
  refusalIsReported,
  attackIsRefused,
  adversaryHears,
  flagIsSet,
  poolServes,
  redirectIsFollowed,
];
