/** Writes a folder of text files, all or none of them. */
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
 * A name for a file, of plain letters, whatever it is made of.
 *
 * @param lengthMax - what is too long loses its beginning: mechanisms are told at the end.
 */
export const plainName = (text: string, lengthMax: number): string =>
  text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(-lengthMax);

/** @throws BadInput where something else is there already. */
export function refuseOccupied(folder: string): void {
  const stats = withReason(folder, 'written', () => statSync(folder, { throwIfNoEntry: false }));
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw new BadInput(`${folder}: is a file; it must be a folder`);
  if (withReason(folder, 'read', () => readdirSync(folder)).length === 0) return;
  throw new BadInput(
    `${folder}: is not empty; choose another folder, or replace what has the same names with --force`,
  );
}

/**
 * Makes the folder where there is none. What is in it stays, unless it has the name of something
 * that is written: that is replaced as a whole.
 *
 * @throws BadInput for a place that cannot be written; the folder is then as it was.
 */
export function writeFolder(folder: string, files: readonly TextFile[]): void {
  withReason(folder, 'written', () => {
    const made = mkdirSync(folder, { recursive: true }); // the first that was not there
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
