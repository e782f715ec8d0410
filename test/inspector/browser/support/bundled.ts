/** Code of somebody else's page, with the packages that it uses. */
import { build, type Rollup } from 'vite';
import { packageRoot } from '../../../../cli/package.ts';

const ENTRY = 'a-page-of-somebody';

/** @param code - a module that imports packages by their names. */
export async function bundled(code: string): Promise<string> {
  const built = (await build({
    root: packageRoot,
    configFile: false,
    logLevel: 'silent',
    plugins: [
      {
        name: 'code',
        resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : null),
        load: (id) => (id === `\0${ENTRY}` ? code : null),
      },
    ],
    build: { write: false, rollupOptions: { input: ENTRY, output: { format: 'es' } } },
  })) as Rollup.RollupOutput;
  return built.output[0].code;
}
