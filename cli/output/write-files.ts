/** Writes text files: a folder of them, all or none; or one new file. */
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
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

/** A folder that no other export writes to, until it is released. */
export type ReservedFolder = {
  /**
   * Its other files stay; a file or subfolder that has the name of a written one is replaced as a
   * whole.
   *
   * @throws BadInput when the folder cannot be written. It is then unchanged.
   */
  readonly write: (files: readonly TextFile[]) => void;
  /** What was created and is still empty is removed. */
  readonly release: () => void;
};

/** The name of the subfolder that reserves a folder. The files are first written into it. */
const DRAFT = '.unfinished';

/**
 * Creates the folder if needed, and reserves it, before any work is done for it.
 *
 * @param force - also a folder that is not empty.
 * @throws BadInput when it is a file, cannot be created or written, is not empty, or is reserved.
 */
export function reserveFolder(folder: string, force: boolean): ReservedFolder {
  const draft = join(folder, DRAFT);
  const made: string[] = []; // the innermost first
  const release = () => {
    process.off('exit', release);
    rmSync(draft, { recursive: true, force: true });
    for (const each of made) if (!removedIfEmpty(each)) return;
  };
  return withReason(folder, 'written', () => {
    refuseOccupied(folder, force);
    makeFolders(folder, made);
    try {
      mkdirSync(draft);
    } catch (error) {
      for (const each of made) removedIfEmpty(each);
      throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? reserved(folder) : error;
    }
    process.on('exit', release);
    return {
      write: (files) =>
        withReason(folder, 'written', () => {
          write(draft, files);
          install(draft, folder);
        }),
      release,
    };
  });
}

function refuseOccupied(folder: string, force: boolean): void {
  const stats = statSync(folder, { throwIfNoEntry: false });
  if (stats === undefined) return;
  if (!stats.isDirectory()) throw new BadInput(`${folder}: is a file; it must be a folder`);
  const names = readdirSync(folder);
  if (names.includes(DRAFT)) throw reserved(folder);
  if (force || names.length === 0) return;
  throw new BadInput(
    `${folder}: is not empty; choose another folder, or add --force to replace files of the same names`,
  );
}

const reserved = (folder: string) =>
  new BadInput(
    `${folder}: another export writes into it; choose another folder. If none does, remove ` +
      join(folder, DRAFT),
  );

/**
 * One folder after the other. Node's own `recursive` never ends where a folder cannot be created
 * and the reason is "no such file", as in /proc and behind a link to nothing.
 */
function makeFolders(folder: string, made: string[]): void {
  const missing: string[] = []; // the innermost first
  for (let at = resolve(folder); !existsSync(at); at = dirname(at)) {
    if (lstatSync(at, { throwIfNoEntry: false }) !== undefined)
      throw new BadInput(`${folder}: ${at} is a link to nothing; name a folder instead`);
    missing.push(at);
  }
  for (const each of missing.reverse()) {
    try {
      mkdirSync(each);
      made.unshift(each);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EEXIST') continue; // another process was faster
      for (const its of made) removedIfEmpty(its);
      if (code === 'ENOENT')
        throw new BadInput(`${folder}: no folder can be created in ${dirname(each)}`);
      throw error;
    }
  }
}

function removedIfEmpty(folder: string): boolean {
  try {
    rmdirSync(folder);
    return true;
  } catch {
    return false; // it has files, or another process has removed it
  }
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
