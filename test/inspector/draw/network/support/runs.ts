/** The runs that the tests of the network picture draw. */
import { storyOf } from '../../../../../inspector/story/verdict-story.ts';
import type { Deployment } from '../../../../../machines/system/topology.ts';
import { BASIC, faultOf, NTLM, verdictIn } from '../../../story/support/verdicts.ts';

export const told = (claim: string, deployment: Deployment, fault: string | null = null) =>
  storyOf(verdictIn(claim, deployment, fault === null ? null : faultOf(fault)), deployment, fault);

export const REFUSED = told('next-hop-refused', NTLM);
export const VIOLATED = told('confinement', BASIC);
/** NTLM as REFUSED, with one fault: the sign-in leaves the front end the password. */
export const FAULTY = told('confinement', NTLM, 'token-keeps-password');
