/** Scenarios at random: what servers say and when they close, and who visits which of them. */
import * as fc from 'fast-check';
import type { Closing } from '../../../conformance/serve/route.ts';
import { type Scenario, SERVER_POLICIES, type Stop } from '../../../lab/clients/scenario.ts';

const STOPS_MAX = 6;

const often = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 3 * others.length, arbitrary: fc.constant(usual) },
    { weight: others.length, arbitrary: fc.constantFrom(...others) },
  );

const closing: fc.Arbitrary<Closing> = fc.record({
  at: fc.constantFrom('challenge', 'verdict', 'any'),
  how: fc.constantFrom('replies', 'announces', 'silently'),
  times: fc.constantFrom(1, 2),
});

const stop: fc.Arbitrary<Stop> = fc.record({
  at: often('one', 'two'),
  user: often('alice', 'bob'),
  types: often('right', 'wrong', 'nothing'),
  page: often('serve', 'refuse', 'moveOn'),
  isOutside: often(false, true),
  closing: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 2, arbitrary: closing }),
});

export const scenarios: fc.Arbitrary<Scenario> = fc.record({
  policy: fc.constantFrom(...(Object.keys(SERVER_POLICIES) as (keyof typeof SERVER_POLICIES)[])),
  offers: often('NTLM', 'Basic', 'both'),
  accounts: often('own', 'shared'),
  stops: fc.array(stop, { minLength: 2, maxLength: STOPS_MAX }),
});
