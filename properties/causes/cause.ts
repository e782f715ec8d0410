/** The reason of a violation: the step that caused it, a sentence, and the field that allows it. */
import type { Trace } from '../../checker/model/system.ts';
import type { Machines } from '../../machines/system/deployment.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import type { Claim } from '../claim.ts';

/** A counterexample, and the machines with which it was found. */
export type Run = {
  readonly deployment: Deployment;
  readonly trace: Trace;
  readonly loop: number | null; // steps before the loop. Null: the trace has no loop
  readonly machines: Machines;
};

/** A field of a topology file. Users, hosts and programs are found by name, paths by number. */
export type FieldPath = readonly (string | number)[];

/** A field with its value, in the words of a topology file. */
export type Field = { readonly path: FieldPath; readonly value: string };

/** Why something was possible, or was refused. `because` completes "..., because". */
export type Reason = {
  readonly because: string;
  readonly allowedBy: Field | null; // null: no single field decides it
};

/** What a claim says of a counterexample. */
export type Account = {
  readonly step: number; // from 1. 0: the initial state
  readonly what: string; // a sentence without its full stop
  readonly why: Reason | null;
};
export type CauseOf = (run: Run, claim: Claim) => Account;

export type Cause = {
  readonly step: number; // from 1. 0: the initial state
  readonly sentence: string;
  readonly allowedBy: Field | null; // null: a fault does, or no single field
};

export const causeFrom = ({ step, what, why }: Account): Cause => ({
  step,
  sentence: why === null ? `${what}.` : `${what}, because ${why.because}.`,
  allowedBy: why?.allowedBy ?? null,
});

/** "hosts[proxy].paths[0]" */
export const pathText = ([list, ...rest]: FieldPath): string =>
  rest.reduce<string>(
    (text, part, i) =>
      typeof part === 'number' || (i === 0 && NAMED.includes(list as string))
        ? `${text}[${part}]`
        : `${text}.${part}`,
    String(list),
  );

/** The lists of a topology whose members have names. */
export const NAMED: readonly string[] = ['users', 'hosts', 'programs'];

export const hostField = (host: string, field: string, value: string): Field => ({
  path: ['hosts', host, ...field.split('.')],
  value,
});

export const userField = (user: string, field: string, value: string): Field => ({
  path: ['users', user, ...field.split('.')],
  value,
});
