/** `double-hop conform`: drives a server of the user's own, and holds what it does to the model. */
import { type Command, Option } from 'commander';
import { POLICIES, type PolicyName } from '../../machines/ntlm/policy.ts';
import { wholeNumber } from '../input/options.ts';
import type { Exit, Io } from '../output/io.ts';
import type { ConformOptions } from './conform/run-conform.ts';

const EXITS_OF_CONFORM = `
The password is asked for on a terminal, or read from the environment variable DOUBLE_HOP_PASSWORD.
It is neither printed nor written down. Accounts may lock after a few failed sign-ins: see
--max-failures, and use an account that is for tests.

Exit codes:
  0  the server does what the model says, as far as it was asked
  1  it does something else, or what it sends is malformed
  2  bad input, or the server cannot be asked: it is not there, or does not offer NTLM
  3  a limit was reached before all was asked
  130  interrupted with Ctrl-C
`;

export function addConform(program: Command, io: Io, exit: (code: Exit) => void): void {
  program
    .command('conform')
    .description('drive a server of your own, and hold what it does to the model')
    .requiredOption('--server <url>', 'a page of it that needs a sign-in by NTLM')
    .requiredOption('--user <name>', 'who may sign in there, as DOMAIN\\user')
    .addOption(new Option('--password [password]').hideHelp())
    .option('--proxy <url>', 'a proxy that asks for the sign-in, with 407; the page needs none')
    .option('--yes-i-may-test-this-server', 'go ahead; without it, tell what would be done', false)
    .option('--max-requests <n>', 'make no more than these', wholeNumber(1, 100_000), 300)
    .option('--rate <n>', 'make no more than these in a second', wholeNumber(1, 1000), 10)
    .option('--max-failures <n>', 'let no more sign-ins fail', wholeNumber(1, 1000), 4)
    .addOption(
      new Option('--policy <name>', 'which it has to follow; else it may follow any').choices(
        Object.keys(POLICIES),
      ),
    )
    .option('--seed <n>', 'repeat the sequences of this seed', wholeNumber(0, 2 ** 31 - 1))
    .option('--identity-header <name>', 'header of its responses that names whom they are for')
    .option('--record <file>', 'also write what was sent and received, redacted, to a new file')
    .option('--json', 'print one JSON document and nothing else', false)
    .addHelpText('after', EXITS_OF_CONFORM)
    .action(async (options: ConformOptions & { readonly policy: PolicyName | undefined }) => {
      const { conform } = await import('./conform/run-conform.ts');
      exit(await conform(options, io, process));
    });
}
