/** Every claim of the project, in the order in which they are told. */
import type { Claim } from './claim.ts';
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
  canSignIn,
  mailboxCanBeRead,
  neverStuck,
  safeConnectionIsReused,
  threeLegsAtMost,
} from './claims/useful.ts';
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
  threeLegsAtMost,
  neverStuck,
  canSignIn,
  mailboxCanBeRead,
  safeConnectionIsReused,
  ntlmAccepts,
  basicAccepts,
  passwordPassesOn,
  mailboxIsRead,
  nextHopIsTriedAndRefused,
  askedAgain,
  promptLoopHappens,
];
