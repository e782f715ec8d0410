/** `double-hop conform`: drives a server of the user's own, and compares it with the model. */
import { type Command, Option } from 'commander';
import { POLICIES, type PolicyName } from '../../machines/ntlm/policy.ts';
import { exitCodes, JSON_OPTION, namedOption, wholeNumber } from '../input/options.ts';
import type { Exit, Io } from '../output/io.ts';
import type { ConformOptions } from './conform/run-conform.ts';

const NOTES = `
The password is typed on a terminal, or read from the environment variable DOUBLE_HOP_PASSWORD. It
is neither printed nor stored. An account may lock after a few failed sign-ins: use a test account,
and see --max-failures.
`;

const EXIT_CODES = exitCodes({
  0: 'the server conforms to the model in every answer',
  1: 'the server differs from the model, or sends malformed answers',
  2: 'bad input, or a server that is unreachable or does not offer NTLM',
  3: 'a limit was reached before the end of the examination',
  130: 'interrupted with Ctrl-C',
});

export function addConform(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('conform')
    .description('drive a server of your own, and compare its answers with the model')
    .requiredOption(
      '--server <url>',
      'request this page of the server, which needs a sign-in by NTLM',
    )
    .requiredOption('--user <name>', 'sign in as this user, such as DOMAIN\\user')
    .addOption(new Option('--password [password]').hideHelp())
    .option(
      '--proxy <url>',
      'sign in to this proxy, which answers 407; the page then needs no sign-in',
    )
    .option('--yes-i-may-test-this-server', 'start; without it, only say what would be sent', false)
    .option('--max-requests <n>', 'send at most this many requests', wholeNumber(1, 100_000), 300)
    .option('--rate <n>', 'send at most this many requests a second', wholeNumber(1, 1000), 10)
    .option(
      '--max-failures <n>',
      'stop before more sign-ins fail than this',
      wholeNumber(1, 1000),
      4,
    )
    .addOption(
      namedOption(
        '--policy <name>',
        'require this policy of the server (default: any)',
        Object.keys(POLICIES),
      ),
    )
    .option('--seed <n>', 'repeat the sequences of this seed', wholeNumber(0, 2 ** 31 - 1))
    .option('--identity-header <name>', 'read the user of an answer from this header')
    .option('--record <file>', 'also write the recording, redacted, to this new file')
    .option(...JSON_OPTION)
    .addHelpText('after', `${NOTES}${EXIT_CODES}`)
    .action(async (options: ConformOptions & { readonly policy: PolicyName | undefined }) => {
      const { conform } = await import('./conform/run-conform.ts');
      exit(await conform(options, io, process));
    });
}
