/** Verdicts told: the sentence, the title, and the traces that are none of ours. */
import { describe, expect, it } from 'vitest';
import type { Trace } from '../../../checker/model/system.ts';
import { BadDocument } from '../../../inspector/story/documents/bad-document.ts';
import { storyInSlices, storyOf, verdictSentence } from '../../../inspector/story/verdict-story.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { THREE_HOPS } from '../../../properties/deployments/plain.ts';
import { BASIC, faultOf, NTLM, verdictIn } from './support/verdicts.ts';

const confinement = verdictIn('confinement', BASIC);
const trace = confinement.trace!;

describe('a story', () => {
  it('says what came of it, and where it matters', () => {
    expect(storyOf(confinement, BASIC, null)).toMatchObject({
      title: 'confinement violated, article (Basic)',
      sentence:
        'Violated, as expected: "a server accepts a user only if the user\'s own client was ' +
        'signing in to it" fails in article (Basic) after 7 steps.',
      decisive: 7,
      summary: 'alice -> frontEnd (Basic) -> mailbox (Basic)',
      cost: "frontEnd and mailbox now both have alice's password.",
      checked: {
        claim: 'confinement',
        kind: 'always',
        source: 'Lowe 1997, 2.3 (non-injective agreement); KB Q183545; MS-NLMP 3.2.5.1.2',
        fault: null,
        expected: 'violated',
        verdict: 'violated',
        depth: confinement.depth,
      },
    });
  });

  it('names the fault with which it came about', () => {
    const fault = faultOf('challenge-not-compared');
    const verdict = verdictIn('own-challenge-only', fault.deployment, fault);
    const story = storyOf(verdict, fault.deployment, fault.id);
    expect(story.title).toBe(
      'own-challenge-only violated, article (NTLM), with challenge-not-compared',
    );
    expect(story.sentence).toContain(
      'Violated, because of the injected fault (a response proves its user even if it answers ',
    );
    expect(story.checked?.fault).toBe('challenge-not-compared');
  });

  it('of a trace without steps is that of the initial state', () => {
    const fault = faultOf('no-response-accepted');
    const verdict = verdictIn('can-sign-in', fault.deployment, fault);
    expect(storyOf(verdict, fault.deployment, fault.id)).toMatchObject({
      steps: [],
      decisive: 0,
      sentence: expect.stringMatching(/fails in article \(NTLM\) in its initial state\.$/),
    });
  });

  it('is of that link to which the trace is a witness', () => {
    const deployment = deploymentOf(THREE_HOPS);
    const story = storyOf(verdictIn('ntlm-accepts', deployment), deployment, null);
    const witness = story.steps.at(-1)!.reactions.find(({ component }) => component === 'witness');
    expect(witness?.after).toMatchObject({
      active: ['happened', 'happened.happened'],
      context: { connections: ['frontEnd>middle#1'] },
    });
  });

  it('comes in slices, one a step, and is the same', () => {
    const slices = storyInSlices(confinement, BASIC, null);
    const done: number[] = [];
    let slice = slices.next();
    for (; !slice.done; slice = slices.next()) done.push(slice.value.done);
    expect(done).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(slice.value).toEqual(storyOf(confinement, BASIC, null));
  });
});

describe('the sentence of a verdict', () => {
  const said = (changed: Partial<typeof confinement>, fault: string | null = null) =>
    verdictSentence({ ...confinement, ...changed }, 'here', fault).replace(/"[^"]*"/, '…');

  it.each([
    [{ verdict: 'violated' }, 'Violated, as expected: … fails in here after 7 steps.'],
    [{ trace: trace.slice(0, 1) }, 'Violated, as expected: … fails in here after 1 step.'],
    [{ expected: 'holds' }, 'Violated, though expected to hold: … fails in here after 7 steps.'],
    [
      { verdict: 'holds', trace: null },
      'Holds, though expected to be violated: … holds in every reachable state of here.',
    ],
    [
      { verdict: 'unwitnessed', expected: 'witnessed', trace: null },
      'Not witnessed, though expected to be witnessed: … is reached in no state of ' + 'here.',
    ],
    [
      { verdict: 'witnessed', expected: 'witnessed' },
      'Witnessed, as expected: … is reached in here after 7 steps.',
    ],
  ] as const)('%j', (changed, sentence) => {
    expect(said(changed)).toBe(sentence);
  });

  it('says so where a fault changes nothing', () => {
    expect(said({}, 'pool-ignores-user')).toContain('with or without the injected fault');
  });
});

describe('a trace that the machines do not take', () => {
  const retold = (changed: Trace) => () => storyOf({ ...confinement, trace: changed }, BASIC, null);
  const end = 'the document was written by another version, or edited by hand';

  it.each([
    [
      'has a component that is not there',
      trace.with(3, { ...trace[3]!, component: 'bob@frontEnd' }),
      'step 4: there is no component bob@frontEnd in article (Basic)',
    ],
    [
      'has an offer that nobody makes',
      trace.with(3, { ...trace[3]!, event: { type: 'user.types', secret: { passwordOf: 'bob' } } }),
      'step 4: alice@frontEnd does not take user.types here',
    ],
    [
      'has a message in the place of an offer',
      trace.with(0, {
        ...trace[0]!,
        component: 'alice>frontEnd#1/wire',
        event: { type: 'wire.open' },
      }),
      'step 1: alice>frontEnd#1/wire does not take wire.open here',
    ],
    [
      'leaves a step out',
      trace.toSpliced(2, 1),
      'step 3: alice@frontEnd does not take user.types here',
    ],
    [
      'delivers less',
      trace.with(1, { ...trace[1]!, deliveries: trace[1]!.deliveries.slice(1) }),
      'step 2: the effects of wire.deliver of alice>frontEnd#1/wire differ from the document',
    ],
    [
      'ends too early to be evidence',
      trace.slice(0, -1),
      'the trace can be replayed, but at its end confinement is not violated',
    ],
  ])('%s', (_, changed, message) => {
    expect(retold(changed)).toThrow(BadDocument);
    expect(retold(changed)).toThrow(`${message}; ${end}`);
  });

  it('is none of a claim that is not there, or says nothing of the deployment', () => {
    const told =
      (id: string, deployment = BASIC) =>
      () =>
        storyOf({ ...confinement, id }, deployment, null);
    expect(told('nothing')).toThrow(`no claim is called "nothing"; ${end}`);
    expect(told('prompt-loop')).toThrow(`prompt-loop does not apply to article (Basic); ${end}`);
    expect(() => storyOf(confinement, NTLM, 'nothing')).toThrow(/no fault is called "nothing"/);
  });
});
