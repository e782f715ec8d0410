/**
 * Mutants, made mechanically from the names in the machines: each guard is made always true or
 * always false, and each action is left out, one at a time.
 */
import {
  type AnyEventObject,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  assign,
  initialTransition,
  transition,
} from 'xstate';
import { LimitReached } from '../../checker/explore/limits.ts';
import { effectsOf } from '../../checker/model/effects.ts';
import { snapshotKey, stateKey } from '../../checker/model/state-key.ts';
import { MachineError, tableOf } from '../../checker/model/table.ts';
import type { Component } from '../../machines/system/component.ts';
import { MACHINES, type Machines } from '../../machines/system/deployment.ts';
import { type Deployment, deploymentsOf } from '../../machines/system/topology.ts';
import { CLAIMS } from '../catalogue.ts';
import { type ClaimResult, checkClaim } from '../check.ts';
import type { Claim } from '../claim.ts';
import { LAPSING } from '../deployments/lapsing.ts';
import * as mixed from '../deployments/mixed-shapes.ts';
import * as plain from '../deployments/plain.ts';
import { WITH_ADVERSARY } from '../deployments/with-adversary.ts';
import { POOLS } from '../deployments/with-pools.ts';
import { WITH_PROXIES } from '../deployments/with-proxies.ts';
import { REDIRECTING } from '../deployments/with-redirects.ts';
import { replacing } from './fault.ts';

export type Mutant = {
  readonly id: string; // 'ntlmServerConnection.provesUser := true'
  readonly machine: keyof Machines;
  readonly mutated: AnyStateMachine;
};

/** Changes nothing, and `transition` does not report it. */
const leftOut = assign({});

export function mutantsOf(machine: keyof Machines): readonly Mutant[] {
  const original: AnyStateMachine = MACHINES[machine];
  const { guards, actions } = original.implementations;
  return [
    ...Object.keys(guards).flatMap((guard) =>
      [true, false].map((answer) => ({
        id: `${machine}.${guard} := ${answer}`,
        machine,
        mutated: replacing(original, { guards: { [guard]: () => answer } }),
      })),
    ),
    ...Object.keys(actions).map((action) => ({
      id: `${machine}.${action} left out`,
      machine,
      mutated: replacing(original, { actions: { [action]: leftOut } }),
    })),
  ];
}

export const MUTANTS: readonly Mutant[] = (Object.keys(MACHINES) as (keyof Machines)[]).flatMap(
  mutantsOf,
);

/** Large deployments that kill no mutant that the smaller ones leave alive. */
const TOO_LARGE = /^(?:rotating-proxy|binding rewritten|MIC flag hidden)/;

/** The deployments in which mutants are checked, cheapest first. */
export const MUTANT_DEPLOYMENTS: readonly Deployment[] = [
  plain.SINGLE,
  plain.STAYING_OPEN,
  plain.ARTICLE,
  plain.NETWORK_LOGON,
  plain.BASIC_THEN_NTLM,
  plain.THREE_HOPS,
  plain.ARTICLE_EVERY_PAGE,
  plain.DIRECT_LINK,
  ...LAPSING,
  ...REDIRECTING,
  ...POOLS,
  ...WITH_PROXIES,
  ...WITH_ADVERSARY,
  mixed.POOL_KEPT_AT_FRONT_END,
  mixed.PROXY_BEFORE_ADVERSARY,
  mixed.REFUSALS_BY_403,
  mixed.REFUSALS_BY_403_PASSED_ON,
  plain.HANDSHAKES_PER_HOST,
  plain.SINGLE_2_CONNECTIONS,
]
  .filter(({ name }) => !TOO_LARGE.test(name))
  .flatMap(deploymentsOf);

/**
 * A claim that tells a mutant from the unmutated machines, and the deployment in which it does: by
 * its verdict, or by failure: the mutant throws, or has more than ten times as many states.
 */
export type Kill = {
  readonly claim: string;
  readonly deployment: string;
  readonly by: 'verdict' | 'failure';
};

/** More than the unmutated machines have in any deployment. */
const STATES_MAX = 1_000_000;
/** A mutant with more than this many times the unmutated states counts as endless. */
const STATES_RATIO = 10;

/** How the claim kills the mutant in the deployment. Null: the verdict does not change. */
export function killBy(
  claim: Claim,
  deployment: Deployment,
  { machine, mutated }: Mutant,
): Kill['by'] | null {
  const unmutated = unmutatedResult(claim, deployment);
  const machines = { ...MACHINES, [machine]: mutated } as Machines;
  try {
    const { verdict } = checkClaim(claim, deployment, {
      statesMax: STATES_RATIO * unmutated.states,
      machines,
      stopAtViolation: true,
    });
    return verdict === unmutated.verdict ? null : 'verdict';
  } catch (error) {
    if (error instanceof MachineError || error instanceof LimitReached) return 'failure';
    throw error;
  }
}

/** True when the mutant is killed in this way. */
export function isKill({ claim, deployment, by }: Kill, mutant: Mutant): boolean {
  const killer = CLAIMS.find(({ id }) => id === claim)!;
  const ground = MUTANT_DEPLOYMENTS.find(({ name }) => name === deployment)!;
  return killBy(killer, ground, mutant) === by;
}

/** True where no system of the claim contains the machine. */
const overlooks = (claim: Claim, deployment: Deployment, machine: keyof Machines): boolean =>
  claim
    .subjects(deployment, MACHINES)
    .every(({ system }) => system.every((part) => part.machine !== MACHINES[machine]));

/**
 * True where the mutant reacts as the unmutated machine does to every event in every state that
 * came up while the claim was checked, so that the search is the same.
 */
const agrees = (claim: Claim, deployment: Deployment, { machine, mutated }: Mutant): boolean =>
  unmutatedResult(claim, deployment)
    .questions.get(machine)!
    .every((question) => isSame(mutated, question));

/** What a machine is asked in a search: how it starts, or how it reacts in a state. */
type Question = {
  readonly id: number;
  readonly asked: { readonly input: unknown } | readonly [AnyMachineSnapshot, AnyEventObject];
  readonly answer: string; // of the unmutated machine
};

/** The result of a claim for the unmutated machines, and what each was asked. */
type Unmutated = Pick<ClaimResult, 'verdict' | 'states'> & {
  readonly questions: ReadonlyMap<string, readonly Question[]>; // by machine
};
const known = new Map<string, Unmutated>();

function unmutatedResult(claim: Claim, deployment: Deployment): Unmutated {
  const key = `${claim.id} in ${deployment.name}`;
  const found = known.get(key);
  if (found !== undefined) return found;
  const machines = ownMachines(deployment, claim.about);
  const { verdict, states } = checkClaim(claim, deployment, { statesMax: STATES_MAX, machines });
  const names = Object.keys(machines) as (keyof Machines)[];
  const questions = new Map(
    names.map((name) => {
      const parts = claim
        .subjects(deployment, machines)
        .flatMap(({ system }) => system.filter(({ machine }) => machine === machines[name]));
      return [name, questionsTo(name, parts)];
    }),
  );
  const result = { verdict, states, questions };
  known.set(key, result);
  return result;
}

const machinesOf = new Map<string, Machines>();

/** Copies of the machines, so that their tables have only what a deployment's searches ask. */
function ownMachines({ name }: Deployment, about: Claim['about']): Machines {
  const key = `${about} ${name}`;
  const copies =
    machinesOf.get(key) ??
    (Object.fromEntries(
      Object.entries<AnyStateMachine>(MACHINES).map(([id, machine]) => [id, machine.provide({})]),
    ) as Machines);
  machinesOf.set(key, copies);
  return copies;
}

const questions = new Map<string, Question>();

function questionsTo(name: keyof Machines, parts: readonly Component[]): readonly Question[] {
  const tables = new Set(parts.map(({ machine, input }) => tableOf(machine, input)));
  const asked = [
    ...parts.map(({ input = null }) => [stateKey(input), { input }] as const),
    ...[...tables].flatMap((table) =>
      table.asked().map((pair) => [`${snapshotKey(pair[0])} ${stateKey(pair[1])}`, pair] as const),
    ),
  ];
  return asked.map(([text, asked]) => {
    const key = `${name} ${text}`;
    const found = questions.get(key);
    if (found !== undefined) return found;
    const question = { id: questions.size, asked, answer: react(MACHINES[name], asked) };
    questions.set(key, question);
    return question;
  });
}

const sameness = new WeakMap<AnyStateMachine, boolean[]>();

/** Whether the mutant gives the same answer. It is asked once. */
function isSame(mutated: AnyStateMachine, { id, asked, answer }: Question): boolean {
  const known = sameness.get(mutated) ?? [];
  sameness.set(mutated, known);
  known[id] ??= react(mutated, asked) === answer;
  return known[id];
}

/** The next state and the effects, or that the event is refused, or that the machine throws. */
function react(machine: AnyStateMachine, asked: Question['asked']): string {
  try {
    if ('input' in asked) return outcomeOf(initialTransition(machine, asked.input as never));
    const [{ value, context, status, historyValue }, event] = asked;
    const state = machine.resolveState({ value, context, status, historyValue });
    return state.can(event) ? outcomeOf(transition(machine, state, event)) : 'refused';
  } catch {
    return 'throws';
  }
}

const outcomeOf = ([next, actions]: ReturnType<typeof transition<AnyStateMachine>>): string =>
  `${snapshotKey(next)} ${stateKey(effectsOf(actions))}`;

/** The first kill, in the cheapest deployment. Null: no claim kills the mutant. */
export function killOf(mutant: Mutant): Kill | null {
  for (const deployment of MUTANT_DEPLOYMENTS)
    for (const claim of CLAIMS) {
      if (!claim.appliesTo(deployment) || overlooks(claim, deployment, mutant.machine)) continue;
      if (agrees(claim, deployment, mutant)) continue;
      const by = killBy(claim, deployment, mutant);
      if (by !== null) return { claim: claim.id, deployment: deployment.name, by };
    }
  return null;
}
