/** Sign-ins at a server of the laboratory, performed: who was let in, and who was not. */
import type { Act, Slot, Who } from '../../../conformance/drive/acts.ts';
import { authenticate, basic, negotiate } from '../../../conformance/drive/acts.ts';
import { perform } from '../../../conformance/drive/run.ts';
import type { Target } from '../../../conformance/drive/target.ts';

export type Told = {
  readonly status: number; // 0: the connection was closed instead
  readonly user: string | null; // the user whom the server names, without the domain; null: none
};

/** What each request was answered with. */
export async function answersOf(
  acts: readonly Act[],
  target: Target,
  back: Target | null = null,
): Promise<readonly Told[]> {
  const { asked } = await perform(acts, target, { back });
  return asked.map(({ answer }) => {
    const status = answer?.status ?? 0;
    const user = answer?.identity?.toLowerCase().replace(/^.*\\/, '') ?? '';
    return { status, user: user === '' ? null : user };
  });
}

/** One handshake of NTLM. */
export const byNtlm = (on: Slot, who: Who): readonly Act[] => [
  negotiate(on),
  authenticate(on, who),
];

/** One request with a password. */
export const byBasic = (on: Slot, who: 'right' | 'other' | 'wrongPassword'): readonly Act[] => [
  basic(on, who),
];
