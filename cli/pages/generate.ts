/**
 * `npm run generate`: measures the catalogue, and writes `goldens.json` and every generated page.
 * For developers of the project; not part of the command.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { measureAll } from '../../properties/verdicts/measure.ts';
import { terminal } from '../output/io.ts';
import { packageRoot } from '../package.ts';
import { GOLDENS_PATH, pages } from './pages.ts';

const io = terminal(process);
const write = (path: string, text: string) => {
  writeFileSync(join(packageRoot, path), text);
  io.out(`wrote ${path}`);
};

const goldens = measureAll(io.progress);
write(GOLDENS_PATH, `${JSON.stringify(goldens, null, 2)}\n`);
for (const [path, text] of Object.entries(pages(goldens))) write(path, text);
