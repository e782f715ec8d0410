/** The first screen's rows: what each says, and which come first. */
import { describe, expect, it } from 'vitest';
import { byConcern, rowOf, type VerdictRow } from '../../../inspector/story/overview.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import type { ClaimVerdict } from '../../../properties/verdicts/verdicts.ts';
import { BASIC, faultOf, NTLM, verdictIn } from './support/verdicts.ts';

const idsOf = (rows: readonly VerdictRow[]) => rows.map(({ verdict: { id } }) => id);

describe('a row', () => {
  const stops = {
    ...verdictIn('double-hop-stops', NTLM),
    states: 1234,
    transitions: 56_789,
    depth: 9,
  };
  const refused = verdictIn('next-hop-refused', NTLM);

  it('says what was exhausted, within which bounds, and on which hypothesis', () => {
    expect(rowOf(stops, NTLM, null, [])).toMatchObject({
      isSurprise: false,
      summary: 'alice -> frontEnd (NTLM) -> mailbox (NTLM)',
      exhausted: expect.stringMatching(
        /^Exhausted: 1,234 states, 56,789 transitions, depth 9\. Bounds: 1 connection a pair, /,
      ),
      given: 'none',
      witness: null,
    });
  });

  it('of what holds names a witness that can be looked at in the same deployment', () => {
    expect(rowOf(stops, NTLM, null, [stops, refused]).witness).toBe('next-hop-refused');
    const elsewhere = { ...refused, deployment: 'elsewhere' };
    expect(rowOf(stops, NTLM, null, [elsewhere]).witness).toBeNull();
    expect(rowOf(stops, NTLM, null, [{ ...refused, trace: null }]).witness).toBeNull();
  });

  it('of what has a trace itself names no other', () => {
    const violated = verdictIn('confinement', BASIC);
    const accepts = verdictIn('basic-accepts', BASIC);
    expect(rowOf(violated, BASIC, null, [violated, accepts]).witness).toBeNull();
  });

  it('of a server alone has the bounds of the most general client', () => {
    const { bounds } = rowOf(verdictIn('own-challenge-only', NTLM), NTLM, null, []);
    expect(bounds).toBe(
      'Bounds: one server against the most general client, 2 connections, 2 challenges in all.',
    );
  });

  it('is a surprise where it is not the expected one, unless a fault was injected', () => {
    const otherwise: ClaimVerdict = { ...verdictIn('confinement', BASIC), expected: 'holds' };
    expect(rowOf(otherwise, BASIC, null, []).isSurprise).toBe(true);
    const { id } = faultOf('any-password');
    expect(rowOf(otherwise, BASIC, id, []).isSurprise).toBe(false);
  });
});

describe('rows', () => {
  it('stand with surprises first, then violations, then the rest as in the catalogue', () => {
    const ids = [
      'ntlm-accepts',
      'deadlock-free',
      'password-stays-secret',
      'confinement',
      'three-messages',
    ];
    const changed: Partial<Record<string, Partial<ClaimVerdict>>> = {
      'three-messages': { verdict: 'violated', expected: 'holds' },
      'deadlock-free': { verdict: 'holds', expected: 'violated' },
      confinement: { verdict: 'violated', expected: 'violated' },
      'password-stays-secret': { verdict: 'violated', expected: 'violated' },
    };
    const base = verdictIn('confinement', NTLM);
    const rows = ids.map((id) => rowOf({ ...base, id, ...changed[id] }, NTLM, null, []));
    expect(idsOf(byConcern(rows))).toEqual([
      'three-messages',
      'deadlock-free',
      'confinement',
      'password-stays-secret',
      'ntlm-accepts',
    ]);
  });

  it('of honest verdicts alone keep the order of the catalogue', () => {
    const base = verdictIn('confinement', NTLM);
    const ids = CLAIMS.filter((claim) => claim.appliesTo(NTLM)).map(({ id }) => id);
    const rows = ids.toReversed().map((id) => rowOf({ ...base, id }, NTLM, null, []));
    expect(idsOf(byConcern(rows))).toEqual(ids);
  });
});
