/** What a claim is: a sentence, where it comes from, what it rests on, and how it is judged. */
import type { Property } from '../checker/model/system.ts';
import type { Component, System } from '../machines/system/component.ts';
import type { Machines } from '../machines/system/deployment.ts';
import type { Deployment } from '../machines/system/topology.ts';

export type Verdict = 'holds' | 'violated' | 'witnessed' | 'unwitnessed';

/**
 * - `always`: in every reachable state.
 * - `sometimes`: a witness, which shows that the others are not vacuous.
 * - `possible`: from every reachable state, it can still come about.
 * - `response`: no fair run waits for ever; what is owed comes about.
 * - `deadlock-free`: in every reachable state, something can happen.
 */
export type Kind = 'always' | 'sometimes' | 'reachable' | 'response' | 'deadlock-free';

/** A system to be searched, and what is judged in it beside its monitors. */
export type Subject = { readonly system: System; readonly properties: readonly Property[] };

/**
 * One guard or update of one machine, weakened. The honest machine is left as it is: `inject`
 * makes another through `provide`, and throws when the machine has no such guard or action.
 */
export type Fault = {
  readonly id: string; // unique in the catalogue
  readonly what: string; // the mistake, as a developer would make it
  readonly seenIn: string | null; // where the world has seen it; null: nowhere we know of
  readonly deployment: Deployment; // where it shows
  readonly inject: (machines: Machines) => Machines;
};

export type Claim = {
  readonly id: string; // kebab-case, unique in the catalogue
  readonly name: string; // a sentence that is true when the claim holds
  readonly kind: Kind;
  /** Judged in the whole deployment, or in each of its servers alone. */
  readonly about: 'deployment' | 'server';
  readonly hypothesis: string; // what it rests on
  /** Witnesses that it is not vacuous, by id. Empty where it says itself that something can be. */
  readonly witnesses: readonly string[];
  readonly source: string; // standard and section, or the paper that defines its form
  /** False where the claim would say nothing. */
  readonly appliesTo: (deployment: Deployment) => boolean;
  /** By theory (`reach.ts`), not by running the model. */
  readonly expected: (deployment: Deployment) => Verdict;
  /** At least one system; the claim holds when it does in each. */
  readonly subjects: (deployment: Deployment, machines: Machines) => readonly Subject[];
};

/** The usual subject: the deployment with some monitors, and perhaps some properties. */
export const observed = (
  system: System,
  monitors: readonly Component[],
  properties: readonly Property[] = [],
): readonly Subject[] => [{ system: [...system, ...monitors], properties }];
