/**
 * Samba's ntlm_auth as a helper process for one connection: it keeps the challenge, and verifies
 * the response. It answers each line with one line.
 *
 * @source ntlm_auth(1), `--helper-protocol=squid-2.5-ntlmssp`; squid, the helper protocol of NTLM
 */
import { spawn } from 'node:child_process';

/** A challenge in base64; the accepted user, as "LAB\alice"; or a refusal. */
export type HelperAnswer =
  | { readonly what: 'challenge'; readonly token: string }
  | { readonly what: 'accepted'; readonly user: string }
  | { readonly what: 'refused'; readonly why: string };

export type Helper = {
  /** @param token - of an NTLM header, in base64: the NEGOTIATE_MESSAGE where `isFirst`. */
  readonly ask: (token: string, isFirst: boolean) => Promise<HelperAnswer>;
  readonly stop: () => void;
};

export type HelperOptions = {
  readonly args: readonly string[]; // of ntlm_auth, beside the protocol
  readonly environment: Readonly<Record<string, string>>; // beside PATH
};

export const NTLM_AUTH = '/usr/bin/ntlm_auth';
export const HELPER_PROTOCOL = '--helper-protocol=squid-2.5-ntlmssp';

const ANSWER_MILLISECONDS = 5_000;

export function startHelper({ args, environment }: HelperOptions): Helper {
  const child = spawn(NTLM_AUTH, [HELPER_PROTOCOL, ...args], {
    stdio: ['pipe', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH ?? '', ...environment },
  });
  child.on('error', () => {}); // then it is silent, which is reported
  child.stdin.on('error', () => {});
  const line = (question: string): Promise<string> =>
    new Promise((resolve) => {
      let heard = '';
      const answer = (said: string) => {
        clearTimeout(timer);
        child.stdout.off('data', hear);
        child.off('exit', end);
        resolve(said);
      };
      const hear = (chunk: Buffer) => {
        heard += chunk.toString('latin1');
        if (heard.includes('\n')) answer(heard.trim());
      };
      const end = () => answer('BH ntlm_auth ended');
      const timer = setTimeout(() => answer('BH ntlm_auth is silent'), ANSWER_MILLISECONDS);
      child.stdout.on('data', hear);
      child.once('exit', end);
      child.stdin.write(`${question}\n`);
    });
  return {
    ask: async (token, isFirst) => answerOf(await line(`${isFirst ? 'YR' : 'KK'} ${token}`)),
    stop: () => child.kill(),
  };
}

/** TT: a challenge. AF: accepted. NA: refused. BH: out of order, or broken. */
function answerOf(line: string): HelperAnswer {
  const [, code, rest = ''] = /^(\S+) ?(.*)$/.exec(line) ?? [];
  if (code === 'TT') return { what: 'challenge', token: rest };
  if (code === 'AF') return { what: 'accepted', user: rest };
  return { what: 'refused', why: line };
}
