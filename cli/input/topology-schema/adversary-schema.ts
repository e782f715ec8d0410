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
    .describe('What the adversary is called: unlike any other, but for a user it controls.'),
  controls: distinct(z.array(controlled).min(1).max(100)).describe(
    'What it controls: hosts, whose requests all come to it; at most one user, whose account it ' +
      'then has; and wires, written "alice>frontEnd", which it sits on. TLS keeps it out of a ' +
      'wire: there it can do no more than close connections.',
  ),
  may: distinct(z.array(z.enum(CAPABILITIES)).min(1)).describe(
    'What it is able to do. observe: hear what passes over wires. replay: send again a response ' +
      'that it has heard. redirect: answer with a redirect. relay: pass on over one connection ' +
      'what has come in by another. reflect: relay to the machine from which it came. strip: ' +
      'take a binding, a MIC, a name or a timestamp out of what it passes on. inject: put one ' +
      'in, or send messages made of what it knows. close: cut connections.',
  ),
  knows: distinct(z.array(named).max(100))
    .default([])
    .describe('The users whose password, or a hash that is as good, it has from the start.'),
});
