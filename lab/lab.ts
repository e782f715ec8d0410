/**
 * A laboratory: a folder, and the programs that run in it. A shared program, as a domain
 * controller, is started at its first use.
 */
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterUs, type Program, type Running, startProgram } from './processes.ts';
import { LabError } from './run-command.ts';

export type Lab = {
  readonly folder: string; // removed when the laboratory is stopped
  readonly isRoot: boolean;
  /** Makes a folder in it, once for each name, for one server. */
  readonly folderOf: (name: string) => string;
  /** Starts a program. It stops with the laboratory, if it has not stopped before. */
  readonly run: (program: Program) => Promise<Running>;
  /** Registers something to stop with the laboratory, if it has not stopped before. */
  readonly keep: <T extends Stoppable>(what: T) => T;
  /** The result of `make`, made once for each name. */
  readonly shared: <T>(name: string, make: () => Promise<T>) => Promise<T>;
  /**
   * Stops all programs and removes the folder.
   *
   * @throws LabError that names each server that had ended by itself.
   */
  readonly stop: () => Promise<void>;
};

export type Stoppable = { readonly stop: () => Promise<void> };

/** Opens a laboratory in a new folder for temporary files. */
export function openLab(): Lab {
  const folder = mkdtempSync(join(tmpdir(), 'double-hop-lab-'));
  chmodSync(folder, 0o755); // servers that root starts run as users of their own
  const dismiss = afterUs('sleep 4; rm -rf -- "$1"', folder); // once what runs in it has ended
  const folders = new Map<string, number>();
  const shared = new Map<string, Promise<unknown>>();
  const kept: Stoppable[] = [];
  const keep = <T extends Stoppable>(what: T): T => {
    kept.push(what);
    return what;
  };
  return {
    folder,
    isRoot: process.getuid?.() === 0,
    folderOf: (name) => {
      const times = folders.get(name) ?? 0;
      folders.set(name, times + 1);
      const path = join(folder, times === 0 ? name : `${name}-${times + 1}`);
      mkdirSync(path, { recursive: true });
      return path;
    },
    run: async (program) => keep(await startProgram(program)),
    keep,
    shared: <T>(name: string, make: () => Promise<T>) => {
      const made = (shared.get(name) as Promise<T> | undefined) ?? make();
      shared.set(name, made);
      return made;
    },
    stop: async () => {
      const faults: string[] = [];
      const stop = (what: Stoppable) =>
        what.stop().catch(({ message }: Error) => faults.push(message));
      await Promise.all(kept.splice(0).map(stop));
      rmSync(folder, { recursive: true, force: true });
      dismiss();
      if (faults.length > 0) throw new LabError(faults.join('\n'));
    },
  };
}
