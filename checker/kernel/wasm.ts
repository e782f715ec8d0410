/** The kernel in WebAssembly. */

import type { Room } from '../explore/reached.ts';
import type { Engine, Kernel, SharedKernel } from './kernel.ts';
import { backingOf, Memory, PAGE, PAGES_MAX } from './memory/memory.ts';
import { type KernelKind, kernelBinary } from './native/binary.ts';

const modules = new Map<string, WebAssembly.Module | null>();

/** Null: the project has not been built. */
function moduleFor(keyBytes: number, kind: KernelKind): WebAssembly.Module | null {
  const name = `${keyBytes} ${kind}`;
  const known = modules.get(name);
  if (known !== undefined) return known;
  const binary = kernelBinary(keyBytes, kind);
  const compiled = binary && new WebAssembly.Module(binary);
  modules.set(name, compiled);
  return compiled;
}

/** Whether the platform has WebAssembly and the project is built. */
export const hasWasm = (): boolean =>
  typeof WebAssembly === 'object' && moduleFor(8, 'single') !== null;

/** @throws TypeError if `hasWasm` is false. */
export function wasmEngine(room: Room, first: KernelKind = 'single'): Engine {
  let linear = new WebAssembly.Memory({ initial: 1, maximum: PAGES_MAX });
  let kind = first;
  const memory = new Memory(backingOf(linear), room);
  return {
    memory,
    kernelFor: (keyBytes) => kernelIn(linear, keyBytes, kind, 0) as Kernel,
    share() {
      const initial = memory.words.byteLength / PAGE;
      linear = new WebAssembly.Memory({ initial, maximum: PAGES_MAX, shared: true });
      kind = 'threads';
      memory.moveTo(backingOf(linear));
      return linear;
    },
  };
}

/**
 * @param linear - a shared memory.
 * @param base - the address of the calling thread's header.
 */
export const sharedKernelIn = (linear: WebAssembly.Memory, keyBytes: number, base: number) =>
  kernelIn(linear, keyBytes, 'threads', base) as SharedKernel;

function kernelIn(
  memory: WebAssembly.Memory,
  keyBytes: number,
  kind: KernelKind,
  base: number,
): WebAssembly.Exports {
  const module = moduleFor(keyBytes, kind);
  if (module === null) throw new TypeError(`no kernel for keys of ${keyBytes} bytes`);
  return new WebAssembly.Instance(module, { env: { memory, base } }).exports;
}
