/** This package: its folder (it runs from its sources or from `dist`), its version, its page. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { BadInput } from './input/bad-input.ts';

function rootAbove(folder: string): string {
  const above = dirname(folder);
  return existsSync(join(folder, 'package.json')) || above === folder ? folder : rootAbove(above);
}

export const packageRoot = rootAbove(dirname(fileURLToPath(import.meta.url)));

export const packageVersion = (
  JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as { version: string }
).version;

/** The inspector's page, as `npm run build` writes it. */
export const PAGE_FOLDER = join(packageRoot, 'dist', 'page');

export const pageNotBuilt = () =>
  new BadInput('the page is not built; run `npm run build` to build it');
