/** Writes text files: a folder of them, all or none; or one new file. */
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { BadInput } from '../input/bad-input.ts';
import { withReason } from '../input/text-file.ts';

/** `path` is relative to the folder, with slashes. */
export type TextFile = { readonly path: string; readonly text: string };

/**
 * Turns any text into a file name of plain letters, digits and hyphens.
 *
 * @param lengthMax - a longer name loses its beginning, because the mechanism stands at the end.
 */
export const plainName = (text: string, lengthMax: number): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-lengthMax);

/** @throws BadInput when the path is a file, or a folder that is not empty. */
export function refuseOccupied(folder: string): void {
  const stats = withReason(folder, 'written', () => statSync(folder, { throwIfNoEntry: false }));
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw new BadInput(`${folder}: is a file; it must be a folder`);
  if (withReason(folder, 'read', () => readdirSync(folder)).length === 0) return;
  throw new BadInput(
    `${folder}: is not empty; choose another folder, or add --force to replace files of the same names`,
  );
}

/**
 * Creates the folder if needed. Its other files stay; a file or subfolder that has the name of a
 * written one is replaced as a whole.
 *
 * @throws BadInput when the folder cannot be written. It is then unchanged.
 */
export function writeFolder(folder: string, files: readonly TextFile[]): void {
  withReason(folder, 'written', () => {
    const made = mkdirSync(folder, { recursive: true }); // the first folder created
    try {
      const draft = mkdtempSync(join(folder, '.unfinished-'));
      try {
        write(draft, files);
        install(draft, folder);
      } finally {
        rmSync(draft, { recursive: true, force: true });
      }
    } catch (error) {
      if (made !== undefined) rmSync(made, { recursive: true, force: true });
      throw error;
    }
  });
}

function write(folder: string, files: readonly TextFile[]): void {
  for (const { path, text } of files) {
    const place = join(folder, ...path.split('/'));
    mkdirSync(dirname(place), { recursive: true });
    writeFileSync(place, text);
  }
}

function install(draft: string, folder: string): void {
  for (const name of readdirSync(draft)) {
    rmSync(join(folder, name), { recursive: true, force: true });
    renameSync(join(draft, name), join(folder, name));
  }
}

/**
 * Writes a new file, which only its owner can read. It never overwrites one.
 *
 * @param option - the option that named the path, for the message.
 * @throws BadInput when the file exists, or cannot be written.
 */
export function writeNew(path: string, text: string, option: string): void {
  const isNew = withReason(path, 'written', () => {
    try {
      writeFileSync(path, text, { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
  });
  if (!isNew) throw new BadInput(`${path}: this file exists; ${option} must name a new file`);
}
