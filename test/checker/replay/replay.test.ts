/** The second implementation of a step, and that it notices when the first is wrong. */
import { describe, expect, it } from 'vitest';
import { compose } from '../../../checker/model/composition.ts';
import type { Step } from '../../../checker/model/system.ts';
import { confirmedTrace } from '../../../checker/replay/confirm.ts';
import { plainRun, replay } from '../../../checker/replay/replay.ts';
import { search } from '../../../checker/search.ts';
import { memory, mutualExclusion, peterson } from '../support/peterson.ts';
import { table } from '../support/philosophers.ts';

const REACH = { type: 'reach' };
const broken = peterson(memory.provide({ guards: { mayPass: () => true } }));

describe('a plain run', () => {
  it('takes a step, tells its deliveries, and shows the snapshots after it', () => {
    const run = plainRun(table(2));
    expect(run.take('philosopher0', REACH)).toEqual({
      component: 'philosopher0',
      event: REACH,
      deliveries: [{ from: 'philosopher0', to: 'fork0', event: { type: 'take', from: 'upper' } }],
    });
    expect(run.snapshot('fork0').value).toBe('taken');
  });

  it('refuses a step whole when a fork is taken', () => {
    const run = plainRun(table(2));
    run.take('philosopher0', REACH);
    run.take('philosopher1', REACH);
    expect(run.take('philosopher0', REACH)).toBeNull();
    expect(run.snapshot('philosopher0').value).toBe('holding');
  });

  it('knows no component that is not there', () => {
    expect(() => plainRun(table(2)).take('nobody', REACH)).toThrow(/no component is named nobody/);
  });
});

describe('a replay', () => {
  const trace = search(broken, [mutualExclusion], { statesMax: 99 }).violated.get(
    mutualExclusion.name,
  )!;
  const altered = (index: number, step: Partial<Step>) =>
    trace.with(index, { ...trace[index]!, ...step });

  it('of a reported trace ends where the property fails', () => {
    const run = replay(broken, trace);
    expect([run.snapshot('a').value, run.snapshot('b').value]).toEqual(['critical', 'critical']);
  });

  it.each([
    ['a step that is not enabled', altered(2, { event: { type: 'stop' } }), /step 3.*not enabled/],
    ['a missing delivery', altered(1, { deliveries: [] }), /step 2.*delivery 1.*has nothing/],
    [
      'a delivery too many',
      altered(0, { deliveries: [...trace[0]!.deliveries, ...trace[0]!.deliveries] }),
      /step 1.*delivery 2.*XState nothing/,
    ],
    [
      'another delivery',
      altered(0, { deliveries: [{ ...trace[0]!.deliveries[0]!, to: 'b' }] }),
      /step 1.*delivery 1: the trace has .*"to":"b".*XState .*"to":"memory"/,
    ],
  ])('names %s', (_, wrong, message) => {
    expect(() => replay(broken, wrong)).toThrow(/the checker disagrees with XState/);
    expect(() => replay(broken, wrong)).toThrow(message);
  });

  it('notices a snapshot that is not where XState ends', () => {
    const composition = compose(table(2));
    const { snapshot } = composition;
    composition.snapshot = (component) => snapshot.call(composition, component, 0);
    expect(() => confirmedTrace(composition, [0])).toThrow(
      /the checker disagrees with XState at the end of the trace: philosopher0/,
    );
  });
});
