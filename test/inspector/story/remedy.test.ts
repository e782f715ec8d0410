/** Why a claim fails, and what stops it: guards, other deployments, the machines as they are. */
import { describe, expect, it } from 'vitest';
import { remedyToCheck } from '../../../inspector/story/remedy.ts';
import { unfaultedStoryOf } from '../../../inspector/story/unfaulted.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import { whyOf } from '../../../inspector/story/why.ts';
import { RESPONSE_CHECK_ORDER } from '../../../machines/ntlm/acceptor.ts';
import { deploymentOf } from '../../../properties/deployments/deployments.ts';
import { BASIC_THEN_NTLM } from '../../../properties/deployments/plain.ts';
import {
  OVERHEARD_WEAK,
  RELAY,
  STATIC_CHALLENGE,
} from '../../../properties/deployments/with-adversary.ts';
import { poolWithout } from '../../../properties/deployments/with-pools.ts';
import { POOLING_PROXY } from '../../../properties/deployments/with-proxies.ts';
import {
  BASIC,
  CATALOGUE,
  FAULTY,
  faultOf,
  isSmall,
  NTLM,
  type Pinned,
  titleOf,
  verdictIn,
} from './support/verdicts.ts';

const confinement = verdictIn('confinement', BASIC);

describe('why', () => {
  it('a password came through: it was right at both hosts, and the first had it to send', () => {
    const { sentence, guards } = whyOf(storyOf(confinement, BASIC, null));
    expect(sentence).toBe(
      'This was possible because these guards were true: isPassword at frontEnd (step 5), ' +
        'hasPassword at frontEnd (step 6) and isPassword at mailbox (step 7).',
    );
    const monitor = guards.filter(({ component }) => component.startsWith('own client on'));
    expect(monitor.map(({ name, held, step }) => [name, held, step])).toEqual([
      ['isAmiss', true, 7],
    ]);
  });

  it('names no guard where none was asked', () => {
    const { id, deployment, inject, ...rest } = faultOf('no-response-accepted');
    const verdict = verdictIn('can-sign-in', deployment, { id, deployment, inject, ...rest });
    expect(whyOf(storyOf(verdict, deployment, id))).toEqual({
      sentence: 'No guard had to be true for this step.',
      guards: [],
    });
  });
});

describe('what stops a violation', () => {
  it('is the other mechanism, where the topology compares', () => {
    expect(remedyToCheck(confinement, [NTLM, BASIC])).toEqual({
      claims: ['confinement', 'asked-again', 'next-hop-refused'],
      deployment: NTLM,
    });
  });

  it('is NTLM at every host, where it does not', () => {
    const deployment = deploymentOf(BASIC_THEN_NTLM);
    const remedy = remedyToCheck(verdictIn('confinement', deployment), [deployment])!;
    expect(remedy.deployment).toEqual({
      ...deployment,
      name: 'basic-then-ntlm, with NTLM instead',
      hosts: deployment.hosts.map((host) => ({ ...host, accepts: 'NTLM' })),
    });
    expect(verdictIn('confinement', remedy.deployment).verdict).toBe('holds');
  });

  it('is there for every violation of the catalogue, and holds', { tags: 'long' }, () => {
    const violated = CATALOGUE.map(({ id, deployment }) => ({
      verdict: verdictIn(id, deployment),
      deployment,
    })).filter(({ verdict }) => verdict.verdict === 'violated');
    expect(violated.length).toBeGreaterThan(0);
    const helpless: string[] = [];
    const alone: string[] = []; // nothing shows what refuses instead
    for (const { verdict, deployment } of violated) {
      const remedy = remedyToCheck(verdict, [deployment]);
      if (remedy === null) {
        if (verdict.kind !== 'response') helpless.push(`${verdict.id} in ${deployment.name}`);
        continue;
      }
      const { claims, deployment: other } = remedy;
      expect(claims[0]).toBe(verdict.id);
      if (verdict.kind === 'always' && claims.length === 1)
        alone.push(`${verdict.id} in ${deployment.name}`);
      if (other.bounds.connections === 1)
        expect(verdictIn(verdict.id, other).verdict).toBe('holds');
    }
    expect(helpless).toEqual([
      'no-secret-overheard in redirect-to-adversary (Basic)',
      'pool-keeps-apart in pool at a front end, sign-in kept',
      'no-secret-overheard in proxy before an adversary',
    ]);
    // No claim of the catalogue is a witness there.
    expect(alone).toEqual([
      'no-secret-overheard in redirect-by-adversary (Basic)',
      'password-stays-secret in closing-proxy-basic',
      'served-as-owner in pool at a front end, sign-in kept',
      'password-stays-secret in proxy before an adversary',
      'confinement in proxy before a front end',
      'password-stays-secret in proxy before a front end',
      'served-as-owner in two proxies in a row',
    ]);
  });

  it('is nothing where nothing is violated', () => {
    expect(remedyToCheck(verdictIn('confinement', NTLM), [NTLM, BASIC])).toBeNull();
    expect(remedyToCheck(confinement, [NTLM])).toBeNull();
  });
});

describe('what stops an attack', () => {
  it.each([
    [RELAY, 'confinement', 'relay, with every check made'],
    [STATIC_CHALLENGE, 'confinement', 'static-challenge, with every check made'],
    [OVERHEARD_WEAK, 'no-secret-overheard', 'NTLM overheard, weak password, with strong passwords'],
    [POOLING_PROXY, 'served-as-owner', 'pooling-proxy, with pinned connections'],
    [poolWithout('origin'), 'pool-keeps-apart', 'pool key without origin, with the whole pool key'],
  ])('$name is a choice of its own, and with it the claim holds', (topology, id, name) => {
    const deployment = deploymentOf(topology);
    const { claims, deployment: other } = remedyToCheck(verdictIn(id, deployment), [deployment])!;
    expect(other.name).toBe(name);
    expect(claims[0]).toBe(id);
    expect(verdictIn(id, other).verdict).toBe('holds');
    for (const shown of claims.slice(1)) expect(verdictIn(shown, other).verdict).toBe('witnessed');
  });

  it('is no mystery: a relay was let through since no check was made that it fails', () => {
    const deployment = deploymentOf(RELAY);
    const { sentence, guards } = whyOf(
      storyOf(verdictIn('confinement', deployment), deployment, null),
    );
    expect(sentence).toContain('isBoundElsewhere at mailbox (step 17)');
    const server = guards.filter(({ component }) => component === 'evil>mailbox#1/server');
    expect(server.map(({ name, held }) => [name, held])).toEqual(
      RESPONSE_CHECK_ORDER.map((check) => [check, false]),
    );
  });
});

describe('the machines without the fault', () => {
  const compared = (id: string, faultId: string) => {
    const fault = faultOf(faultId);
    const verdict = verdictIn(id, fault.deployment, fault);
    return unfaultedStoryOf(verdict, fault.deployment, faultId);
  };

  it('go another way where a guard is false', () => {
    const { story, divergesAt, sentence } = compared(
      'challenge-accepted-once',
      'challenge-not-compared',
    );
    expect([divergesAt, story.steps.length, story.decisive]).toEqual([4, 5, 5]);
    expect(sentence).toBe(
      'Step 5 differs without the fault: at alice>frontEnd#1, isUnproven is true where ' +
        'it was false.',
    );
    expect(story.steps[4]!.sentence).toContain('frontEnd responds 401');
  });

  it('stop where a guard keeps the step from being taken', () => {
    const { story, divergesAt, sentence } = compared('served-as-owner', 'pool-ignores-user');
    expect([divergesAt, story.steps.length]).toEqual([17, 17]);
    expect(sentence).toBe(
      'Step 18 differs without the fault: at frontEnd>mailbox#1/client, isFreeFor is ' +
        'false where it was true, so that the step cannot be taken.',
    );
  });

  it('go on, with another context, where an update was left out', () => {
    const { story, divergesAt, sentence } = compared('confinement', 'token-keeps-password');
    expect([divergesAt, story.steps.length]).toEqual([8, 15]);
    expect(sentence).toContain('at alice>frontEnd#1/server, bindUser has another result');
    expect(story.steps.at(-1)!.sentence).toContain('the response is anonymous');
  });

  const isSameUpToDivergence = (_: string, { id, deployment, fault }: Pinned) => {
    const verdict = verdictIn(id, deployment, fault);
    const { steps } = storyOf(verdict, deployment, fault!.id);
    const unfaulted = unfaultedStoryOf(verdict, deployment, fault!.id);
    const { divergesAt, story } = unfaulted;
    expect(story.steps.slice(0, divergesAt)).toEqual(steps.slice(0, divergesAt));
    if (divergesAt < steps.length) expect(story.steps[divergesAt]).not.toEqual(steps[divergesAt]);
    else expect(unfaulted.sentence).toContain('only later steps can differ');
  };
  const faulty = FAULTY.map((pinned) => [titleOf(pinned), pinned] as const);
  const title = 'take the same steps as the story up to where the two differ: %s';
  it.each(faulty.filter(([, pinned]) => isSmall(pinned)))(title, isSameUpToDivergence);
  it.each(faulty.filter(([, pinned]) => !isSmall(pinned)))(
    title,
    { tags: 'long' },
    isSameUpToDivergence,
  );
});
