/** Schemas that several parts of the topology format share. */

import * as z from 'zod';
import { MECHANISM_NAMES } from '../../../machines/system/mechanisms.ts';
import { PARTY_NAME } from '../../../machines/system/topology.ts';
import { shown } from '../bad-input.ts';

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

export const mechanism = z.enum(MECHANISM_NAMES);

export const distinct = <List extends z.ZodArray<z.ZodType<string>>>(list: List) =>
  list
    .superRefine((items, { addIssue }) => {
      for (const [i, item] of items.entries()) {
        const message = `found ${shown(item)} again; it must be in the list once`;
        if (items.indexOf(item) < i) addIssue({ code: 'custom', path: [i], message });
      }
    })
    .meta({ uniqueItems: true });
