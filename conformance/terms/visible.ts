/**
 * What of a symbolic response its bytes show to whoever has all passwords and has seen all
 * challenges. Two responses that show the same are the same to every acceptor.
 *
 * A key that is nobody's shows nothing but that it is none of the known ones. Pairs that were
 * altered make an NT response look as if it were by such a key, unless an LM response beside it
 * still says whose it is. And a MIC over another challenge than was sent is wrong, whatever it is.
 *
 * @source MS-NLMP 3.3.2 (what each response is computed over), 3.1.5.1.2 (the MIC)
 */
import type { Challenge, Response, TargetInfo } from '../../machines/vocabulary/terms.ts';
import { NOBODYS, UNKNOWN } from './issued.ts';
import { otherThan } from './reading.ts';

export type SentChallenges = {
  /** TargetInfo of a challenge as it was sent. Null: no such challenge was. */
  readonly infoOf: (challenge: Challenge) => TargetInfo | null;
};

const isSame = (one: TargetInfo, other: TargetInfo) =>
  one.computer === other.computer && one.timestamp === other.timestamp && one.flags === other.flags;

/** The response, with one and the same in place of all that does not show. */
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
