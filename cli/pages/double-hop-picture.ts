/** The picture of the double hop, from the runs that the checker finds in the article. */
import { doubleHopSvg } from '../../inspector/draw/network/board/double-hop.tsx';
import { storyOf } from '../../inspector/story/verdict-story.ts';
import type { Deployment } from '../../machines/system/topology.ts';
import { checkClaim } from '../../properties/check.ts';
import type { Claim } from '../../properties/claim.ts';
import { confinement } from '../../properties/claims/agreement.ts';
import { nextHopIsTriedAndRefused } from '../../properties/claims/witnesses.ts';
import { deploymentOf } from '../../properties/deployments/deployments.ts';
import { ARTICLE } from '../../properties/deployments/plain.ts';
import { verdictOf } from '../../properties/verdicts/verdicts.ts';

/** As SVG: NTLM stops at the next hop, and Basic goes on. Each element has a line of its own. */
export function doubleHopPicture(): string {
  const ntlm = storyIn(nextHopIsTriedAndRefused, deploymentOf(ARTICLE, 'NTLM'));
  const basic = storyIn(confinement, deploymentOf(ARTICLE, 'Basic'));
  return `${doubleHopSvg(ntlm, basic).replaceAll(/><(?!\/)/g, '>\n<')}\n`;
}

function storyIn(claim: Claim, deployment: Deployment) {
  const result = checkClaim(claim, deployment, { statesMax: 100_000, stopAtViolation: true });
  return storyOf(verdictOf(result), deployment, null);
}
