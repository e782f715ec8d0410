/**
 * The part of a symbolic response that its bytes show to a reader with all passwords and
 * challenges. Responses with the same visible part are equal to every acceptor.
 *
 * An unknown key shows only that it is unknown. Altered pairs make an NT response look as if it
 * were by an unknown key, unless an LM response beside it shows the key. A MIC over another
 * challenge than the one sent is wrong, whatever it covers.
 *
 * @source MS-NLMP 3.3.2 (what each response is computed over), 3.1.5.1.2 (the MIC)
 */
import type { Challenge, Response, TargetInfo } from '../../machines/vocabulary/terms.ts';
import { NOBODYS, UNKNOWN } from './issued.ts';
import { otherThan } from './reading.ts';

export type SentChallenges = {
  /** TargetInfo of a challenge as it was sent. Null: it was not sent. */
  readonly infoOf: (challenge: Challenge) => TargetInfo | null;
};

const isSame = (one: TargetInfo, other: TargetInfo) =>
  one.computer === other.computer && one.timestamp === other.timestamp && one.flags === other.flags;

/** The response with every invisible part replaced by a constant. */
export function visible(response: Response, { infoOf }: SentChallenges): Response {
  const { user, key, challenge, altered, lm, mic } = response;
  const info = infoOf(challenge);
  if (user === null) return { ...response, challenge: UNKNOWN };
  if (info === null || key === null || key.passwordOf === null || (altered && !lm))
    return {
      ...response,
      key: NOBODYS,
      challenge: UNKNOWN,
      altered: false,
      mic: mic === null ? null : WRONG,
    };
  const isRight = mic === null || (!altered && isSame(mic, info));
  return isRight ? response : { ...response, mic: otherThan(info) };
}

const WRONG: TargetInfo = { computer: null, timestamp: false, flags: true };
