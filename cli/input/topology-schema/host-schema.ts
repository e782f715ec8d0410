/** The format of a host. */
import * as z from 'zod';
import { POLICIES, type PolicyName } from '../../../machines/ntlm/policy.ts';
import { defences, policy } from './acceptor-schema.ts';
import { mechanism, named } from './schema-words.ts';

export const host = z.strictObject({
  name: named.describe('What the host is called. No user may have the same name.'),
  accepts: mechanism
    .optional()
    .describe('How one signs in here. Left out: each mechanism of `compare` in turn.'),
  callsOn: named
    .optional()
    .describe('The host it fetches the mailbox from, as its user. Left out: the mailbox is here.'),
  policy: z
    .union([z.enum(Object.keys(POLICIES) as [PolicyName, ...PolicyName[]]), policy])
    .default('standard')
    .describe(
      'What it does where NTLM over HTTP leaves a choice: as a measured acceptor does, or as ' +
        '`standard` but for what is given here. Matters where it accepts NTLM.',
    ),
  defences: z
    .union([z.enum(['standard', 'hardened']), defences])
    .default('standard')
    .describe(
      'What it checks of a response beside that it proves its user: what servers are delivered ' +
        'with (`standard`), all that can be demanded (`hardened`, which takes a `certificate`), ' +
        'or as `standard` but for what is given here. Matters where it accepts NTLM.',
    ),
  logonMethod: z
    .enum(['ClearText', 'Network'])
    .default('ClearText')
    .describe(
      'What a Basic logon keeps for the next hop: the password (ClearText), or the SIDs only ' +
        '(Network). Matters where it accepts Basic.',
    ),
  certificate: named
    .optional()
    .describe(
      'It has TLS, with the certificate of this name. Hosts that name the same one have the same ' +
        'one, such as a wildcard certificate, and no channel binding tells them apart. Left out: ' +
        'no TLS.',
    ),
  redirectsTo: named
    .optional()
    .describe(
      'The host to which it redirects every request (302). Whoever visits this host must visit ' +
        'that one too. Left out: it answers itself.',
    ),
  paths: z
    .array(z.enum(['pinned', 'pooled', 'closing']))
    .min(1)
    .max(16)
    .default([])
    .describe(
      'It is a reverse proxy in front of the host that it `callsOn`, and signs nobody in itself: ' +
        'leave out `accepts`. What each of its ways in (HTTP/1.1, HTTP/2, a fast path) does with ' +
        'the connections behind it: one for each client connection (pinned), whichever is free ' +
        '(pooled), or a new one for each request (closing). Connections of clients come in by ' +
        'each in turn. Left out: it is no proxy.',
    ),
});
