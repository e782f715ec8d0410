/** The format of `bounds`: what makes the state space finite, and what is then not proved. */
import * as z from 'zod';
import { distinct } from './schema-words.ts';

export const bounds = z.strictObject({
  connections: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Connections from one party to one host at the same time. Each one adds machines and ' +
        'multiplies the states. Nothing is proved of runs that need more: with 1, of confusing ' +
        'one connection with another.',
    ),
  challenges: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe(
      'Challenges on a connection before their serial numbers repeat. Challenges this many ' +
        'handshakes apart look the same, so nothing is proved of replays between them: with 1, of ' +
        'any replay.',
    ),
  pages: distinct(z.array(z.enum(['default', 'logonForm', 'mailbox'])).min(1))
    .default(['mailbox'])
    .describe(
      'The pages that users request from a front end. `default` and `logonForm` need no sign-in, ' +
        '`mailbox` needs one. Nothing is proved of requests for other pages.',
    ),
  wrongPasswords: z
    .boolean()
    .default(false)
    .describe(
      'Whether users may type a wrong password; one stands for all. With false, nothing is proved ' +
        'of failed sign-ins.',
    ),
  closing: z
    .boolean()
    .default(true)
    .describe(
      'Whether connections may close, at any moment. With false, nothing is proved of lost ' +
        'replies and of reconnecting.',
    ),
});
