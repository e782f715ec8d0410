/** The kernels as the build has compiled them: `assembly/kernel.ts`, once for each size of key. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Beside this module where it is built; from the sources, where the build puts it. */
const FOLDERS = [import.meta.dirname, join(import.meta.dirname, '../dist/kernel')];

/**
 * @param keyBytes - one of the sizes that the build knows.
 * @returns null where the project has not been built.
 */
export function kernelBinary(keyBytes: number): Uint8Array<ArrayBuffer> | null {
  for (const folder of FOLDERS) {
    try {
      return new Uint8Array(readFileSync(join(folder, `key-${keyBytes}.wasm`)));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return null;
}
