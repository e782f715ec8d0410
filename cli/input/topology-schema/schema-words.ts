/** Schemas that several parts of the topology format share. */

import * as z from 'zod';
import { MECHANISM_NAMES } from '../../../machines/system/mechanisms.ts';
import { PARTY_NAME } from '../../../machines/system/topology.ts';
import { anyOf, shown } from '../bad-input.ts';

export const NAME_MAX = 40; // characters

export const named = z
  .string()
  .max(NAME_MAX)
  .regex(PARTY_NAME, {
    error: ({ input }) =>
      `found ${shown(input)}; it must be a letter, then letters, digits, "_", "." or "-"`,
  });

export const keepAlive = (client: string) =>
  z
    .boolean()
    .default(true)
    .describe(
      `Whether ${client} keeps a connection open for the next request. False: it closes each ` +
        'connection after one reply, as an HTTP library without keep-alive does, and so sends each ' +
        'message of an NTLM handshake on a connection of its own.',
    );

export const handshake = (client: string) =>
  z
    .enum(['connection', 'host'])
    .default('connection')
    .describe(
      `Where ${client} keeps the state of an NTLM handshake: with the connection, as NTLM needs, ` +
        'or with the host, as some HTTP libraries do. With the host, it may answer a challenge on ' +
        'another connection than the one that the challenge came on, where there are several ' +
        '(bounds.connections) and it keeps them alive.',
    );

/** Other schemes of HTTP authentication, by names that people give them. */
const NOT_MODELLED = [
  ...['kerberos', 'negotiate', 'spnego', 'krb5', 'gssapi', 'sspi', 'windows', 'digest', 'bearer'],
  ...['mutual', 'scram', 'hoba', 'certificate', 'oauth'],
];

const modelled = anyOf(MECHANISM_NAMES);

export const mechanism = z.enum(MECHANISM_NAMES, {
  error: ({ input }) => {
    if (Array.isArray(input))
      return (
        `found a list; it must be one mechanism, ${modelled}. To check each of several, leave ` +
        'accepts out, and add "compare: [NTLM, Basic]" to the topology; to offer several at once ' +
        'is not modelled yet'
      );
    if (typeof input !== 'string') return undefined;
    const name = input.toLowerCase();
    if (!NOT_MODELLED.some((start) => name.startsWith(start))) return undefined;
    return (
      `found ${shown(input)}, which is not modelled yet; it must be ${modelled}. Where Negotiate ` +
      'falls back to NTLM, write NTLM'
    );
  },
});

export const distinct = <List extends z.ZodArray<z.ZodType<string>>>(list: List) =>
  list
    .superRefine((items, { addIssue }) => {
      for (const [i, item] of items.entries()) {
        const message = `found ${shown(item)} again; it must be in the list once`;
        if (items.indexOf(item) < i) addIssue({ code: 'custom', path: [i], message });
      }
    })
    .meta({ uniqueItems: true });
