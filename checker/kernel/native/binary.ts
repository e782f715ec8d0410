/** The compiled kernels: one for each size of key and each kind. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** `single`: one thread; `orbits`: one thread, up to symmetry; `threads`: a shared memory. */
export type KernelKind = 'single' | 'orbits' | 'threads';

/** Beside this module if it is built; otherwise where the build puts it. */
const FOLDERS = [
  import.meta.dirname,
  join(import.meta.dirname, '../../../dist/checker/kernel/native'),
];

export const nameOf = (keyBytes: number, kind: KernelKind): string =>
  `key-${keyBytes}${kind === 'single' ? '' : `-${kind}`}.wasm`;

/**
 * @param keyBytes - one of `KEY_SIZES`.
 * @returns null if the project has not been built.
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
