/** Exploring by hand agrees with the search, the walk and the recorder, at every step. */
import { describe, expect, it } from 'vitest';
import { walker } from '../../../../checker/explore/walker.ts';
import {
  type Explorable,
  explorablesOf,
} from '../../../../inspector/story/exploring/explorable.ts';
import { Explorer, explore, pathOf } from '../../../../inspector/story/exploring/explore.ts';
import { MACHINES } from '../../../../machines/system/deployment.ts';
import { checkClaim } from '../../../../properties/check.ts';
import { DEPLOYMENTS, deploymentOf } from '../../../../properties/deployments/deployments.ts';
import { ARTICLE, BASIC_THEN_NTLM, TWO_USERS } from '../../../../properties/deployments/plain.ts';
import { FAULTS } from '../../../../properties/faults/faults.ts';
import { claimsAbout } from '../../../../properties/verdicts/measure.ts';
import { numbers, storyOfPinned, walked } from '../support/stories.ts';
import { CATALOGUE, isSmall, titleOf, verdictIn } from '../support/verdicts.ts';

const NTLM = deploymentOf(ARTICLE, 'NTLM');
const [article] = explorablesOf(NTLM) as [Explorable];

describe('what can be explored', () => {
  it.each(DEPLOYMENTS.map((deployment) => [deployment.name, deployment] as const))(
    'of %s checks every claim about it, in systems whose components have names of their own',
    (_, deployment) => {
      const explorables = explorablesOf(deployment);
      expect(explorables[0]?.id).toBe('deployment');
      const ids = explorables.flatMap(({ claims }) => claims.map(({ claim }) => claim.id));
      const about = claimsAbout(deployment).map(({ id }) => id);
      expect([...new Set(ids)].sort()).toEqual(about.sort());
      expect(new Set(explorables.map(({ name }) => name)).size).toBe(explorables.length);
      for (const { system, claims } of explorables) {
        expect(new Set(claims.map(({ claim }) => claim.id)).size).toBe(claims.length);
        for (const { claim, properties } of claims) {
          const parts = properties.map(({ name }) => `${claim.id}: ${name}`);
          expect(parts).toEqual([...new Set(parts)]);
        }
        const names = system.map(({ name }) => name);
        expect(new Set(names).size).toBe(names.length);
        expect(() => walker(system)).not.toThrow();
      }
    },
  );

  it('tells servers of two policies apart, and says whose they are', () => {
    const [first, ...rest] = NTLM.hosts;
    const policy = { ...first!.policy, afterFailure: 'poisoned' as const };
    const mixed = { ...NTLM, hosts: [{ ...first!, policy }, ...rest] };
    expect(explorablesOf(mixed).map(({ id, name }) => [id, name])).toEqual([
      ['deployment', 'article (NTLM)'],
      ['server-1', 'the NTLM server of frontEnd alone, against the most general client'],
      ['server-2', 'the NTLM server of mailbox alone, against the most general client'],
    ]);
  });
});

describe('in 60 steps', () => {
  const explorables = [NTLM, deploymentOf(TWO_USERS, 'Basic'), deploymentOf(BASIC_THEN_NTLM)]
    .flatMap((deployment) => explorablesOf(deployment))
    .map((explorable) => [`${explorable.deployment.name}: ${explorable.id}`, explorable] as const);

  it.each(explorables)(
    '%s: what is enabled is what a walk can take, told as it is taken',
    (_, explorable) => {
      const walk = walker(explorable.system);
      const explorer = new Explorer(explorable);
      const turned = new Map<string, number>();
      for (const choice of numbers(60)) {
        const { enabled, refused, claims, path } = explorer.exploration;
        expect(enabled.map(({ index }) => index)).toEqual(walk.enabled());
        const accepted = walk.offers.flatMap(({ component, event }, i) =>
          walk.snapshot(component).can(event) ? [i] : [],
        );
        const here = [...enabled, ...refused].map(({ index }) => index);
        expect(here.sort((a, b) => a - b)).toEqual(accepted);
        for (const { by, message, label } of refused)
          expect(label).toMatch(new RegExp(`^${by}, in [\\w.]+, refuses ${message}$`));
        for (const { id, parts } of claims)
          for (const { name, since } of parts) {
            const key = `${id}: ${name}`;
            expect([key, since]).toEqual([
              key,
              turned.get(key) ?? (since === null ? null : path.length),
            ]);
            if (since !== null) turned.set(key, since);
          }
        const isViolated = claims.some(({ parts }) =>
          parts.some(({ name, holds }) => name === walk.violated() && !holds),
        );
        expect(isViolated).toBe(walk.violated() !== null);
        const next = enabled[choice % enabled.length]!;
        explorer.take(next.index);
        walk.take(next.index);
        const { story } = explorer.exploration;
        expect(story.steps.at(-1)?.sentence).toBe(next.label);
      }
    },
  );
});

describe('a story of the catalogue', () => {
  const first = CATALOGUE.filter(({ deployment }) => DEPLOYMENTS.indexOf(deployment) < 8);

  it.each(first.filter(isSmall).map((pinned) => [titleOf(pinned), pinned] as const))(
    '%s can be explored from: its path leads to its end, and to its verdict',
    (_, pinned) => {
      const { id, deployment } = pinned;
      const verdict = verdictIn(id, deployment);
      const story = storyOfPinned(pinned);
      const found = explorablesOf(deployment).flatMap((explorable) => {
        const path = pathOf(explorable, verdict.trace!);
        return path === null ? [] : [explore(explorable, path)];
      });
      const checked = found.flatMap(({ claims }) => claims.filter((one) => one.id === id));
      expect(checked.length).toBeGreaterThan(0);
      const position = story.steps.length;
      // What is owed for ever, a run by hand does not tell from what is owed so far.
      const isEndless = verdict.kind === 'response';
      const isDecided = checked.some(({ parts }) =>
        parts.some(({ since, holds }) => (isEndless ? !holds : since === position)),
      );
      expect(isDecided).toBe(true);
      if (isEndless) expect(checked).toContainEqual(expect.objectContaining({ state: 'not yet' }));
      else if (verdict.verdict === 'violated')
        expect(checked).toContainEqual(
          expect.objectContaining({ state: 'violated', since: position }),
        );
      const exploration = found[0]!;
      expect(exploration.story.steps).toHaveLength(position);
      expect(exploration.story.parties).toEqual(story.parties);
    },
  );

  it('of other machines has a path among theirs only', () => {
    const fault = FAULTS.find(({ id }) => id === 'any-password')!;
    const { deployment, inject } = fault;
    const claim = claimsAbout(deployment).find(({ id }) => id === 'agreement-with-holder')!;
    const machines = inject(MACHINES);
    const { trace } = checkClaim(claim, deployment, { statesMax: 100_000, machines });
    const [honest] = explorablesOf(deployment) as [Explorable];
    const [weakened] = explorablesOf(deployment, machines) as [Explorable];
    expect(pathOf(weakened, trace!)).toHaveLength(trace!.length);
    const path = pathOf(honest, trace!);
    const claims = path === null ? [] : explore(honest, path).claims;
    expect(claims.filter(({ state }) => state === 'violated')).toEqual([]);
    const broken = explore(weakened, pathOf(weakened, trace!)!);
    expect(broken.claims.find(({ id }) => id === claim.id)).toMatchObject({
      state: 'violated',
      since: trace!.length,
    });
    expect(broken.story.decisive).toBe(trace!.length);
    expect(broken.story.sentence).toContain('agreement-with-holder is violated since step 5');
  });

  it('that is deadlock shows it', () => {
    const { deployment, inject } = FAULTS.find(({ id }) => id === 'never-free')!;
    const claim = claimsAbout(deployment).find(({ id }) => id === 'deadlock-free')!;
    const machines = inject(MACHINES);
    const { trace } = checkClaim(claim, deployment, { statesMax: 100_000, machines });
    const [explorable] = explorablesOf(deployment, machines) as [Explorable];
    const { enabled, refused, claims } = explore(explorable, pathOf(explorable, trace!)!);
    expect(enabled).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    expect(claims.find(({ id }) => id === 'deadlock-free')).toMatchObject({
      state: 'violated',
      since: trace!.length,
    });
  });
});

describe('an explorer', () => {
  const { offers } = walked(article, numbers(30));

  it('goes back to where it was, and on from there', () => {
    const explorer = new Explorer(article);
    const seen = [explorer.exploration];
    for (const offer of offers) {
      explorer.take(offer);
      seen.push(explorer.exploration);
    }
    for (const position of [30, 17, 4, 0]) {
      explorer.back(position);
      expect(explorer.exploration).toEqual(seen[position]);
    }
    for (const offer of offers) explorer.take(offer);
    expect(explorer.exploration).toEqual(seen.at(-1));
    expect(explorer.exploration).toEqual(explore(article, offers));
    expect(() => explorer.back(31)).toThrow(/position 31 was not reached/);
  });

  it('takes a step in the same time after 1,000 as after none', () => {
    const explorer = new Explorer(article);
    const times = numbers(1_000).map((choice) => {
      const { enabled } = explorer.exploration;
      const start = performance.now();
      explorer.take(enabled[choice % enabled.length]!.index);
      return performance.now() - start;
    });
    const median = (of: readonly number[]) => of.toSorted((a, b) => a - b)[of.length >> 1]!;
    expect(median(times.slice(-100))).toBeLessThan(20);
    expect(median(times.slice(-100))).toBeLessThan(20 * median(times.slice(100, 200)));
  });
});
