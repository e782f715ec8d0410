/** The page of the inspector, as the build leaves it. */
import { join } from 'node:path';
import { BadInput } from '../input/bad-input.ts';
import { packageRoot } from '../package.ts';

export const PAGE_FOLDER = join(packageRoot, 'dist', 'page');

export const notBuilt = () => new BadInput('the page is not built; `npm run build` does that');
