/** A claim judged in turns: the same verdict, and each turn says which of its searches it is of. */
import { describe, expect, it } from 'vitest';
import { LimitReached } from '../../checker/explore/limits.ts';
import { CLAIMS } from '../../properties/catalogue.ts';
import { checkClaim, checkingClaim, type Turn } from '../../properties/check.ts';
import { persistentAuthFlag } from '../../properties/claims/persistence.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';

const article = deploymentOf(ARTICLE, 'NTLM');
const large = { ...article, bounds: { ...article.bounds, connections: 2 } };
const LIMITS = { statesMax: 1_000_000 };

describe('judging', () => {
  it('comes to what judge says, by turns of each search, one search after another', () => {
    const whole: Turn[] = [];
    const judged = checkClaim(persistentAuthFlag, large, {
      ...LIMITS,
      onProgress: (turn) => whole.push(turn),
    });
    const told: Turn[] = [];
    const turns = checkingClaim(persistentAuthFlag, large, LIMITS);
    let next = turns.next();
    for (; !next.done; next = turns.next()) told.push(next.value);
    const { milliseconds, ...figures } = next.value;
    expect(judged).toMatchObject(figures);
    expect(milliseconds).toBeGreaterThan(0);
    const steps = (list: readonly Turn[]) =>
      list.map(({ search, searches, states, frontier }) => [search, searches, states, frontier]);
    expect(steps(told)).toEqual(steps(whole));
    const searches = told[0]!.searches;
    expect(searches).toBeGreaterThan(1);
    const seen = told.map(({ search }) => search);
    expect(seen).toEqual(seen.toSorted((a, b) => a - b));
    expect(new Set(seen).size).toBe(searches);
  });

  it('does nothing before it is asked, and then says why it cannot', () => {
    const mute = CLAIMS.find((claim) => !claim.appliesTo(article))!;
    const turns = checkingClaim(mute, article, LIMITS);
    expect(() => turns.next()).toThrow(`${mute.id} does not apply to ${article.name}`);
  });

  it('reaches limits as a search does', () => {
    const turns = checkingClaim(persistentAuthFlag, large, { statesMax: 30_000 });
    expect(turns.next().value).toMatchObject({ search: 1 });
    expect(() => turns.next()).toThrow(LimitReached);
    const bytes = { ...LIMITS, bytesMax: 2 ** 20 };
    expect(() => checkClaim(persistentAuthFlag, large, bytes)).toThrow('more than 1 MiB of memory');
  });
});
