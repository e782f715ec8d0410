/** The verdicts that a topology file expects, which make the file a regression test of itself. */
import type { Mechanism } from '../../machines/system/topology.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import type { Kind, Verdict } from '../../properties/claim.ts';
import { anyOf, didYouMean, type Issue, issue, shown } from './bad-input.ts';
import type { TopologyFile } from './topology-schema.ts';

/** By claim id: one verdict, or one for each mechanism that the topology compares. */
export type Expectations = TopologyFile['expect'];

/** The verdict that the file expects. `with`: the mechanism compared. Null: it expects none. */
export function expectedIn(
  expect: Expectations,
  claim: string,
  mechanism: Mechanism | null,
): Verdict | null {
  const expected = Object.hasOwn(expect, claim) ? expect[claim]! : null;
  if (expected === null || typeof expected === 'string') return expected;
  return mechanism === null ? null : (expected[mechanism] ?? null);
}

const verdictsOf = (kind: Kind): readonly Verdict[] =>
  kind === 'sometimes' ? ['witnessed', 'unwitnessed'] : ['holds', 'violated'];

/** Claims that are not there, verdicts that a claim cannot have, and mechanisms not compared. */
export function* unexpectable({ expect, compare }: TopologyFile): Iterable<Issue> {
  for (const [id, expected] of Object.entries(expect)) {
    const claim = CLAIMS.find((candidate) => candidate.id === id);
    if (claim === undefined) {
      const ids = CLAIMS.map((one) => one.id);
      const fix = 'the claims are listed in docs/verdicts.md';
      const what = `no claim is named ${shown(id)}${didYouMean(id, ids)}; ${fix}`;
      yield issue(['expect', id], what, 'key');
      continue;
    }
    const allowed = verdictsOf(claim.kind);
    const verdicts = typeof expected === 'string' ? [[null, expected] as const] : entries(expected);
    for (const [mechanism, verdict] of verdicts) {
      const path = ['expect', id, ...(mechanism === null ? [] : [mechanism])];
      if (mechanism !== null && !compare.includes(mechanism))
        yield issue(path, `${mechanism} is not compared; add it to compare`, 'key');
      if (!allowed.includes(verdict))
        yield issue(path, `found ${shown(verdict)}; ${id} can only be ${anyOf(allowed)}`);
    }
  }
}

const entries = (expected: Partial<Record<Mechanism, Verdict>>) =>
  Object.entries(expected) as [Mechanism, Verdict][];
