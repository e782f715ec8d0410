/** The format of a user and of the user's NTLM client. */
import * as z from 'zod';
import { INITIATOR, INITIATORS } from '../../../machines/ntlm/initiator.ts';
import { distinct, handshake, keepAlive, named } from './schema-words.ts';

const initiator = z.strictObject({
  version: z
    .enum(['NTLMv2', 'NTLMv1'])
    .default(INITIATOR.version)
    .describe(
      'The version of its responses. It is configured, never negotiated: LmCompatibilityLevel 3 ' +
        'or more sends NTLMv2, less sends NTLMv1.',
    ),
  bindsChannel: z
    .boolean()
    .default(INITIATOR.bindsChannel)
    .describe(
      'Whether it binds its responses to the TLS channel. False: Windows with ' +
        'SuppressExtendedProtection, or a client without support for it.',
    ),
  withoutChannel: z
    .enum(['leavesOut', 'zeroes'])
    .default(INITIATOR.withoutChannel)
    .describe(
      'What it sends where it binds to no channel: no MsvAvChannelBindings at all, or one of 16 ' +
        'zero bytes (MS-NLMP 3.1.5.1.2). A Windows server that ends TLS refuses the second, even ' +
        'where it checks a binding only if present.',
    ),
  sendsMic: z
    .boolean()
    .default(INITIATOR.sendsMic)
    .describe('Whether, when a challenge has a timestamp, it sends a MIC and no LM response.'),
  trustsTarget: z
    .boolean()
    .default(INITIATOR.trustsTarget)
    .describe(
      'Whether the target name comes from a trusted source. False: the client flags the name as ' +
        'unverified (MsvAvFlags 0x4), and no server compares it.',
    ),
  dropsFlags: z
    .boolean()
    .default(INITIATOR.dropsFlags)
    .describe(
      'Whether it removes MsvAvFlags that do not belong in a challenge. False is CVE-2019-1166 ' +
        '(drop the MIC 2).',
    ),
  afterLapse: z
    .enum(['authenticates', 'repeats'])
    .default(INITIATOR.afterLapse)
    .describe(
      'Its reaction to a 401 on a connection that it considers signed in: sign in again, or ' +
        'repeat the request, as if a sign-in never lapsed.',
    ),
});

export const user = z.strictObject({
  name: named.describe('The name of the user. No host may have the same name.'),
  visits: distinct(z.array(named).max(100))
    .optional()
    .describe(
      'The hosts that the user opens in a browser. Default: the first host. An empty list: none; ' +
        'then only programs make requests for the user.',
    ),
  at: named
    .optional()
    .describe(
      'The host at whose machine the user works; reflection needs it. Default: a machine of the ' +
        "user's own.",
    ),
  password: z
    .enum(['strong', 'weak'])
    .default('strong')
    .describe(
      'Weak: a party that has a response of the user can guess the password from it, offline.',
    ),
  initiator: z
    .union([z.enum(Object.keys(INITIATORS) as [keyof typeof INITIATORS]), initiator])
    .default('current')
    .describe(
      "The user's NTLM client: a current one (`current`), one that knows only NTLMv1 (`legacy`), " +
        'or single settings, which replace those of `current`.',
    ),
  keepAlive: keepAlive("the user's client"),
  handshake: handshake("the user's client"),
});
