/** Verdicts, and the beginnings of recordings, for the tests of the judge. */
import type { Recording } from '../../../../conformance/recording/recording.ts';
import { type JudgeOptions, judge } from '../../../../conformance/trace/trace-validation.ts';
import { making, SECRETS } from './making.ts';

export const verdictOf = (recording: Recording, options: Partial<JudgeOptions> = {}) =>
  judge(recording, { sides: 'both', secrets: SECRETS, ...options });

export type Slot = ReturnType<ReturnType<typeof making>['on']>;
export const challenged = (c: Slot) => {
  c.bare();
  c.unauthorized();
  c.negotiate();
  c.challenges();
};
export const two = (act: (first: Slot, second: Slot) => void): Recording => {
  const maker = making();
  act(maker.on('alice'), maker.on('bob'));
  return maker.recording();
};

export const LAST = 'an AUTHENTICATE of alice that answers the last challenge';
export const REFUSED = ['a 401 without a challenge'];
export const REFUSED_RESPONSE = [...REFUSED, 'a 403'];
