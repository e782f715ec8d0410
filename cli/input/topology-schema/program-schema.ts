/** The format of a program that acts for several users over one pool of connections. */
import * as z from 'zod';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { distinct, named } from './schema-words.ts';

const task = z.strictObject({
  credentials: named
    .optional()
    .describe('The user whose credentials it is given. Left out: those of `ambientIdentity`.'),
  ambientIdentity: named.describe(
    'The user whom the program runs as meanwhile: its account, or whom it impersonates.',
  ),
  origin: named
    .optional()
    .describe('The origin that is asked, as the URL names it. Left out: what `connectsTo` names.'),
  proxyCredentials: named
    .optional()
    .describe('The user whose credentials the proxy on the way gets. Left out: none.'),
  delegation: z
    .enum(['none', 'policy', 'always'])
    .default('none')
    .describe('How much of the identity is handed on: CURLOPT_GSSAPI_DELEGATION in libcurl.'),
});

export const program = z.strictObject({
  name: named.describe('What the program is called. No host, user or other program may have it.'),
  connectsTo: named.describe('The host at which all its connections end.'),
  poolKey: distinct(z.array(z.enum(POOL_KEY)))
    .default([...POOL_KEY])
    .describe(
      'What it compares before a request goes out on a connection that is there. Left out: all ' +
        'of these, which is what is safe. curl has had an advisory for each that was missing.',
    ),
  tasks: z
    .array(task)
    .min(1)
    .max(16)
    .describe('What it may request, in any order and any number of times.'),
});
