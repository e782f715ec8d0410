/** A claim checked in turns has the same verdict, and each turn names its search. */
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

describe('checking in turns', () => {
  it('gives the result of checkClaim, one search after another', () => {
    const whole: Turn[] = [];
    const result = checkClaim(persistentAuthFlag, large, {
      ...LIMITS,
      onProgress: (turn) => whole.push(turn),
    });
    const seen: Turn[] = [];
    const turns = checkingClaim(persistentAuthFlag, large, LIMITS);
    let next = turns.next();
    for (; !next.done; next = turns.next()) seen.push(next.value);
    const { milliseconds, ...figures } = next.value;
    expect(result).toMatchObject(figures);
    expect(milliseconds).toBeGreaterThan(0);
    const steps = (list: readonly Turn[]) =>
      list.map(({ search, searches, states, frontier }) => [search, searches, states, frontier]);
    expect(steps(seen)).toEqual(steps(whole));
    const searches = seen[0]!.searches;
    expect(searches).toBeGreaterThan(1);
    const numbers = seen.map(({ search }) => search);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(new Set(numbers).size).toBe(searches);
  });

  it('does nothing before the first turn, which throws for a claim that does not apply', () => {
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
