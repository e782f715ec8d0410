/** What a claim is: a sentence, its source, its hypothesis, and how it is checked. */
import type { Property } from '../checker/model/system.ts';
import type { Component, System } from '../machines/system/component.ts';
import type { Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';
import type { CauseOf } from './causes/cause.ts';

export const VERDICT_NAMES = ['holds', 'violated', 'witnessed', 'unwitnessed'] as const;
export type Verdict = (typeof VERDICT_NAMES)[number];

/** True of a verdict that says that the claim's name is false. */
export const isNegative = ({ verdict }: { readonly verdict: Verdict }): boolean =>
  verdict === 'violated' || verdict === 'unwitnessed';

/**
 * - `always`: it is true in every reachable state.
 * - `sometimes`: it is true in some reachable state. Such a witness shows that other claims are not
 *   vacuous.
 * - `reachable`: from every reachable state, a state in which it is true can be reached (AG EF).
 * - `response`: no fair run waits for ever: what was asked for eventually happens.
 * - `deadlock-free`: in every reachable state, some step is enabled.
 */
export type Kind = 'always' | 'sometimes' | 'reachable' | 'response' | 'deadlock-free';

/** A system to be searched, and what is checked in it beside its monitors. */
export type Subject = { readonly system: System; readonly properties: readonly Property[] };

/**
 * One guard or update of one machine, weakened. The unmutated machine is left as it is: `inject`
 * makes another through `provide`, and throws when the machine has no such guard or action.
 */
export type Fault = {
  readonly id: string; // unique in the catalogue
  readonly what: string; // the mistake that a developer would make
  readonly seenIn: string | null; // software or advisory that had it; null: none is known
  readonly deployment: Deployment; // where it breaks a claim
  readonly inject: (machines: Machines) => Machines;
};

/** A hypothesis: the words that are printed, and the predicate that they describe. */
export type Given = {
  readonly says: string; // completes "given that ..."
  /** Null: theory predicts nothing of such a deployment, and the checker alone decides. */
  readonly is: (deployment: Deployment) => boolean | null;
};

/** Something that a claim speaks of. Its search is for a violation: that it happens. */
export type Occasion = {
  readonly never: string; // a sentence that is true where it never happens; unlike any other's
  readonly system: (machines: Machines) => System;
  readonly properties: readonly Property[];
};

/** What must happen for a claim to say something of a deployment. */
export type SpeaksOf = {
  readonly occasions: (deployment: Deployment) => readonly Occasion[];
  readonly otherwise: string; // as `never`, where the deployment has no occasion at all
};

export type Claim = {
  readonly id: string; // kebab-case, unique in the catalogue
  readonly name: string; // a sentence that is true when the claim holds
  readonly kind: Kind;
  /** Checked in the whole deployment, or for each of its servers alone. */
  readonly about: 'deployment' | 'server';
  /**
   * Where it is true of a deployment to which the claim applies, theory predicts 'holds' (of
   * `sometimes`: 'witnessed'); where it is false, 'violated' ('unwitnessed'). It never asks the
   * model. Tests compare the two over the whole catalogue and random deployments.
   */
  readonly given: Given;
  /** Ids of claims that show that it does not hold vacuously. Empty where its kind does so. */
  readonly witnesses: readonly string[];
  /** Null: its verdict itself shows that it is not vacuous. */
  readonly speaksOf: SpeaksOf | null;
  /** Reads the cause of a violation off its run. Null: of `sometimes`, which no run violates. */
  readonly cause: CauseOf | null;
  readonly source: string; // standard and section, or the paper that defines its form
  /** False where the claim has no meaning. */
  readonly appliesTo: (deployment: Deployment) => boolean;
  readonly scope: string; // where it applies; completes "it applies where ..."
  /** At least one system; the claim holds when it does in each. */
  readonly subjects: (deployment: Deployment, machines: Machines) => readonly Subject[];
};

/** The verdict that theory predicts where the claim applies. Null: it predicts none. */
export const expectedVerdict = ({ kind, given }: Claim, deployment: Deployment): Verdict | null => {
  const [positive, negative] = VERDICTS[kind === 'sometimes' ? 'sometimes' : 'otherwise'];
  const isGiven = given.is(deployment);
  return isGiven === null ? null : isGiven ? positive : negative;
};

const VERDICTS = {
  sometimes: ['witnessed', 'unwitnessed'],
  otherwise: ['holds', 'violated'],
} as const;

/** The usual subject: the deployment with some monitors, and perhaps some properties. */
export const observed = (
  system: System,
  monitors: readonly Component[],
  properties: readonly Property[] = [],
): readonly Subject[] => [{ system: [...system, ...monitors], properties }];
