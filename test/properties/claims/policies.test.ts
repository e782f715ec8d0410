/** The claims about a server alone hold whatever it does where the standards leave it a choice. */
import { describe, expect, it } from 'vitest';
import { search } from '../../../checker/search.ts';
import { EVERY_POLICY } from '../../../conformance/trace/trace-validation.ts';
import { type NtlmPolicy, POLICIES } from '../../../machines/ntlm/policy.ts';
import { monitor } from '../../../machines/system/component.ts';
import {
  againstMostGeneralClient,
  CONNECTIONS,
  challengesOf,
} from '../../../machines/system/most-general-system.ts';
import { onceEach } from '../../../properties/claims/challenges.ts';
import { ownChallenge } from '../../../properties/monitors/own-challenge.ts';
import { happened, hasHappened } from '../../../properties/monitors/witnesses.ts';

function judged(policy: NtlmPolicy, challengesMax: number) {
  const monitors = [
    ...CONNECTIONS.map((connection) =>
      monitor(`own challenge at ${connection}`, ownChallenge, undefined, { connection }),
    ),
    ...onceEach(challengesOf('fresh', challengesMax)),
    monitor('witness', happened, { what: 'commit', connections: CONNECTIONS }),
  ];
  const system = [...againstMostGeneralClient(policy, challengesMax), ...monitors];
  return search(system, [hasHappened], { statesMax: 100_000 });
}

describe('against the most general client', () => {
  it('all 432 policies accept, only answers to the last challenge, and each once', {
    tags: 'long',
  }, () => {
    const policies = EVERY_POLICY.filter(({ failureReply }) => failureReply === 'unauthorized');
    expect(policies).toHaveLength(432); // this client reads no reply
    for (const policy of policies) {
      const { violated, witnessed } = judged(policy, 2);
      expect([policy, [...violated.keys()]]).toEqual([policy, []]);
      expect([...witnessed.keys()]).toEqual([hasHappened.name]);
    }
  });

  it.each(Object.entries(POLICIES))(
    '%s, as measured, does so with three challenges as well',
    (_, policy) => {
      const { violated, witnessed } = judged(policy, 3);
      expect([...violated.keys()]).toEqual([]);
      expect([...witnessed.keys()]).toEqual([hasHappened.name]);
    },
  );

  it('the measured policies are all different', () => {
    const texts = Object.values(POLICIES).map((policy) => JSON.stringify(policy));
    expect(new Set(texts).size).toBe(texts.length);
  });
});
