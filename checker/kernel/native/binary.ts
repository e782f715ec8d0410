/** The kernels as the build has compiled them, once for each size of key and for each kind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** For one thread with a memory of its own, also up to symmetry, or for several that share one. */
export type KernelKind = 'single' | 'orbits' | 'threads';

/** Beside this module where it is built; from the sources, where the build puts it. */
const FOLDERS = [
  import.meta.dirname,
  join(import.meta.dirname, '../../../dist/checker/kernel/native'),
];

export const nameOf = (keyBytes: number, kind: KernelKind): string =>
  `key-${keyBytes}${kind === 'single' ? '' : `-${kind}`}.wasm`;

/**
 * @param keyBytes - one of the sizes that the build knows.
 * @returns null where the project has not been built.
 */
export function kernelBinary(keyBytes: number, kind: KernelKind): Uint8Array<ArrayBuffer> | null {
  for (const folder of FOLDERS) {
    try {
      return new Uint8Array(readFileSync(join(folder, nameOf(keyBytes, kind))));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
  return null;
}
