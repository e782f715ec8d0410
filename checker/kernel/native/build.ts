/** Compiles the kernels to WebAssembly, for each size of key and each kind. Part of the build. */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import asc from 'assemblyscript/asc';
import { KEY_SIZES } from '../memory/header.ts';
import { type KernelKind, nameOf } from './binary.ts';

const FOLDER = 'checker/kernel/native/assembly';
const COMMON = ['-O3', '--runtime', 'stub', '--importMemory', '--noAssert'];
const THREADS = ['--enable', 'threads', '--sharedMemory', '--maximumMemory', '65536'];
const KEY = /^export const KEY: usize = \d+;/m;
const BASE = /^export const BASE: usize = 0;/m;

const root = join(import.meta.dirname, '../../../..'); // this runs in dist/checker/kernel/native
const sources = new Map(
  ['words.ts', 'kernel.ts', 'threads.ts', 'orbits.ts'].map((file) => [
    file,
    readFileSync(join(root, FOLDER, file), 'utf8'),
  ]),
);
const words = sources.get('words.ts')!;
if (!KEY.test(words) || !BASE.test(words)) throw new Error(`${FOLDER}: no constants to replace`);

for (const keyBytes of KEY_SIZES) {
  const sized = words.replace(KEY, `export const KEY: usize = ${keyBytes};`);
  await compile('single', keyBytes, sized, []);
  await compile('orbits', keyBytes, sized, []);
  const based = '@external("env", "base")\nexport declare const BASE: usize;';
  await compile('threads', keyBytes, sized.replace(BASE, based), THREADS);
}

async function compile(
  kind: KernelKind,
  keyBytes: number,
  text: string,
  options: readonly string[],
): Promise<void> {
  const entry = `${FOLDER}/${kind === 'single' ? 'kernel' : kind}.ts`;
  const name = nameOf(keyBytes, kind);
  const files = new Map<string, Uint8Array>();
  const { error, stderr } = await asc.main([entry, '--outFile', name, ...COMMON, ...options], {
    readFile: (path) => {
      const file = basename(path);
      if (path !== `${FOLDER}/${file}`) return null;
      return file === 'words.ts' ? text : (sources.get(file) ?? null);
    },
    writeFile: (path, contents) => {
      files.set(path, contents as Uint8Array);
    },
    listFiles: () => [],
  });
  const binary = files.get(name);
  if (error || binary === undefined) throw new Error(`${entry}: ${stderr.toString()}`);
  writeFileSync(join(import.meta.dirname, name), binary);
}
