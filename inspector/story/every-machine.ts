/** Every machine of the project, by its id: parties, ends of connections, and monitors. */
import type { AnyStateMachine } from 'xstate';
import { mostGeneralClient } from '../../machines/most-general-client.ts';
import { MACHINES } from '../../machines/system/deployment.ts';
import { acceptedOnce } from '../../properties/monitors/accepted-once.ts';
import { agreement } from '../../properties/monitors/agreement.ts';
import { happened } from '../../properties/monitors/happened.ts';
import { nothingPasses } from '../../properties/monitors/nothing-passes.ts';
import { ownChallenge } from '../../properties/monitors/own-challenge.ts';
import { alwaysLearned, neverLearned } from '../../properties/monitors/passwords.ts';
import { promptLoop } from '../../properties/monitors/prompt-loop.ts';
import { reuse } from '../../properties/monitors/reuse.ts';
import { servedAsOwner } from '../../properties/monitors/served-as-owner.ts';
import { threeLegs } from '../../properties/monitors/three-legs.ts';

const ALL: readonly AnyStateMachine[] = [
  ...Object.values(MACHINES),
  mostGeneralClient,
  acceptedOnce,
  agreement,
  alwaysLearned,
  happened,
  neverLearned,
  nothingPasses,
  ownChallenge,
  promptLoop,
  reuse,
  servedAsOwner,
  threeLegs,
];

export const EVERY_MACHINE: ReadonlyMap<string, AnyStateMachine> = new Map(
  ALL.map((machine) => [machine.id, machine]),
);
