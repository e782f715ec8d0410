/** The kernel in WebAssembly. */
import { kernelBinary } from '../../kernel/binary.ts';
import type { Room } from '../reached.ts';
import type { Engine, Kernel } from './kernel.ts';
import { backingOf, Memory, PAGES_MAX } from './memory.ts';

const modules = new Map<number, WebAssembly.Module | null>();

/** Null: the project has not been built. */
function moduleFor(keyBytes: number): WebAssembly.Module | null {
  const known = modules.get(keyBytes);
  if (known !== undefined) return known;
  const binary = kernelBinary(keyBytes);
  const compiled = binary && new WebAssembly.Module(binary);
  modules.set(keyBytes, compiled);
  return compiled;
}

/** Whether there is WebAssembly here, and something for it to run. */
export const hasWasm = (): boolean => typeof WebAssembly === 'object' && moduleFor(8) !== null;

/** @throws TypeError where `hasWasm` is false. */
export function wasmEngine(room: Room): Engine {
  const linear = new WebAssembly.Memory({ initial: 1, maximum: PAGES_MAX });
  const memory = new Memory(backingOf(linear), room);
  return {
    memory,
    kernelFor(keyBytes) {
      const module = moduleFor(keyBytes);
      if (module === null) throw new TypeError(`no kernel for keys of ${keyBytes} bytes`);
      const { exports } = new WebAssembly.Instance(module, { env: { memory: linear } });
      return exports as unknown as Kernel;
    },
  };
}
