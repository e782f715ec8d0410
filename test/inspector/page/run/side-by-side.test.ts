/** What a violation is shown beside, and where the two stories part. */
import { describe, expect, it } from 'vitest';
import { commonSteps, comparisonOf } from '../../../../inspector/page/run/side-by-side.ts';
import { asRecorded } from '../../../../properties/deployments/deployments.ts';
import { NTLM } from '../../story/support/verdicts.ts';
import { askedAgain, confined, confinement, entryFor, knowing, storyFor } from '../page-stories.ts';

describe('beside a violation', () => {
  it('stands the run of another deployment that is refused, and that the claim holds there', () => {
    const known = knowing([confinement, confined, askedAgain]);
    expect(comparisonOf(known, confinement)).toEqual({
      kind: 'entry',
      entry: askedAgain,
      holds: confined,
    });
  });

  it('is nothing to be seen yet, while that is checked', () => {
    const known = knowing([confinement], { isFinished: false });
    expect(comparisonOf(known, confinement)).toEqual({ kind: 'awaited', deployment: NTLM.name });
    expect(comparisonOf(knowing([confinement]), confinement)).toBeNull();
  });

  it('is the run without the fault, where one was injected', () => {
    const broken = { ...confinement, ref: { ...confinement.ref, fault: 'some-fault' } };
    expect(comparisonOf(knowing([broken]), broken)).toEqual({ kind: 'unfaulted' });
  });

  it('stands nothing where nothing is violated', () => {
    expect(comparisonOf(knowing([askedAgain, confined]), askedAgain)).toBeNull();
  });
});

describe('beside a run that was recorded', () => {
  const recorded = entryFor('asked-again', asRecorded(NTLM));

  it("stands the model's own", () => {
    const known = knowing([askedAgain, recorded]);
    expect(comparisonOf(known, recorded)).toEqual({ kind: 'model', entry: askedAgain });
    const [one, other] = [storyFor(recorded), storyFor(askedAgain)];
    expect(one.title).not.toBe(other.title);
    expect(commonSteps(one, other)).toBe(17);
  });

  it('stands nothing where that is not there', () => {
    expect(comparisonOf(knowing([recorded]), recorded)).toBeNull();
    expect(comparisonOf(knowing([confined, recorded]), recorded)).toBeNull();
    const elsewhere = { ...askedAgain, ref: { ...askedAgain.ref, file: 'other.json' } };
    const known = { ...knowing([recorded]), entries: [elsewhere, recorded] };
    expect(comparisonOf(known, recorded)).toBeNull();
  });
});

describe('two stories part', () => {
  it('where the first sentence differs', () => {
    const [basic, ntlm] = [storyFor(confinement), storyFor(askedAgain)];
    const divergence = commonSteps(basic, ntlm);
    const sentences = (story: typeof basic) => story.steps.map(({ sentence }) => sentence);
    expect(sentences(basic).slice(0, divergence)).toEqual(sentences(ntlm).slice(0, divergence));
    expect(sentences(basic)[divergence]).not.toBe(sentences(ntlm)[divergence]);
    expect(divergence).toBe(3); // the password is typed, and only Basic sends it
  });

  it('nowhere, where one is the other', () => {
    const story = storyFor(confinement);
    expect(commonSteps(story, story)).toBe(story.steps.length);
  });
});
