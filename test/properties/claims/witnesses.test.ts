/**
 * A witness shows what its claim says: the last step of each shortest one, in the words of its
 * story, in every small deployment of the catalogue.
 */
import { describe, expect, it } from 'vitest';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { checkClaim } from '../../../properties/check.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import goldens from '../../../properties/verdicts/goldens.json' with { type: 'json' };
import { sentencesOf } from '../../../story/sentences.ts';

const STATES = 3_000; // of a small deployment

const LAST: Readonly<Record<string, RegExp>> = {
  'server-accepts': /authenticates/,
  'ntlm-accepts': /authenticates/,
  'basic-accepts': /authenticates/,
  'password-passes-on': /authenticates/,
  'mailbox-read': /serves \S+'s mailbox|forwards it/,
  'next-hop-refused': /401/,
  'asked-again': /asks \S+ for the password/,
  'prompt-loop': /asks \S+ for the password/,
  'refusal-reported': /receives 401/,
  'attack-is-refused': /401/,
  'adversary-hears': /AUTHENTICATE_MESSAGE|password|response/,
  'flag-is-set': /shows|receives|serves/,
  'pool-serves': /serves/,
  'redirect-followed': /asks \S+ for the password/,
  'proxy-serves': /200|forwards/,
};

const witnesses = CLAIMS.filter(({ kind }) => kind === 'sometimes');

it('has words for each witness', () => {
  expect(witnesses.map(({ id }) => id).toSorted()).toEqual(Object.keys(LAST).toSorted());
});

describe.each(witnesses.map((claim) => [claim.id, claim] as const))('%s', (id, claim) => {
  it('ends with what it says', () => {
    const verdicts: Record<string, Record<string, { states: number }>> = goldens.verdicts;
    const small = DEPLOYMENTS.filter(
      ({ name }) => (verdicts[name]?.[id]?.states ?? Number.POSITIVE_INFINITY) <= STATES,
    );
    expect(small).not.toEqual([]);
    for (const deployment of small) {
      const { trace } = checkClaim(claim, deployment, { statesMax: STATES });
      if (trace === null) continue;
      expect([deployment.name, sentencesOf(trace, deployment).at(-1)]).toEqual([
        deployment.name,
        expect.stringMatching(LAST[id]!),
      ]);
    }
  });
});
