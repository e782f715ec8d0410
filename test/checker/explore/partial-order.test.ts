/** What stubborn sets would save at best is what the decision against them says. */
import { describe, expect, it } from 'vitest';
import { checkedProperties } from '../../../checker/explore/checked-property.ts';
import { compose } from '../../../checker/model/composition.ts';
import { MACHINES } from '../../../machines/system/deployment.ts';
import { CLAIMS } from '../../../properties/catalogue.ts';
import { DEPLOYMENTS } from '../../../properties/deployments/deployments.ts';
import { textOf } from '../../support/sources.ts';
import { explored, reduced } from '../support/stubborn.ts';

const PAGE = 'docs/decisions/0021-no-partial-order-reduction.md';
const ROW = /^\| (.+) \| `(.+)` \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \| ([\d,]+) \|$/gm;
const stated = [...textOf(PAGE).matchAll(ROW)].map(([, ...cells]) => cells);

describe('with the footprints of a system that is explored already', () => {
  it.each(stated)('of %s, for %s, %s states become %s', (deployment, claim, ...figures) => {
    const about = DEPLOYMENTS.find(({ name }) => name === deployment)!;
    const { kind, subjects } = CLAIMS.find(({ id }) => id === claim)!;
    const whole = compose(subjects(about, MACHINES)[0]!.system);
    const states = explored(whole);
    const { met, transitions } = reduced(states, kind !== 'deadlock-free');

    const enabled = states.map(({ edges }) => edges.filter(({ end }) => end >= 0).length);
    const taken = enabled.reduce((sum, count) => sum + count, 0);
    const counted = [states.length, met.length, taken, transitions];
    expect(counted.map((count) => count.toLocaleString('en'))).toEqual(figures);

    const monitors = checkedProperties(whole, []);
    const foundIn = (some: readonly number[]) => ({
      isDeadlock: some.some((state) => enabled[state] === 0),
      violated: monitors
        .filter((one) => some.some((state) => !one.holds(states[state]!.row, 0)))
        .map(({ name }) => name),
    });
    const found = foundIn(met);
    const inAll = foundIn([...states.keys()]);
    if (kind === 'deadlock-free') expect(found.isDeadlock).toBe(inAll.isDeadlock);
    else expect(found.violated).toEqual(inAll.violated);
  });

  it('is stated for states that are to be avoided, and for being deadlock', () => {
    const kinds = stated.map(([, id]) => CLAIMS.find((claim) => claim.id === id)?.kind);
    expect(new Set(kinds)).toEqual(new Set(['always', 'deadlock-free']));
  });
});
