import { describe, expect, it } from 'vitest';
import { prove } from '../../../properties/unbounded/prove.ts';
import { THEOREMS } from '../../../properties/unbounded/theorems.ts';

const nameOf = (theorem: (typeof THEOREMS)[number]) =>
  `${theorem.claim.id} where ${theorem.network.says}`;

describe.each(THEOREMS.map((theorem) => [nameOf(theorem), theorem] as const))(
  '%s',
  (_, theorem) => {
    it('is proved for any number of users, hosts, hops, connections and challenges', () => {
      const { obstacle, network } = prove(theorem);
      expect(obstacle).toBeNull();
      expect(network.views.size).toBeGreaterThan(100);
    });
  },
);
