/** Every machine of the project, by its id: parties, ends of connections, and monitors. */
import type { AnyStateMachine } from 'xstate';
import { mostGeneralClient } from '../../../machines/parties/most-general-client.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { acceptedOnce } from '../../../properties/monitors/accepted-once.ts';
import { agreement, provedInRun } from '../../../properties/monitors/agreement.ts';
import {
  completion,
  refusalReported,
  standingSignIn,
} from '../../../properties/monitors/answers.ts';
import { never } from '../../../properties/monitors/never.ts';
import { nothingPasses } from '../../../properties/monitors/nothing-passes.ts';
import { ownChallenge } from '../../../properties/monitors/own-challenge.ts';
import { alwaysLearned, neverLearned } from '../../../properties/monitors/passwords.ts';
import { reuse } from '../../../properties/monitors/reuse.ts';
import { servedAsOwner } from '../../../properties/monitors/served-as-owner.ts';
import { signIn, signInSeenByClient } from '../../../properties/monitors/sign-in.ts';
import { signedInFor } from '../../../properties/monitors/signed-in-for.ts';
import { threeMessages } from '../../../properties/monitors/three-messages.ts';
import { typedFor } from '../../../properties/monitors/typed-for.ts';
import { untampered } from '../../../properties/monitors/untampered.ts';
import {
  followed,
  happened,
  promptLoop,
  proved,
  refusedWithKey,
} from '../../../properties/monitors/witnesses.ts';

const ALL: readonly AnyStateMachine[] = [
  ...Object.values(MACHINES),
  mostGeneralClient,
  acceptedOnce,
  agreement,
  alwaysLearned,
  completion,
  followed,
  happened,
  never,
  neverLearned,
  nothingPasses,
  ownChallenge,
  promptLoop,
  provedInRun,
  proved,
  refusedWithKey,
  reuse,
  servedAsOwner,
  signIn,
  signInSeenByClient,
  signedInFor,
  threeMessages,
  standingSignIn,
  refusalReported,
  typedFor,
  untampered,
];

export const EVERY_MACHINE: ReadonlyMap<string, AnyStateMachine> = new Map(
  ALL.map((machine) => [machine.id, machine]),
);
