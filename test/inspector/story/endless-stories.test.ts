/** Stories that go on for ever: where they go round, and documents whose loops are none. */
import { describe, expect, it } from 'vitest';
import { BadDocument, readVerdicts } from '../../../inspector/story/documents/document.ts';
import { itfOf } from '../../../inspector/story/itf.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { BASIC_THEN_NTLM, NETWORK_LOGON } from '../../../properties/deployments/plain.ts';
import { type ClaimVerdict, documentOf } from '../../../properties/verdicts/verdicts.ts';
import { BASIC, faultOf, verdictIn } from './support/verdicts.ts';

const stopped = deploymentOf(NETWORK_LOGON);
const prompts = verdictIn('sign-in-completes', stopped);
const pool = deploymentOf(BASIC_THEN_NTLM);
const waiting = verdictIn('every-request-completes', pool);
const triesForEver = faultOf('tries-for-ever');
const retries = verdictIn('retries-are-bounded', triesForEver.deployment, triesForEver);

describe('a story that goes on for ever', () => {
  it('says from where, and that it does', () => {
    const story = storyOf(prompts, stopped, null);
    expect(story).toMatchObject({
      loop: 6,
      decisive: 12,
      mark: { text: 'sign-in-completes violated: and steps 7 to 12 repeat for ever' },
    });
    expect(story.sentence).toMatch(/ after 12 steps, and steps 7 to 12 repeat for ever\.$/);
  });

  it('says that nothing has to happen any more, where it comes to rest', () => {
    const story = storyOf(waiting, pool, null);
    expect([story.loop, story.steps.length]).toEqual([18, 18]);
    expect(story.mark?.text).toBe(
      'every-request-completes violated: and no further step has to happen',
    );
  });

  it('has no loop where the claim is about states', () => {
    const verdict = verdictIn('confinement', BASIC);
    expect(verdict.loop).toBeNull();
    expect(storyOf(verdict, BASIC, null).loop).toBeNull();
  });

  it('tells of all fair runs where none goes round', () => {
    const { verdict, loop } = verdictIn('sign-in-completes', BASIC);
    expect([verdict, loop]).toEqual(['holds', null]);
  });

  it.each([
    ['prompts', prompts, stopped, null],
    ['retries', retries, triesForEver.deployment, triesForEver.id],
  ] as const)(
    'in the Informal Trace Format begins its loop at the state with which it ends: %s',
    (_, verdict, deployment, fault) => {
      const { loop, states, vars } = itfOf(storyOf(verdict, deployment, fault));
      expect(loop).toBe(verdict.loop);
      const ofComponents = vars.filter((variable) => variable !== 'step' && variable !== 'action');
      expect(ofComponents.length).toBeGreaterThan(5);
      for (const variable of ofComponents)
        expect([variable, states[loop!]![variable]]).toEqual([variable, states.at(-1)![variable]]);
    },
  );

  it('in the Informal Trace Format has a loop of one state at rest, and else none', () => {
    const rest = itfOf(storyOf(waiting, pool, null));
    expect([rest.loop, rest.states.length]).toEqual([18, 19]);
    expect(itfOf(storyOf(verdictIn('confinement', BASIC), BASIC, null))).not.toHaveProperty('loop');
  });
});

describe('a document', () => {
  const textOf = (verdict: object) =>
    JSON.stringify(
      documentOf('network-logon', {
        verdict: verdict as ClaimVerdict,
        deployment: stopped,
        fault: null,
      }),
    );

  it('keeps the loop of a verdict', () => {
    expect(readVerdicts(textOf(prompts)).claims[0]?.loop).toBe(6);
  });

  it.each([
    ['that begins after its end', { loop: 13 }, 'its loop begins after 13 steps, and it has fewer'],
    ['without a trace', { verdict: 'holds', trace: null }, 'its loop begins after 6 steps'],
    ['that is missing', { loop: null }, 'it is violated, and where its loop begins is missing'],
  ])('with a loop %s says so', (_, change, message) => {
    expect(() => readVerdicts(textOf({ ...prompts, ...change }))).toThrow(BadDocument);
    expect(() => readVerdicts(textOf({ ...prompts, ...change }))).toThrow(message);
  });

  it.each([
    ['does not close', { loop: 7 }],
    ['stops before it closes', { trace: prompts.trace!.slice(0, -1) }],
    ['is empty, though something has to happen', { loop: 12 }],
    ['is all of it, though it began elsewhere', { loop: 0 }],
  ])('whose loop %s is no evidence', (_, change) => {
    expect(() => storyOf({ ...prompts, ...change }, stopped, null)).toThrow(
      'the trace can be replayed, but at its end sign-in-completes is not violated',
    );
  });
});
