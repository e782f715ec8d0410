/** Where each credential went, at every position of real stories. */
import { describe, expect, it } from 'vitest';
import {
  credentialTableAt,
  ledgerOf,
  nameOf,
} from '../../../../inspector/page/run/credential-table.ts';
import { askedAgain, confinement, storyFor } from '../page-stories.ts';

const basic = storyFor(confinement);
const ledger = ledgerOf(basic);
const dids = (position: number) =>
  credentialTableAt(ledger, position).rows.map(({ credential, cells }) => [
    credential,
    ...cells.map((deeds) => deeds.map(({ did, since }) => `${did} ${since}`).join()),
  ]);

describe('the matrix', () => {
  it('is empty before anything was typed', () => {
    expect(credentialTableAt(ledger, 3)).toEqual({
      parties: ['alice', 'frontEnd', 'mailbox'],
      rows: [],
    });
  });

  it('shows a password on its way, and not yet where it comes later', () => {
    expect(dids(5)).toEqual([
      ["alice's password", 'typed 4,sent 4', 'received 5,accepted 5,learned 5', ''],
    ]);
  });

  it('ends with the password at both hosts', () => {
    expect(dids(7)).toEqual([
      [
        "alice's password",
        'typed 4,sent 4',
        'sent 6,received 5,accepted 5,learned 5',
        'received 7,accepted 7,learned 7',
      ],
    ]);
  });

  it('marks what the step itself did, even if it was done before', () => {
    const parties = ['alice'];
    const typed = { party: 'alice', did: 'typed', credential: { kind: 'password', user: 'alice' } };
    const step = { ...basic.steps[0]!, credentials: [typed] } as (typeof basic.steps)[number];
    const twice = ledgerOf({ parties, steps: [step, { ...step, credentials: [] }, step] });
    const deeds = [1, 2, 3].map((at) => credentialTableAt(twice, at).rows[0]!.cells[0]);
    expect(deeds).toEqual([
      [{ did: 'typed', since: 1, isNow: true }],
      [{ did: 'typed', since: 1, isNow: false }],
      [{ did: 'typed', since: 1, isNow: true }],
    ]);
  });

  it('tells every kind of credential apart, and says all that the story says', () => {
    const ntlm = storyFor(askedAgain);
    const told = new Set(
      ntlm.steps.flatMap(({ credentials }) =>
        credentials.map(({ credential }) => nameOf(credential)),
      ),
    );
    const { rows } = credentialTableAt(ledgerOf(ntlm), ntlm.steps.length);
    expect(rows.map(({ credential }) => credential)).toEqual([...told]);
    expect(told).toContain('a token for alice');
    expect(told).toContain('an anonymous response');
  });
});
