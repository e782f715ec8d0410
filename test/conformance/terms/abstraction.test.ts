/**
 * The model's terms stand for bytes: random runs of the server side give the same in both.
 *
 * Each response is made into bytes, goes through a header field, and is read back: it has to be
 * the same event, as far as bytes can show. Where the model waits for a response, an acceptor that
 * knows no term has to decide as the model does, with the same reason where it refuses.
 *
 * @module-tag long
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { RESPONSE_CHECK_ORDER } from '../../../machines/ntlm/acceptor.ts';
import { runs } from './runs.ts';
import { both } from './term-acceptors.ts';

const RUNS = 2000;
const EACH_MIN = 10; // of every decision: fewer, and little was tested

it('the model and an acceptor of bytes decide the same, for the same reason', () => {
  const outcomes: string[] = [];
  fc.assert(
    fc.property(runs, (run) => {
      const { differences, cases } = both(run);
      expect(differences).toEqual([]);
      outcomes.push(...cases.map(({ model }) => ('refused' in model ? model.refused : 'accepted')));
    }),
    { numRuns: RUNS },
  );
  const seldom = ['accepted', ...RESPONSE_CHECK_ORDER].filter(
    (outcome) => outcomes.filter((each) => each === outcome).length < EACH_MIN,
  );
  expect(seldom).toEqual([]);
});
