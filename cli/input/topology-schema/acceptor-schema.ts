/** The format of what an acceptor of NTLM checks, and of what it does where it has a choice. */
import * as z from 'zod';
import { DEFENCES } from '../../../machines/ntlm/acceptor.ts';
import { STANDARD } from '../../../machines/ntlm/policy.ts';

export const policy = z.strictObject({
  afterFailure: z
    .enum(['spent', 'reusable', 'poisoned'])
    .default(STANDARD.afterFailure)
    .describe('What a wrong AUTHENTICATE_MESSAGE leaves: its challenge, or a lost connection.'),
  secondNegotiate: z
    .enum(['renew', 'poison'])
    .default(STANDARD.secondNegotiate)
    .describe('What a NEGOTIATE_MESSAGE does while a challenge is outstanding.'),
  requestMidway: z
    .enum(['fail', 'allow'])
    .default(STANDARD.requestMidway)
    .describe('What a request without credentials meets while a challenge is outstanding.'),
  reauthentication: z
    .enum(['restart', 'poison', 'ignore'])
    .default(STANDARD.reauthentication)
    .describe('What an NTLM header does on a connection that is signed in.'),
  otherScheme: z
    .enum(['fail', 'refuse', 'ignore'])
    .default(STANDARD.otherScheme)
    .describe('What a Basic header does on a connection that is signed in.'),
  persistence: z
    .enum(['connection', 'request'])
    .default(STANDARD.persistence)
    .describe(
      'How long a sign-in lasts: as long as the connection, or for one request, as in IIS with ' +
        'authPersistSingleRequest.',
    ),
});

const check = z.enum(['ignored', 'checkedIfPresent', 'required']);

export const defences = z.strictObject({
  challenges: z
    .enum(['fresh', 'static'])
    .default(DEFENCES.challenges)
    .describe(
      'Whether each challenge is a new random number, as MS-NLMP means it, or always the same ' +
        'one, as a server with a broken generator or a fixed challenge has it.',
    ),
  timestamp: z
    .enum(['sent', 'leftOut'])
    .default(DEFENCES.timestamp)
    .describe(
      'Whether its challenges carry MsvAvTimestamp, at which clients protect the three messages ' +
        'with a MIC and send no LM response. Windows does since Vista.',
    ),
  ntlmv1: z
    .enum(['refused', 'allowed'])
    .default(DEFENCES.ntlmv1)
    .describe(
      'Whether NTLMv1 is good enough. It is refused where the domain controllers have ' +
        'LmCompatibilityLevel 5. A response of NTLMv1 cannot carry a binding, a target or a MIC.',
    ),
  lmResponse: z
    .enum(['ignored', 'accepted'])
    .default(DEFENCES.lmResponse)
    .describe(
      'Accepted: a right LM response will do, whatever the NT response beside it is worth. The ' +
        'letter of MS-NLMP 3.2.5.1.2 allows it; CVE-2019-1338 is what comes of it.',
    ),
  serverName: check
    .default(DEFENCES.serverName)
    .describe(
      'Whether the domain controller compares the computer name that a response carries with ' +
        'the server that asks (MS-APDS 3.1.5.2), and whether there has to be one.',
    ),
  channelBinding: check
    .default(DEFENCES.channelBinding)
    .describe(
      'What becomes of the binding to the TLS channel: in IIS, extendedProtection tokenChecking ' +
        'None (ignored), Allow (checkedIfPresent) or Require (required). Required takes a ' +
        '`certificate`.',
    ),
  targetName: z
    .enum(['unchecked', 'checked'])
    .default(DEFENCES.targetName)
    .describe(
      'Whether the name that the client meant to reach has to be its own: in IIS, what the flag ' +
        'NoServiceNameCheck of extendedProtection turns off. A name that the client itself flags ' +
        'as unverified is not compared.',
    ),
  mic: z
    .enum(['ignored', 'checkedIfFlagged'])
    .default(DEFENCES.mic)
    .describe(
      'Whether a response that says it has a MIC must have one that is right. Ignored is what ' +
        'CVE-2019-1040, drop the MIC, was about.',
    ),
  loopback: z
    .enum(['unchecked', 'checked'])
    .default(DEFENCES.loopback)
    .describe(
      'Whether it refuses what its own machine computed for another name: the check that ' +
        'DisableLoopbackCheck turns off in Windows, and BackConnectionHostNames for single names.',
    ),
});
