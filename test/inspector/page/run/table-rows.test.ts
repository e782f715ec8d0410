/** The table of claims: what comes first, what is found, and where each row leads. */
import { describe, expect, it } from 'vitest';
import {
  groupsOf,
  holdingOf,
  leadFrom,
  rowsOf,
  summaryOf,
} from '../../../../inspector/page/run/table-rows.ts';
import { BASIC, NTLM } from '../../story/support/verdicts.ts';
import { askedAgain, confined, confinement, entryFor, ntlmAccepts } from '../page-stories.ts';

const surprising = entryFor('double-hop-stops', NTLM);
const surprise = {
  ...surprising,
  verdict: { ...surprising.verdict, expected: 'violated' as const },
};
const all = [confined, ntlmAccepts, surprise, askedAgain, confinement];
const rows = rowsOf(all);
const ids = (text: string, groupBy: 'verdict' | 'deployment') =>
  groupsOf(rows, text, groupBy).map((group) => [
    group.title,
    ...group.rows.map(({ ref }) => ref.claim),
  ]);

describe('the rows', () => {
  it('begin with unexpected verdicts, then violations', () => {
    expect(ids('', 'verdict')).toEqual([
      ['Not as expected', 'double-hop-stops'],
      ['Violated', 'confinement'],
      ['Holds', 'confinement'],
      ['Witnessed', 'ntlm-accepts', 'asked-again'],
    ]);
  });

  it('can be grouped by deployment', () => {
    expect(ids('', 'deployment')).toEqual([
      [NTLM.name, 'double-hop-stops', 'confinement', 'ntlm-accepts', 'asked-again'],
      [BASIC.name, 'confinement'],
    ]);
  });

  it('are found by each word of a claim, a deployment or a verdict, in any order', () => {
    expect(ids('basic VIOLATED', 'verdict')).toEqual([['Violated', 'confinement']]);
    expect(ids('nothing like this', 'verdict')).toEqual([]);
  });

  it('leave out what was checked only to be shown beside another', () => {
    expect(rowsOf([{ ...confined, isRemedy: true }])).toEqual([]);
  });
});

describe('a row leads', () => {
  const leadOf = (entry: typeof confined) => leadFrom(rows.find(({ ref }) => ref === entry.ref)!);

  it('to its counterexample or witness', () => {
    expect(leadOf(confinement)).toEqual({ ref: confinement.ref, text: 'Counterexample, 7 steps' });
    expect(leadOf(askedAgain)?.text).toMatch(/^Witness, \d+ steps$/);
  });

  it('where it holds, to a witness that it is not vacuous', () => {
    expect(leadOf(confined)).toEqual({ ref: confined.ref, text: 'Witness: ntlm-accepts' });
    expect(holdingOf(confined, all)).toMatchObject({ witness: ntlmAccepts });
    expect(holdingOf(confinement, all)).toBeNull();
  });

  it('nowhere, while there is no witness yet', () => {
    const [alone] = rowsOf([confined]);
    expect(leadFrom(alone!)).toBeNull();
    expect(holdingOf(confined, [confined])).toMatchObject({ witness: null });
  });
});

describe('the summary', () => {
  it.each([
    [[], false, 'No verdict yet.'],
    [[], true, 'There are no verdicts.'],
    [[confinement], false, '1 verdict so far, 1 violated.'],
    [[confinement, confined], true, '2 verdicts, 1 violated.'],
    [[confined], true, '1 verdict, none violated.'],
    [[confinement, surprise], true, '1 of 2 verdicts is not as expected.'],
  ])('of %# is one sentence', (entries, isDone, expected) => {
    expect(summaryOf(rowsOf(entries), isDone)).toBe(expected);
  });
});
