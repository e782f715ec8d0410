/** The format of a user, and of the client that the user has. */
import * as z from 'zod';
import { INITIATOR, INITIATORS } from '../../../machines/ntlm/initiator.ts';
import { distinct, named } from './schema-words.ts';

const initiator = z.strictObject({
  version: z
    .enum(['NTLMv2', 'NTLMv1'])
    .default(INITIATOR.version)
    .describe(
      'What it answers with, which is configured and never negotiated: LmCompatibilityLevel 3 or ' +
        'more sends NTLMv2, less sends NTLMv1.',
    ),
  bindsChannel: z
    .boolean()
    .default(INITIATOR.bindsChannel)
    .describe(
      'Whether it binds its responses to the TLS channel. False: Windows with ' +
        'SuppressExtendedProtection, or a client that has no support for it.',
    ),
  sendsMic: z
    .boolean()
    .default(INITIATOR.sendsMic)
    .describe('Whether it copies a timestamp, and then sends a MIC and no LM response.'),
  trustsTarget: z
    .boolean()
    .default(INITIATOR.trustsTarget)
    .describe(
      'Whether the name it means to reach is from a source it trusts. False: it flags the target ' +
        'name as unverified (MsvAvFlags 0x4), and no server compares it.',
    ),
  dropsFlags: z
    .boolean()
    .default(INITIATOR.dropsFlags)
    .describe(
      'Whether it takes out MsvAvFlags that a challenge has no reason to have. False is what ' +
        'CVE-2019-1166, drop the MIC 2, was about.',
    ),
  afterLapse: z
    .enum(['authenticates', 'repeats'])
    .default(INITIATOR.afterLapse)
    .describe(
      'What a 401 makes it do on a connection it takes for signed in: sign in again, or repeat ' +
        'the request, as if a sign-in lasted for good.',
    ),
});

export const user = z.strictObject({
  name: named.describe('What the user is called. No host may have the same name.'),
  visits: distinct(z.array(named).max(100))
    .optional()
    .describe(
      'The hosts the user opens in a browser. Left out: the first. An empty list: none; then ' +
        'only programs act for the user.',
    ),
  at: named
    .optional()
    .describe(
      'The host whose machine the user sits at: reflection sends back to a machine what came ' +
        'from it. Left out: a machine of their own.',
    ),
  password: z
    .enum(['strong', 'weak'])
    .default('strong')
    .describe('Weak: whoever has a response of the user can guess the password from it, offline.'),
  initiator: z
    .union([z.enum(Object.keys(INITIATORS) as [keyof typeof INITIATORS]), initiator])
    .default('current')
    .describe(
      "What the user's client puts into responses: as current clients do (`current`), as NTLMv1 " +
        'without anything that came later (`legacy`), or as `current` but for what is given ' +
        'here. Matters where NTLM is accepted.',
    ),
});
