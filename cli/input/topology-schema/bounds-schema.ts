/** The format of `bounds`: what makes the state space finite, and what each costs. */
import * as z from 'zod';
import { distinct } from './schema-words.ts';

export const bounds = z.strictObject({
  connections: z
    .int()
    .min(1)
    .max(16)
    .default(1)
    .describe(
      'Connections from one party to one host. Finite because each adds machines, and multiplies ' +
        'the states. Nothing is proved of what takes more at once: with 1, of one connection of ' +
        'a pair being taken for another.',
    ),
  challenges: z
    .int()
    .min(1)
    .max(16)
    .default(2)
    .describe(
      'Challenges on a connection before their serials repeat. Finite because nonces never run ' +
        'out. Challenges this many handshakes apart look the same, so nothing is proved of ' +
        'replays between those: with 1, of any replay.',
    ),
  pages: distinct(z.array(z.enum(['default', 'logonForm', 'mailbox'])).min(1))
    .default(['mailbox'])
    .describe(
      'What users ask a front end for. Finite because pages differ only in who may see them: ' +
        '`default` and `logonForm` are for everybody, `mailbox` is for a user. Nothing is proved ' +
        'of requests for pages left out.',
    ),
  wrongPasswords: z
    .boolean()
    .default(false)
    .describe(
      'Whether users mistype. Finite because one wrong password stands for all. With false, ' +
        'nothing is proved of users who fail to sign in.',
    ),
  closing: z
    .boolean()
    .default(true)
    .describe(
      'Whether connections close, at any moment. Finite because an opening forgets the one ' +
        'before. With false, nothing is proved of lost replies and of reconnecting.',
    ),
});
