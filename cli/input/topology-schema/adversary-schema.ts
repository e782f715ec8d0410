/** The format of the adversary. */
import * as z from 'zod';
import { CAPABILITIES } from '../../../machines/system/topology.ts';
import { shown } from '../bad-input.ts';
import { distinct, NAME_MAX, named } from './schema-words.ts';

const CONTROLLED = /^[A-Za-z][\w.-]*(?:>[A-Za-z][\w.-]*)?$/;

const controlled = z
  .string()
  .max(2 * NAME_MAX + 1)
  .regex(CONTROLLED, {
    error: ({ input }) =>
      `found ${shown(input)}; it must be the name of a host or a user, or a wire as "from>to"`,
  });

export const adversary = z.strictObject({
  name: named
    .default('mallory')
    .describe('The name of the adversary. Only a user that it controls may have the same name.'),
  controls: distinct(z.array(controlled).min(1).max(100)).describe(
    'What it controls: hosts, and then it receives all their requests; at most one user, and then ' +
      'it has that account; and wires, such as "alice>frontEnd". On a wire with TLS it can only ' +
      'close connections.',
  ),
  may: distinct(z.array(z.enum(CAPABILITIES)).min(1)).describe(
    'What it is able to do. observe: read the messages on its wires. replay: send an observed ' +
      'response again. redirect: answer with a redirect. relay: forward a message from one ' +
      'connection to another. reflect: relay a message to the machine that sent it. strip: remove ' +
      'a binding, a MIC, a name or a timestamp from a message that it forwards. inject: add one, ' +
      'or send messages made of its knowledge. close: close connections.',
  ),
  knows: distinct(z.array(named).max(100))
    .default([])
    .describe('The users whose password (or an equivalent hash) it knows from the start.'),
});
