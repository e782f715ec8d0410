/** Compiles the kernel to WebAssembly, once for each size of key. Part of the build. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import asc from 'assemblyscript/asc';
import { KEY_SIZES } from '../checker/kernel/header.ts';

const SOURCE = 'kernel/assembly/kernel.ts';
const CONSTANT = /^const KEY: usize = \d+;/m;
const OPTIONS = ['-O3', '--runtime', 'stub', '--importMemory', '--noAssert'];

const root = join(import.meta.dirname, '../..'); // this runs in dist/kernel
const text = readFileSync(join(root, SOURCE), 'utf8');
if (!CONSTANT.test(text)) throw new Error(`${SOURCE} does not say how long a key is`);

for (const keyBytes of KEY_SIZES) {
  const sized = text.replace(CONSTANT, `const KEY: usize = ${keyBytes};`);
  const name = `key-${keyBytes}.wasm`;
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([SOURCE, '--outFile', name, ...OPTIONS], {
    readFile: (path) => (path === SOURCE ? sized : null),
    writeFile: (path, contents) => {
      files.set(path, contents as Uint8Array);
    },
    listFiles: () => [],
  });
  const binary = files.get(name);
  if (error || binary === undefined) throw new Error(`${SOURCE}: ${stderr.toString()}`);
  writeFileSync(join(import.meta.dirname, name), binary);
}
