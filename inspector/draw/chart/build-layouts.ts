/**
 * Lays out every machine of the project, after the compiler and before the page is built. Writes
 * `shipped.js` beside itself, unless charts, drawing and ELK are the same as of the last time.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import Elk from 'elkjs/lib/elk.bundled.js';
import { chartOf } from '../../story/chart.ts';
import { EVERY_MACHINE } from '../../story/protocol/every-machine.ts';
import { layoutChart } from './layout.ts';
import { chartKey, type Layouts } from './layouts.ts';

const HERE = import.meta.dirname;
const TARGET = join(HERE, 'shipped.js');

const charts = [...EVERY_MACHINE.values()].map(chartOf);
const mark = `// Laid out from ${sourcesDigest()}`;
if (!readFileSync(TARGET, 'utf8').startsWith(mark)) {
  const layouts = JSON.stringify(await layOut());
  writeFileSync(TARGET, `${mark}\nexport const SHIPPED = ${layouts};\n`);
}

async function layOut(): Promise<Layouts> {
  const elk = new Elk.default();
  const layouts: Record<string, Layouts[string]> = {};
  for (const chart of charts)
    layouts[chart.machine] = { key: chartKey(chart), layout: await layoutChart(chart, elk) };
  return layouts;
}

/** Of all that a layout depends on. */
function sourcesDigest(): string {
  const digest = createHash('sha256').update(JSON.stringify(charts));
  const { version } = createRequire(import.meta.url)('elkjs/package.json') as { version: string };
  digest.update(version);
  for (const name of readdirSync(HERE).sort())
    if (name.endsWith('.js') && name !== 'shipped.js')
      digest.update(readFileSync(join(HERE, name)));
  return digest.digest('hex').slice(0, 16);
}
