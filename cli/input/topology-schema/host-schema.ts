/** The format of a host. */
import * as z from 'zod';
import { POLICIES, type PolicyName } from '../../../machines/ntlm/policy.ts';
import { defences, policy } from './acceptor-schema.ts';
import { distinct, mechanism, named } from './schema-words.ts';

export const host = z.strictObject({
  name: named.describe('The name of the host. No user may have the same name.'),
  accepts: mechanism
    .optional()
    .describe('The mechanism that it accepts. Default: each mechanism of `compare` in turn.'),
  callsOn: named
    .optional()
    .describe(
      'The host from which it fetches the mailbox for its user. Default: the mailbox is here.',
    ),
  policy: z
    .union([z.enum(Object.keys(POLICIES) as [PolicyName, ...PolicyName[]]), policy])
    .default('standard')
    .describe(
      'Its behaviour where NTLM over HTTP allows a choice: the name of a measured acceptor, or ' +
        'single choices, which replace those of `standard`. For hosts that accept NTLM.',
    ),
  defences: z
    .union([z.enum(['standard', 'hardened']), defences])
    .default('standard')
    .describe(
      'The checks that it makes on a response besides the proof itself: those of a server as ' +
        'installed (`standard`), all of them (`hardened`, which needs a `certificate`), or single ' +
        'checks, which replace those of `standard`. For hosts that accept NTLM.',
    ),
  logonMethod: z
    .enum(['ClearText', 'Network'])
    .default('ClearText')
    .describe(
      'What a Basic logon keeps for the next hop: the password (ClearText), or only the SIDs ' +
        '(Network). For hosts that accept Basic.',
    ),
  certificate: named
    .optional()
    .describe(
      'The name of its TLS certificate. Hosts with the same name share one certificate, such as a ' +
        'wildcard certificate, and channel binding cannot tell them apart. Default: no TLS.',
    ),
  names: distinct(z.array(named).min(1).max(16))
    .optional()
    .describe(
      'The names by which clients may mean it, where it checks the target name: in IIS, the spn ' +
        'entries of extendedProtection. Behind a reverse proxy its clients mean the proxy, so the ' +
        "proxy's name has to be in the list. The loopback check accepts the same names, as " +
        'BackConnectionHostNames does. Default: its own name alone.',
    ),
  redirectsTo: named
    .optional()
    .describe(
      'The host to which it redirects every request (302). Each user who visits this host must ' +
        'visit that one too. Default: it answers itself.',
    ),
  paths: z
    .array(z.enum(['pinned', 'pooled', 'closing']))
    .min(1)
    .max(16)
    .default([])
    .describe(
      'Makes this host a reverse proxy in front of the host of `callsOn`. A proxy accepts no ' +
        'sign-in: leave out `accepts`. Each item is one path through it (HTTP/1.1, HTTP/2, a fast ' +
        'path), with its use of upstream connections: one for each client connection (pinned), ' +
        'any free one (pooled), or a new one for each request (closing). Client connections take ' +
        'the paths in turn. Default: the host is not a proxy.',
    ),
});
