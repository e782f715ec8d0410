/** The configurations of a server that a recording shows, and those that are assumed. */
import { describe, expect, it } from 'vitest';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { POLICIES } from '../../../machines/ntlm/policy.ts';
import { challenged, two, verdictOf } from './support/judging.ts';
import { ALICE, BOB, MISTYPED, recorded } from './support/making.ts';

describe('a right answer that is refused', () => {
  const refusedOnce = recorded((c) => {
    challenged(c);
    c.authenticate(ALICE);
    c.unauthorized();
  });
  it('is a behaviour, since the page behind may refuse, or the server check more', () => {
    expect(verdictOf(refusedOnce).isBehaviour).toBe(true);
  });
  it('is no behaviour of a server with those defences and pages for signed-in users', () => {
    const verdict = verdictOf(refusedOnce, {
      sides: 'server',
      defences: [DEFENCES],
      pages: 'signedIn',
    });
    expect(verdict).toMatchObject({
      isBehaviour: false,
      why:
        'on connection 1, 127.0.0.5:8081 answers 401 to a user who is signed in and may ' +
        'see the page',
      expected: ['a page served as alice'],
    });
  });
});

describe('policies', () => {
  const reusable = recorded((c) => {
    challenged(c);
    c.authenticate(MISTYPED);
    c.unauthorized();
    c.authenticate(ALICE);
    c.ok();
  });
  it('are those that fit', () => {
    const { policies, servers } = verdictOf(reusable, { sides: 'server' });
    expect(new Set(policies.map(({ afterFailure }) => afterFailure))).toEqual(
      new Set(['reusable']),
    );
    expect(servers.map(({ actsAs }) => actsAs)).toEqual([['ntlmAuth']]);
  });
  it('have to be the same on all connections of a server', () => {
    const both = two((first, second) => {
      challenged(first);
      first.authenticate(MISTYPED);
      first.unauthorized();
      first.authenticate(ALICE);
      first.ok();
      challenged(second);
      second.authenticate({ ...BOB, password: 'no' });
      second.unauthorized();
      second.authenticate(BOB);
      second.unauthorized();
    });
    const strict = { sides: 'server', defences: [DEFENCES], pages: 'signedIn' } as const;
    expect(verdictOf(both, strict)).toMatchObject({
      isBehaviour: false,
      accepted: both.observations.length - 1,
      why:
        'on connection 2, 127.0.0.5:8081 answers 401 to a user who is signed in and may ' +
        'see the page',
    });
    const alone = { ...both, observations: both.observations.slice(10) };
    expect(verdictOf({ ...both, observations: alone.observations }, strict).isBehaviour).toBe(true);
  });
  it.each(Object.entries(POLICIES))('of %s can be asked for', (_, policy) => {
    const { isBehaviour } = verdictOf(reusable, { sides: 'server', policies: [policy] });
    expect(isBehaviour).toBe(policy.afterFailure === 'reusable');
  });
  it('have nothing to do with a connection that shows none of them', () => {
    const plain = recorded((c) => c.signsIn());
    expect(verdictOf(plain).policies).toHaveLength(864);
  });
});
