/** Every generated file of the repository, as text. A test compares them with what is there. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DIVERGENCES } from '../../conformance/trace/divergences.ts';
import type { Goldens } from '../../properties/verdicts/measure.ts';
import type { Results } from '../bench/report/results.ts';
import { speedPage } from '../bench/report/speed-page.ts';
import { schemaText } from '../input/topology-schema.ts';
import { packageRoot } from '../package.ts';
import { attacksPage, attacksTable } from './attacks-page.ts';
import { doubleHopPicture } from './double-hop-picture.ts';
import { faultsPage, mutantsPage } from './faults-page.ts';
import { implementationsPage } from './implementations-page.ts';
import { standardsPage } from './standards-page.ts';
import { claimsTable, verdictsPage } from './verdicts-page.ts';

export const GOLDENS_PATH = 'properties/verdicts/goldens.json';

export const readGoldens = (): Goldens =>
  JSON.parse(readFileSync(join(packageRoot, GOLDENS_PATH), 'utf8')) as Goldens;

/** Written by `npm run bench -- --record`, and in the laboratory. */
const measured = <Data>(path: string): Data =>
  JSON.parse(readFileSync(join(packageRoot, path), 'utf8')) as Data;

/** By path, from the root of the package. */
export function pages(goldens: Goldens): Readonly<Record<string, string>> {
  return {
    'README.md': readme(goldens),
    'docs/verdicts.md': verdictsPage(goldens),
    'docs/attacks.md': attacksPage(goldens),
    'docs/faults.md': faultsPage(goldens),
    'docs/mutants.md': mutantsPage(goldens),
    'docs/standards.md': standardsPage(),
    'docs/speed.md': speedPage(measured<Results>('docs/bench.json')),
    'docs/implementations.md': implementationsPage({
      servers: measured('conformance/implementations.json'),
      clients: measured('conformance/clients.json'),
      together: measured('conformance/clients-at-acceptors.json'),
      divergences: DIVERGENCES,
    }),
    'docs/pictures/double-hop.svg': doubleHopPicture(),
    'topologies/topology.schema.json': schemaText(),
  };
}

/** The README with its generated parts in place, between the comments that mark them. */
function readme(goldens: Goldens): string {
  const parts = {
    verdicts: claimsTable(goldens),
    attacks: attacksTable(goldens),
  };
  let text = readFileSync(join(packageRoot, 'README.md'), 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const marked = new RegExp(`(<!-- generated: ${name} -->)[^]*?(<!-- end -->)`);
    if (!marked.test(text))
      throw new Error(`README.md has no place for its generated part "${name}"`);
    text = text.replace(marked, (_, begin: string, end: string) => `${begin}\n\n${part}\n\n${end}`);
  }
  return text;
}
