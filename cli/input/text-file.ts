/** Reads text files of users. A file that is not text, or too large, is a `BadInput`. */
import { readFileSync, type Stats, statSync } from 'node:fs';
import { getSystemErrorMap } from 'node:util';
import { BadInput } from './bad-input.ts';

export type Source = { readonly path: string; readonly text: string };

/**
 * @param bytesMax - the greatest size of the file; a whole number of MiB.
 * @throws BadInput when the file cannot be read, is too large, or is not UTF-8 text.
 */
export function readText(path: string, bytesMax: number): string {
  const stats = withReason(path, 'read', () => statSync(path));
  refuseSpecial(path, stats, bytesMax);
  const bytes = withReason(path, 'read', () => readFileSync(path));
  if (/^(?:\xff\xfe|\xfe\xff)/.test(bytes.toString('latin1', 0, 2))) {
    throw new BadInput(`${path}: is UTF-16; save it as UTF-8`);
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new BadInput(`${path}: is not UTF-8 text`);
  }
  const control = text.search(/[^\P{Cc}\t\n\r]/u);
  if (control < 0) return text;
  const code = text.charCodeAt(control).toString(16).toUpperCase().padStart(4, '0');
  throw new BadInput(
    `${placeOf({ path, text }, control)}: holds the control character U+${code}; it must be text`,
  );
}

/** Checks before reading: a pipe would block, and a large file would take long. */
function refuseSpecial(path: string, stats: Stats, bytesMax: number): void {
  if (stats.isDirectory()) throw new BadInput(`${path}: is a directory; it must be a file`);
  if (!stats.isFile()) throw new BadInput(`${path}: is a device or a pipe; it must be a file`);
  if (stats.size > bytesMax) {
    throw new BadInput(
      `${path}: has ${stats.size} bytes; it must have at most ${bytesMax} (${bytesMax / 2 ** 20} MiB)`,
    );
  }
}

/** Turns an error of the operating system into a `BadInput` with the reason. */
export function withReason<Result>(path: string, done: string, act: () => Result): Result {
  try {
    return act();
  } catch (error) {
    if (error instanceof BadInput) throw error;
    const { code, errno } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new BadInput(`${path}: no such file`);
    const [, reason] = getSystemErrorMap().get(errno ?? 0) ?? [];
    throw new BadInput(`${path}: cannot be ${done}: ${reason ?? code ?? 'unknown reason'}`);
  }
}

/** `path:line:column`, both from 1. */
export function placeOf({ path, text }: Source, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${path}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`;
}
