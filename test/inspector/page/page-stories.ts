/** What the page's tests start from: verdicts as the command tells them, and stories of them. */

import type { FeedStatus } from '../../../inspector/page/sources/feed-client.ts';
import type { Entry } from '../../../inspector/page/sources/session.ts';
import { Session } from '../../../inspector/page/sources/session.ts';
import { storyOf } from '../../../inspector/story/verdict-story.ts';
import type { Deployment } from '../../../machines/system/topology.ts';
import { BASIC, NTLM, verdictIn } from '../story/support/verdicts.ts';

/** As a verdict of the command, checked now. */
export const entryFor = (
  claim: string,
  deployment: Deployment,
  file: string | null = null,
): Entry => ({
  ref: { claim, on: deployment.name, fault: null, file },
  verdict: verdictIn(claim, deployment),
  deployment,
  isRemedy: false,
});

export const confinement = entryFor('confinement', BASIC);
export const confined = entryFor('confinement', NTLM);
export const askedAgain = entryFor('asked-again', NTLM);
export const ntlmAccepts = entryFor('ntlm-accepts', NTLM);

export const storyFor = ({ verdict, deployment, ref }: Entry) =>
  storyOf(verdict, deployment, ref.fault);

/** Tells its listeners at once. */
export const promptSession = () => new Session((run) => run());

/** All that the page knows once the command has told these, and is still checking or not. */
export function knowing(
  entries: readonly Entry[],
  { status = 'open', isFinished = true }: { status?: FeedStatus; isFinished?: boolean } = {},
) {
  const session = promptSession();
  session.status(status);
  session.hear({
    type: 'opened',
    topology: 'article',
    deployments: [NTLM, BASIC],
    about: 'claims',
    claims: [],
    stately: false,
    total: entries.length,
  });
  for (const { ref, ...rest } of entries)
    session.hear({ type: 'verdict', fault: ref.fault, ...rest });
  if (isFinished) session.hear({ type: 'finished' });
  return session.known;
}
