/** The server-side plans that test the machine against itself, over real TCP. */
import { describe, expect, it } from 'vitest';
import { storyOf } from '../../../conformance/drive/exchange-story.ts';
import { differenceOf } from '../../../conformance/drive/predicted.ts';
import { perform, secretsOf } from '../../../conformance/drive/run.ts';
import { type NtlmPolicy, POLICIES } from '../../../machines/ntlm/policy.ts';
import { plannedActs } from './planned.ts';
import { served } from './serving.ts';

describe.each(Object.entries<NtlmPolicy>(POLICIES))('by the policy %s', (_, policy) => {
  it('every path of its plan that a client can walk ends as the model has it', async () => {
    const paths = plannedActs(policy);
    expect(paths.length).toBeGreaterThan(20);
    await served({ policy }, async (target) => {
      for (const acts of paths) {
        const run = await perform(acts, target);
        const difference = differenceOf(run.recording, secretsOf(target), {
          scheme: 'NTLM',
          policy,
        });
        expect(difference && storyOf(acts, run, target, difference)).toBeNull();
      }
    });
  });
});
