/** Reads a password from the environment, or from a terminal without showing it. */
import { visible } from '../../../story/visible.ts';
import { BadInput } from '../../input/bad-input.ts';
import { Interrupted } from '../../output/check-all.ts';

export const VARIABLE = 'DOUBLE_HOP_PASSWORD';

type Terminal = Pick<NodeJS.Process, 'env' | 'stdin' | 'stderr'>;

/**
 * @throws BadInput when no password is set, and there is no terminal to type it on.
 * @throws Interrupted when the user presses Ctrl-C.
 */
export async function passwordFor(user: string, terminal: Terminal): Promise<string> {
  const given = terminal.env[VARIABLE];
  if (given === '') throw new BadInput(`${VARIABLE} is empty; it must be the password of ${user}`);
  if (given !== undefined) return given;
  if (!terminal.stdin.isTTY)
    throw new BadInput(
      `no password: set the environment variable ${VARIABLE}, or type it on a terminal`,
    );
  const typed = await typedBy(terminal, `Password of ${user}: `);
  if (typed === '') throw new BadInput(`no password was typed; it must be the password of ${user}`);
  return typed;
}

const [CTRL_C, CTRL_D, BACKSPACE, DELETE] = ['\x03', '\x04', '\b', '\x7f'];

function typedBy({ stdin, stderr }: Terminal, prompt: string): Promise<string> {
  stderr.write(visible(prompt));
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.resume();
  return new Promise((resolve, reject) => {
    let text: readonly string[] = [];
    const end = (how: () => void) => {
      stdin.off('data', hear);
      stdin.setRawMode(false);
      stdin.pause();
      stderr.write('\n');
      how();
    };
    const hear = (keys: string) => {
      for (const key of keys) {
        if (key === CTRL_C)
          return end(() => reject(new Interrupted('interrupted: nothing was sent')));
        if (key === '\r' || key === '\n' || key === CTRL_D)
          return end(() => resolve(text.join('')));
        text = key === BACKSPACE || key === DELETE ? text.slice(0, -1) : [...text, key];
      }
    };
    stdin.on('data', hear);
  });
}
