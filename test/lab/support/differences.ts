/**
 * Where the acceptors of the laboratory are known to differ from the model, so that everything else
 * can be held against it: how they refuse, and what the model has no choice for.
 */
import { type Act, authenticate, negotiate } from '../../../conformance/drive/acts.ts';
import type { RefusalReading } from '../../../conformance/drive/outcome.ts';
import { DIVERGENCES, refusingIn } from '../../../conformance/trace/divergences.ts';
import type { AcceptorName } from '../../../lab/started.ts';

/** The divergences that ship, of one acceptor. */
export const readingsOf = (name: AcceptorName): readonly RefusalReading[] =>
  DIVERGENCES.filter(({ implementation }) => implementation === name).flatMap(refusingIn);

/** A difference that makes the model useless after it, so that nothing goes there. */
export type Gap = {
  readonly what: string;
  readonly at: readonly AcceptorName[];
  /** Whether the act leads there; `before`: the acts on that connection so far. */
  readonly leadsThere: (act: Act, before: readonly Act[]) => boolean;
  readonly shownBy: readonly Act[];
};

const isMidway = (before: readonly Act[]) =>
  before.findLast(({ does }) => does !== 'bare')?.does === 'negotiate';
const presents = ({ does }: Act) => does === 'authenticate' || does === 'again';
const wrongMic = authenticate(1, 'right', { extra: 'corruptMic' });

const GAPS: readonly Gap[] = [
  {
    what: 'after a corrupt MIC no other response to the challenge is taken',
    at: ['ntlm-auth', 'ntlm-auth-winbind'],
    leadsThere: (act, before) => {
      const since = before.slice(before.findLastIndex(({ does }) => does === 'negotiate') + 1);
      return presents(act) && since.some((it) => 'extra' in it && it.extra === 'corruptMic');
    },
    shownBy: [negotiate(1), wrongMic, authenticate(1)],
  },
  {
    what: 'an AUTHENTICATE_MESSAGE without a challenge loses the connection',
    at: ['squid'],
    leadsThere: (act, before) => presents(act) && !before.some(({ does }) => does === 'negotiate'),
    shownBy: [authenticate(1), negotiate(1)],
  },
];

export const gapsOf = (name: AcceptorName): readonly Gap[] =>
  GAPS.filter(({ at }) => at.includes(name));

/** Whether the model has anything to say of what comes after the act. */
export function isCovered(name: AcceptorName, act: Act, acts: readonly Act[]): boolean {
  if (act.does === 'close') return true;
  if (act.does === 'authenticate' && act.as === 'nobody') return false; // asked on its own
  const on = acts.filter((it) => it.on === act.on);
  const before = on.slice(on.findLastIndex(({ does }) => does === 'close') + 1);
  if (name === 'squid' && isClosing(before)) return false;
  return !gapsOf(name).some(({ leadsThere }) => leadsThere(act, before));
}

/** What squid closes sooner or later, so that a request may go out before or after that. */
const isClosing = (before: readonly Act[]) =>
  before.some(
    ({ does }, at) => (does === 'bare' || does === 'basic') && isMidway(before.slice(0, at)),
  );
