/** The format of a program that makes requests for several users over one connection pool. */
import * as z from 'zod';
import { POOL_KEY } from '../../../machines/vocabulary/purpose.ts';
import { distinct, handshake, keepAlive, named } from './schema-words.ts';

const task = z.strictObject({
  credentials: named
    .optional()
    .describe('The user whose credentials the program uses. Default: those of `ambientIdentity`.'),
  ambientIdentity: named.describe(
    'The user as whom the program runs during the request: its account, or a user that it ' +
      'impersonates.',
  ),
  origin: named
    .optional()
    .describe('The origin in the URL of the request. Default: the host of `connectsTo`.'),
  proxyCredentials: named
    .optional()
    .describe('The user whose credentials are sent to the proxy on the way. Default: none.'),
  delegation: z
    .enum(['none', 'policy', 'always'])
    .default('none')
    .describe('How much of the identity is delegated: CURLOPT_GSSAPI_DELEGATION in libcurl.'),
});

export const program = z.strictObject({
  name: named.describe(
    'The name of the program. No host, user or other program may have the same name.',
  ),
  connectsTo: named.describe('The host to which it connects.'),
  poolKey: distinct(z.array(z.enum(POOL_KEY)))
    .default([...POOL_KEY])
    .describe(
      'The attributes that it compares before it reuses a connection. Default: all of them, which ' +
        'is safe. curl had an advisory for each one that was missing.',
    ),
  tasks: z
    .array(task)
    .min(1)
    .max(16)
    .describe('The requests that it may make, in any order and any number of times.'),
  keepAlive: keepAlive('the program'),
  handshake: handshake('the program'),
});
