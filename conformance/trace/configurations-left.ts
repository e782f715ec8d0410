/** What a recording leaves open about its servers: the configurations that still fit. */
import { stateKey } from '../../checker/model/state-key.ts';
import type { Defences } from '../../machines/ntlm/acceptor.ts';
import { type NtlmPolicy, POLICIES, type PolicyName } from '../../machines/ntlm/policy.ts';
import type { Decided } from './choices.ts';
import type { Hypothesis } from './hypotheses.ts';
import { fewestUsed } from './known-steps.ts';
import type { Acceptors, TraceSession } from './trace-session.ts';

/** The configurations of a server that still fit. */
export type ServerLeft = {
  readonly server: string;
  readonly policies: readonly NtlmPolicy[];
  readonly defences: readonly Defences[];
  readonly actsAs: readonly PolicyName[]; // the named ones among the policies
};

export function leftOf({ hypotheses, acceptors }: TraceSession) {
  const known = new Map<string, Omit<ServerLeft, 'server'>>(); // by what is decided
  const servers = [...hypotheses].map(([server, all]): ServerLeft => {
    const decided = unique(all.map(({ acceptor }) => acceptor));
    const key = decided.map((one) => stateKey(one)).join(' ');
    const left = known.get(key) ?? configurationsLeft(decided, acceptors);
    known.set(key, left);
    return { server, ...left };
  });
  const all = [...known.values()].map((left) => left.policies);
  const policies = (all[0] ?? []).filter((policy) => all.every((some) => some.includes(policy)));
  return { servers, policies, used: usedIn(hypotheses) };
}

function configurationsLeft(
  decided: readonly Decided[],
  acceptors: Acceptors,
): Omit<ServerLeft, 'server'> {
  const policies = unique(decided.flatMap((one) => acceptors.left(one, 'policy')));
  const defences = unique(decided.flatMap((one) => acceptors.left(one, 'defences')));
  const actsAs = (Object.keys(POLICIES) as PolicyName[]).filter((name) =>
    policies.some((policy) => isAlike(policy, POLICIES[name])),
  );
  return { policies, defences, actsAs };
}

const unique = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

const isAlike = (one: NtlmPolicy, other: NtlmPolicy) =>
  (Object.keys(other) as (keyof NtlmPolicy)[]).every((field) => one[field] === other[field]);

/** Divergences of the hypothesis that needs the fewest, for each server. */
function usedIn(hypotheses: ReadonlyMap<string, readonly Hypothesis[]>): readonly string[] {
  const fewest = (lists: readonly (readonly string[])[]) =>
    lists.reduce((least, list) => (list.length < least.length ? list : least));
  const ofHypothesis = ({ runs, used }: Hypothesis) => [
    ...new Set([...used, ...[...runs.values()].flatMap(fewestUsed)]),
  ];
  const all = [...hypotheses.values()].flatMap((some) => fewest(some.map(ofHypothesis)));
  return [...new Set(all)].sort();
}
