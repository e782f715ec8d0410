/**
 * What is to be done when this process has ended, in whatever way: by a shell that waits for its
 * standard input to end, which it does then.
 */
import { spawn } from 'node:child_process';

/**
 * Runs `commands` of a POSIX shell after this process, where `$1` is `argument`.
 *
 * @returns what calls it off.
 */
export function afterUs(commands: string, argument: string): () => void {
  const script = `read -r line || { ${commands}; } 2> /dev/null`;
  const shell = spawn('/bin/sh', ['-c', script, 'after-us', argument], {
    detached: true, // a Ctrl-C is not for it
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  shell.unref();
  shell.on('error', () => {}); // there is no shell: then nothing is done
  shell.stdin.on('error', () => {}); // it is gone already
  return () => shell.stdin.end('called off\n');
}
