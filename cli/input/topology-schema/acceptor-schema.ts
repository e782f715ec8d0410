/** The format of an NTLM acceptor's policy, where implementations differ, and of its checks. */
import * as z from 'zod';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';

export const policy = z.strictObject({
  afterFailure: z
    .enum(['spent', 'reusable', 'poisoned'])
    .default(STANDARD.afterFailure)
    .describe(
      'The effect of a wrong AUTHENTICATE_MESSAGE: its challenge is spent, its challenge is ' +
        'reusable, or the connection is poisoned and accepts nothing more.',
    ),
  failureReply: z
    .enum(['unauthorized', 'forbidden'])
    .default(STANDARD.failureReply)
    .describe(
      'The answer to a wrong AUTHENTICATE_MESSAGE: 401, or 403, which a client takes for success.',
    ),
  secondNegotiate: z
    .enum(['renew', 'poison'])
    .default(STANDARD.secondNegotiate)
    .describe('The effect of a NEGOTIATE_MESSAGE while a challenge is outstanding.'),
  requestMidway: z
    .enum(['fail', 'allow'])
    .default(STANDARD.requestMidway)
    .describe('The answer to a request without credentials while a challenge is outstanding.'),
  reauthentication: z
    .enum(['restart', 'poison', 'ignore'])
    .default(STANDARD.reauthentication)
    .describe('The effect of an NTLM header on a connection that is signed in.'),
  otherScheme: z
    .enum(['fail', 'refuse', 'ignore'])
    .default(STANDARD.otherScheme)
    .describe('The effect of a Basic header on a connection that is signed in.'),
  persistence: z
    .enum(['connection', 'request'])
    .default(STANDARD.persistence)
    .describe(
      'How long a sign-in lasts: as long as the connection, or for one request, as in IIS with ' +
        'authPersistSingleRequest.',
    ),
  onPageRefusal: z
    .enum(['end', 'keep'])
    .default(STANDARD.onPageRefusal)
    .describe(
      'The effect of a 401 by the page itself on a connection that is signed in: the sign-in ' +
        'ends, or it is kept, and the next request is served as the same user.',
    ),
});

const check = z.enum(['ignored', 'checkedIfPresent', 'required']);

export const defences = z.strictObject({
  challenges: z
    .enum(['fresh', 'static'])
    .default(DEFENCES.challenges)
    .describe(
      'Whether each challenge is a new random number, as MS-NLMP requires, or always the same, ' +
        'as at a server with a broken generator or a fixed challenge.',
    ),
  timestamp: z
    .enum(['sent', 'leftOut'])
    .default(DEFENCES.timestamp)
    .describe(
      'Whether its challenges carry MsvAvTimestamp. Clients then protect the three messages with ' +
        'a MIC and send no LM response. Windows sends it since Vista.',
    ),
  ntlmv1: z
    .enum(['refused', 'allowed'])
    .default(DEFENCES.ntlmv1)
    .describe(
      'Whether NTLMv1 is allowed. Domain controllers with LmCompatibilityLevel 5 refuse it. An ' +
        'NTLMv1 response cannot carry a binding, a target name or a MIC.',
    ),
  lmResponse: z
    .enum(['ignored', 'accepted'])
    .default(DEFENCES.lmResponse)
    .describe(
      'Accepted: a right LM response is enough, even with a wrong NT response. MS-NLMP ' +
        '3.2.5.1.2 allows it literally; CVE-2019-1338 is the consequence.',
    ),
  serverName: check
    .default(DEFENCES.serverName)
    .describe(
      'Whether the domain controller compares the computer name in a response with the server ' +
        'that asks (MS-APDS 3.1.5.2), and whether the name is required.',
    ),
  channelBinding: check
    .default(DEFENCES.channelBinding)
    .describe(
      'How it checks the binding to the TLS channel: in IIS, extendedProtection tokenChecking ' +
        'None (ignored), Allow (checkedIfPresent) or Require (required). `required` needs a ' +
        '`certificate`.',
    ),
  targetName: z
    .enum(['unchecked', 'checked'])
    .default(DEFENCES.targetName)
    .describe(
      'Whether the target name in a response must be one of its `names`. In IIS, the flag ' +
        'NoServiceNameCheck of extendedProtection turns this off. A name that the client flags as ' +
        'unverified is not compared.',
    ),
  mic: z
    .enum(['ignored', 'checkedIfFlagged'])
    .default(DEFENCES.mic)
    .describe(
      'Whether a response that announces a MIC must carry a right one. `ignored` is ' +
        'CVE-2019-1040 (drop the MIC).',
    ),
  loopback: z
    .enum(['unchecked', 'checked'])
    .default(DEFENCES.loopback)
    .describe(
      'Whether it refuses a response that its own machine computed for another name. In Windows, ' +
        'DisableLoopbackCheck turns this off, and BackConnectionHostNames for single names.',
    ),
});
