/**
 * The format of `bounds`: what makes the state space finite, and what is not proved because of it.
 */
import * as z from 'zod';
import { distinct } from './schema-words.ts';

export const bounds = z.strictObject({
  connections: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Connections from one party to one host at the same time. Finite because each one adds ' +
        'machines, and multiplies the states. Nothing is proved of runs that need more: with 1, of ' +
        'confusing one connection with another.',
    ),
  challenges: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe(
      'Challenges on a connection before their serial numbers repeat. Finite because real nonces ' +
        'never run out. Challenges this many handshakes apart look the same, so nothing is proved ' +
        'of replays between them: with 1, of any replay.',
    ),
  pages: distinct(z.array(z.enum(['default', 'logonForm', 'mailbox'])).min(1))
    .default(['mailbox'])
    .describe(
      'The pages that users request from a front end. Finite because pages differ only in who may ' +
        'see them: `default` and `logonForm` need no sign-in, `mailbox` needs one. Nothing is ' +
        'proved of requests for other pages.',
    ),
  wrongPasswords: z
    .boolean()
    .default(false)
    .describe(
      'Whether users may type a wrong password. Finite because one wrong password stands for all. ' +
        'With false, nothing is proved of failed sign-ins.',
    ),
  closing: z
    .boolean()
    .default(true)
    .describe(
      'Whether connections may close, at any moment. Finite because a new connection remembers ' +
        'nothing of the one before. With false, nothing is proved of lost replies and of ' +
        'reconnecting.',
    ),
});
