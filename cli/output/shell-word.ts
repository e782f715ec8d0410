/** Commands that are printed for the user to run again. */
import { visible } from '../../story/visible.ts';

/** One word for a POSIX shell, whatever the name of the file. A plain one stays as it is. */
export function shellWord(text: string): string {
  if (/^[\w./:@%+=,-]+$/.test(text)) return text;
  if (visible(text) === text) return `'${text.replaceAll("'", "'\\''")}'`;
  const bytes = [...Buffer.from(text)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`);
  return `$'${bytes.join('')}'`; // of bash and zsh
}
