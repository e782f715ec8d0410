import { describe, expect, it } from 'vitest';
import { ZERO_BINDING } from '../../../machines/vocabulary/terms.ts';
import { type Proof, prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

const nameOf = (theorem: (typeof THEOREMS)[number]) =>
  `${theorem.claim.id} where ${theorem.network.says}`;

/** By claim: what its monitor must hear for the proof to say anything. */
const HEARD: Readonly<Record<string, string>> = {
  confinement: 'agreement ← commit',
  'agreement-with-holder': 'agreement ← commit',
  'double-hop-stops': 'nothingPasses ← rejected',
  'served-as-owner': 'servedAsOwner ← served',
  'password-stays-secret': 'neverLearned ← learned',
  'own-challenge-only': 'ownChallenge ← commit',
  'pool-keeps-apart': 'signedInFor ← served',
};

/** Whether its proof takes tens of seconds. */
const isLong = ({ network: { id } }: (typeof THEOREMS)[number]) =>
  id === 'ntlm-varied' || id === 'pools';

function expectProved(theorem: (typeof THEOREMS)[number]): void {
  const proof = prove(theorem);
  expect(proof.obstacle).toBeNull();
  expect(everHeard(proof)).toContain(HEARD[theorem.claim.id]);
  expect(['Connection static', `Certificate ${ZERO_BINDING}`]).toEqual(
    expect.arrayContaining([...proof.network.kinds.names.foreign]),
  );
}

describe('is proved for any number of users, hosts, hops, connections and challenges:', () => {
  const named = (theorems: typeof THEOREMS) =>
    theorems.map((theorem) => [nameOf(theorem), theorem] as const);

  it.each(named(THEOREMS.filter((theorem) => !isLong(theorem))))('%s', (_, theorem) =>
    expectProved(theorem),
  );
  it.each(named(THEOREMS.filter(isLong)))('%s', { tags: ['long'] }, (_, theorem) =>
    expectProved(theorem),
  );
});

/** What is delivered on any path of any view. */
function everHeard({ network }: Proof): readonly string[] {
  const heard = new Set<string>();
  for (const view of network.views.values())
    for (const happening of network.happenings(view))
      for (const { result } of network.stepsIn(view, happening))
        if (result?.enabled) for (const one of result.step.deliveries) heard.add(one);
  return [...heard];
}
