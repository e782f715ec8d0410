/** What a trace cost, in order, and in one line. */
import { describe, expect, it } from 'vitest';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { OVERHEARD_WEAK, RELAY } from '../../properties/deployments/with-adversary.ts';
import { costOf, credentialEvents } from '../../story/credential-events.ts';
import { found } from './support/found.ts';
import {
  A,
  article,
  basicTrace,
  moves,
  ntlmTrace,
  traceOf,
  types,
  visits,
} from './support/traces.ts';

const inWords = (trace: Parameters<typeof credentialEvents>[0]) =>
  credentialEvents(trace).map(
    ({ party, did, credential: { kind, user } }) => `${party} ${did} ${kind} ${user}`,
  );

describe('the credentials of a trace', () => {
  it('NTLM: one password is typed, and none is sent', () => {
    expect(inWords(ntlmTrace)).toEqual([
      'alice typed password alice',
      'alice sent response alice',
      'frontEnd received response alice',
      'frontEnd accepted response alice',
      'frontEnd learned token alice',
      'frontEnd sent response null',
      'mailbox received response null',
      'mailbox refused response null',
    ]);
  });

  it('Basic: the password goes wherever it is used', () => {
    expect(inWords(basicTrace)).toEqual([
      'alice typed password alice',
      'alice sent password alice',
      'frontEnd received password alice',
      'frontEnd accepted password alice',
      'frontEnd learned password alice',
      'frontEnd sent password alice',
      'mailbox received password alice',
      'mailbox accepted password alice',
      'mailbox learned password alice',
    ]);
  });

  it('a mistyped password is refused, and costs nothing', () => {
    const trace = traceOf(article('Basic'), [
      ...[visits(), ...moves(A, 2), types('alice', null), ...moves(A)],
    ]);
    expect(inWords(trace).slice(-2)).toEqual([
      'frontEnd refused password null',
      'frontEnd learned password null',
    ]);
    expect(costOf(trace)).toBe('No host learned a password.');
  });

  it('a relay: no host learns a password, and the adversary is served as the user', () => {
    const deployment = deploymentOf(RELAY);
    const trace = found('confinement', deployment);
    expect(inWords(trace)).toEqual([
      'alice typed password alice',
      'alice sent response alice',
      'evil received response alice',
      'evil sent response alice',
      'mailbox received response alice',
      'mailbox accepted response alice',
      'mailbox learned token alice',
      'mallory served token alice',
    ]);
    expect(costOf(trace, deployment)).toBe(
      'No host learned a password; mailbox has a token for alice, which authenticates ' +
        'alice to no other host; mallory was served as alice.',
    );
  });

  it('an overheard response counts as received, and the guessed password as learned', () => {
    const deployment = deploymentOf(OVERHEARD_WEAK);
    const trace = found('no-secret-overheard', deployment);
    expect(inWords(trace).slice(-3)).toEqual([
      'alice sent response alice',
      'mallory received response alice',
      'mallory learned password alice',
    ]);
  });

  it('the cost is one line', () => {
    expect(costOf(basicTrace)).toBe("frontEnd and mailbox now both have alice's password.");
    expect(costOf(ntlmTrace)).toBe(
      'No host learned a password; frontEnd has a token for alice, which authenticates ' +
        'alice to no other host.',
    );
    expect(costOf([])).toBe('No host learned a password.');
  });
});
